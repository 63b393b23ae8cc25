/** What is wrong with a configuration or catalog file, and where. */
export interface ConfigIssue {
  /** Absolute path of the file, or `$NAME` of the environment variable. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Columns that are at fault, at least 1. */
  length: number;
  /** `policy.idleStop`, `models[2].memory`; empty for the file as a whole. */
  path: string;
  /** What is wrong and what was expected, a sentence for people. */
  message: string;
  /** The valid name that was probably meant. */
  nearest?: string;
}

/** All that is wrong, at once. */
export class ConfigError extends Error {
  readonly issues: ConfigIssue[];

  constructor(issues: ConfigIssue[]) {
    super(issues.map(oneLine).join("\n"));
    this.name = "ConfigError";
    this.issues = issues;
  }
}

/** `hearth.yaml:3:5: policy.idelStop: unknown key. Did you mean idleStop?` */
export function oneLine({ file, line, column, path, message, nearest }: ConfigIssue): string {
  const where = file.startsWith("$") ? file : `${file}:${line}:${column}`;
  const hint = nearest === undefined ? "" : ` Did you mean \`${nearest}\`?`;
  return `${where}: ${path === "" ? "" : `${path}: `}${message}${hint}`;
}

/** `["models", 2, "memory"]` as people write it. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${String(part)}`),
    "",
  );
}
