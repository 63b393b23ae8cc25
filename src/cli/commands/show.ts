import type { CliCommand } from "../command.ts";
import { command as show } from "./models-show.ts";

/** For those who know it from Ollama: the same as `hearth models show`. */
export const command: CliCommand = {
  ...show,
  name: "show",
  examples: [["hearth show gpt-oss-20b", "everything about it"]],
};
