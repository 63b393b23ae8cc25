/** Every API that clients may speak. One line each. */
import { anthropic } from "./anthropic/api.ts";
import type { Api } from "./api.ts";
import { gemini } from "./gemini/api.ts";
import { neighbours } from "./neighbours/api.ts";
import { ollama } from "./ollama/api.ts";
import { openai } from "./openai/api.ts";
import { responses } from "./responses/api.ts";

/** The first is the one in whose words everything is said that belongs to none. */
export const apis: Api[] = [openai, responses, anthropic, ollama, gemini, neighbours];
