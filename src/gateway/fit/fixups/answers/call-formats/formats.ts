/** All formats that can stand among other words. */
import type { CallFormat } from "./format.ts";
import { dsml, functionCalls, minimax, muse } from "./invoked.ts";
import { functionTag, toolCallTag, toolsTag } from "./tagged.ts";
import { deepseek, harmony, kimi, mistral } from "./tokens.ts";
import { gemma, toolCode } from "./written-functions.ts";

export const callFormats: readonly CallFormat[] = [
  toolCallTag,
  functionTag,
  toolsTag,
  deepseek,
  kimi,
  mistral,
  harmony,
  gemma,
  toolCode,
  muse,
  minimax,
  dsml,
  functionCalls,
];
