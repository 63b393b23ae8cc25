import type { CliCommand } from "../command.ts";
import { command as models } from "./models.ts";

/** For those who look for a verb: the same as `hearth models`. */
export const command: CliCommand = { ...models, name: "models list" };
