/** What is wrong with a track's Dockerfile, as far as it can be seen without building it. */
import { baseImages, type Instruction, parseDockerfile } from "../../../src/domain/dockerfile.ts";

/** One sentence for each fault. `args`: the build arguments that `image.yaml` gives. */
export function dockerfileFaults(text: string, args: Record<string, string>): string[] {
  let instructions: Instruction[];
  try {
    instructions = parseDockerfile(text);
  } catch (error) {
    return [(error as Error).message];
  }
  return [
    ...baseFaults(instructions, args),
    ...argumentFaults(instructions, args),
    ...instructions.flatMap((instruction) =>
      [...builderFaults(instruction), ...downloadFaults(instruction, instructions)].map(
        (fault) => `line ${instruction.line}: ${fault}`,
      ),
    ),
  ];
}

/** By digest, or by a tag that names a release. */
export function isPinned(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$|:(?!latest$)[\w.-]*\d[\w.-]*$/.test(image);
}

function baseFaults(instructions: Instruction[], args: Record<string, string>): string[] {
  const bases = baseImages(instructions, args);
  if (bases.length === 0) return ["there is no FROM."];
  return bases.flatMap((base) => (isPinned(base) ? [] : [`its base ${JSON.stringify(base)} is not pinned.`]));
}

/** Arguments, and variables that are named but set nowhere. */
function argumentFaults(instructions: Instruction[], args: Record<string, string>): string[] {
  const declared = instructions.flatMap(({ keyword, text }) => (keyword === "ARG" ? [text.split("=")[0]!] : []));
  const used = new Set(instructions.flatMap(({ keyword, text }) => (keyword === "ARG" ? [] : namesIn(text))));
  const known = new Set(["PATH", ...declared, ...instructions.flatMap(setByEnv)]);
  const unset = instructions.filter(({ keyword, text }) => keyword === "ARG" && !text.includes("="));
  return [
    ...unset.flatMap(({ text }) => (Object.hasOwn(args, text) ? [] : [`image.yaml gives ${text} no value.`])),
    ...Object.keys(args).flatMap((name) => (declared.includes(name) ? [] : [`there is no ARG ${name}.`])),
    ...declared.flatMap((name) => (used.has(name) ? [] : [`ARG ${name} is not used.`])),
    ...[...used].flatMap((name) => (known.has(name) ? [] : [`${name} is set nowhere.`])),
    ...Object.entries(args).flatMap(([name, value]) =>
      /^(main|master|latest|nightly)$/.test(value) ? [`${name} is ${value}, which is another thing tomorrow.`] : [],
    ),
  ];
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/\$\{?([A-Z_][A-Z0-9_]*)/g)].map(([, name]) => name!);
}

function setByEnv({ keyword, text }: Instruction): string[] {
  return keyword === "ENV" ? [...text.matchAll(/(\w+)=/g)].map(([, name]) => name!) : [];
}

/** The daemon's own builder, which the driver uses, has none of BuildKit's additions. */
function builderFaults({ keyword, text }: Instruction): string[] {
  const faults: string[] = [];
  if (keyword === "RUN" && text.startsWith("--")) faults.push(`${text.split(/[= ]/)[0]} needs BuildKit.`);
  if (/^(ADD|COPY)$/.test(keyword) && /--(checksum|link|exclude|parents)\b/.test(text)) {
    faults.push(`${/--\w+/.exec(text)![0]} needs BuildKit.`);
  }
  if (/<<-?['"]?\w/.test(text)) faults.push("a here-document needs BuildKit.");
  return faults;
}

/** What comes from the network must be the same tomorrow. */
function downloadFaults({ keyword, text, line }: Instruction, all: Instruction[]): string[] {
  if (keyword === "RUN" && /\b(curl|wget)\b[^&;]*\|\s*(ba|z)?sh\b/.test(text)) return ["runs what it downloads."];
  const faults: string[] = [];
  if (keyword === "ADD" || /\b(curl|wget)\b/.test(text)) {
    const files = [...text.matchAll(/https?:\/\/\S+\/([\w.-]+)/g)].map(([, file]) => file!);
    const later = all.filter((other) => other.keyword === "RUN" && other.line >= line);
    const checked = (file: string) =>
      later.some((other) => other.text.includes("sha256sum --check") && holdsChecksumOf(file, other.text));
    faults.push(...files.filter((file) => !checked(file)).map((file) => `${file} is not checked by its SHA-256.`));
  }
  const clones = text.match(/\bgit clone\b/g)?.length ?? 0;
  const pins = text.match(/--branch "\$\{\w+\}"|checkout --detach "\$\{\w+\}"/g)?.length ?? 0;
  if (clones !== pins) faults.push("a clone is not of a commit or release that an argument names.");
  if (/:latest\b/.test(text)) faults.push("`latest` is another thing tomorrow.");
  return faults;
}

function holdsChecksumOf(file: string, text: string): boolean {
  return new RegExp(`\\b[0-9a-f]{64} [ *](\\S*/)?${file.replaceAll(".", "\\.")}\\b`).test(text);
}
