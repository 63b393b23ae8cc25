/** A Dockerfile's instructions, as far as one must know them to say what it builds upon. */

export interface Instruction {
  /** In capitals. */
  keyword: string;
  /** Behind the keyword, with continued lines joined by a space. */
  text: string;
  /** From 1. */
  line: number;
}

const keywords = new Set(
  "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR".split(
    " ",
  ),
);

/** Throws an error with the line where something is no instruction. Here-documents are not understood. */
export function parseDockerfile(text: string): Instruction[] {
  const instructions: Instruction[] = [];
  let open: Instruction | null = null;
  for (const [index, raw] of text.split("\n").entries()) {
    const written = raw.trim();
    // Comments and empty lines may stand between continued lines.
    if (written === "" || written.startsWith("#")) continue;
    const continued = written.endsWith("\\");
    const part = continued ? written.slice(0, -1).trim() : written;
    if (open === null) {
      open = begun(part, index + 1);
      instructions.push(open);
    } else open.text = `${open.text} ${part}`.trim();
    if (!continued) open = null;
  }
  if (open !== null) throw new Error(`line ${open.line}: ${open.keyword} does not end.`);
  return instructions;
}

function begun(part: string, line: number): Instruction {
  const [word = ""] = part.split(/\s/, 1);
  const keyword = word.toUpperCase();
  if (!keywords.has(keyword)) throw new Error(`line ${line}: ${word} is no instruction.`);
  return { keyword, text: part.slice(word.length).trimStart(), line };
}

/** The images that are named by FROM, with build arguments filled in. Stages of the file itself are none. */
export function baseImages(instructions: readonly Instruction[], args: Record<string, string>): string[] {
  const first = instructions.findIndex(({ keyword }) => keyword === "FROM");
  const defaults = instructions.slice(0, Math.max(0, first)).flatMap(({ keyword, text }) => {
    const [, name, value] = /^(\w+)=(\S*)$/.exec(text) ?? [];
    return keyword === "ARG" && name !== undefined ? [[name, value!] as const] : [];
  });
  const values: Record<string, string> = { ...Object.fromEntries(defaults), ...args };
  const stages = new Set<string>(["scratch"]);
  const images: string[] = [];
  for (const { keyword, text } of instructions) {
    if (keyword !== "FROM") continue;
    const [base = "", as, stage] = text.split(/\s+/).filter((word) => !word.startsWith("--"));
    const image = base.replace(/\$\{?(\w+)\}?/g, (_, name: string) => values[name] ?? "");
    if (!stages.has(image)) images.push(image);
    if (as?.toLowerCase() === "as" && stage !== undefined) stages.add(stage);
  }
  return images;
}
