/** What `hearth connect` knows of one client: which files and variables make it use this Hearth. */
import type { Environment } from "../config/environment.ts";
import type { SettingsFile } from "./settings/file.ts";

/** One model as a client is told of it. Limits are tokens. */
export interface ConnectModel {
  id: string;
  summary: string;
  /** Prompt and answer together. */
  context: number;
  /** The longest answer to ask for. */
  output: number;
  tools: boolean;
  vision: boolean;
  reasoning: boolean;
}

/** Everything that a set-up is made of. */
export interface ConnectFacts {
  /** `http://127.0.0.1:8009`, without a slash at the end. */
  origin: string;
  key: string;
  /** What the client may choose from; the chosen ones are among them. */
  models: ConnectModel[];
  model: ConnectModel;
  /** For titles and summaries. Runs beside the others, or is `model` itself: two big models would make each other swap. */
  small: ConnectModel;
  /** Says where the client's own folders are (`CODEX_HOME`, ...). */
  env: Environment;
}

export interface Setup {
  /** Merged into what is there. */
  files: SettingsFile[];
  /** Variables that must be set where the client runs. */
  env: Record<string, string>;
  /** What is left to do by hand, a sentence each. */
  steps: string[];
}

export interface Client {
  /** As in `hearth connect <name>`. */
  name: string;
  /** The name that the catalog's `incompatible` and people use. */
  title: string;
  summary: string;
  /** Whether it is of use only with models that call tools. */
  needsTools: boolean;
  /** Tokens of window below which it soon fails: its own instructions, its tools, and a file or two. */
  needsContext: number;
  setup(facts: ConnectFacts): Setup;
}
