/** The flags of a command as recipes write it for a shell. */

/** `command` with its placeholders filled in. Later flags win, as for the engine; `--a.b c` becomes a key of a's JSON. */
export function commandFlags(command: string): Record<string, string | true> {
  const words = shellWords(command);
  const flags: Record<string, string | true> = {};
  const parts: Record<string, Record<string, unknown>> = {};
  for (let at = 0; at < words.length; at += 1) {
    const [, name, given] = /^-{1,2}([a-zA-Z][\w.-]*)(?:=(.*))?$/s.exec(words[at]!) ?? [];
    if (name === undefined) continue;
    const next = words[at + 1];
    const value = given ?? (next === undefined || /^--?[a-zA-Z]/.test(next) ? true : next);
    if (value === next) at += 1;
    const [flag, key] = (shortNames[name] ?? name).replaceAll("_", "-").split(".");
    if (key === undefined) flags[flag!] = value;
    else parts[flag!] = { ...parts[flag!], [key.replaceAll("-", "_")]: plain(value) };
  }
  const joined = Object.entries(parts).map(([flag, keys]) => [flag, JSON.stringify(keys)] as const);
  return { ...flags, ...Object.fromEntries(joined) };
}

const shortNames: Readonly<Record<string, string>> = {
  tp: "tensor-parallel-size",
  pp: "pipeline-parallel-size",
  tensor_parallel: "tensor-parallel-size",
};

function plain(value: string | true): unknown {
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
}

/** Quotes and line ends as a shell reads them; nothing is expanded. */
export function shellWords(command: string): string[] {
  const words = command.replaceAll(/\\\r?\n/g, " ").matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g);
  return [...words].map(([word]) =>
    word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) => {
      if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, "$1");
      return single ?? escaped;
    }),
  );
}
