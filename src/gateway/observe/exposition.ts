/** Prometheus' text format, as far as passing it on needs (https://prometheus.io/docs/instrumenting/exposition_formats/). */

/** One metric: `# HELP` and `# TYPE`, and its samples, a line each. */
export interface Family {
  name: string;
  head: string[];
  samples: string[];
}

/** What every process has under the same name: of an engine it would pass for Hearth's. */
const processwide = /^(?:process_|python_|nodejs_|hearth_)/;
const headLine = /^# (?:HELP|TYPE) ([a-zA-Z_:][\w:]*) /;
const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{.*\})? +(?:[-+]?[\d.eE+-]+|NaN|[-+]?Inf)(?: +-?\d+)?$/;

/** The families of an engine's text, with its model as a label; lines that are none are left out. */
export function familiesOf(text: string, model: string): Family[] {
  const families = new Map<string, Family>();
  let current: Family | null = null;
  for (const line of text.split("\n")) {
    const head = headLine.exec(line);
    const sample = head === null ? sampleLine.exec(line) : null;
    const name: string | undefined = head?.[1] ?? sample?.[1];
    if (name === undefined || processwide.test(name)) continue;
    const belongs: boolean =
      current !== null && (name === current.name || (sample !== null && isPart(name, current.name)));
    if (!belongs) {
      current = families.get(name) ?? { name, head: [], samples: [] };
      families.set(name, current);
    }
    if (head !== null) current!.head.push(line);
    else current!.samples.push(withLabel(line, "model", model));
  }
  return [...families.values()].filter(({ samples }) => samples.length > 0);
}

/** Samples of a histogram or summary stand below its name. */
function isPart(sample: string, family: string): boolean {
  return /^_(?:bucket|sum|count|created|total)$/.test(sample.slice(family.length)) && sample.startsWith(family);
}

/** A sample with one label more; one of that name that it has is kept as `exported_`, as Prometheus does. */
export function withLabel(sample: string, name: string, value: string): string {
  const written = `${name}="${value.replace(/[\\"\n]/g, (letter) => (letter === "\n" ? "\\n" : `\\${letter}`))}"`;
  const brace = sample.indexOf("{");
  if (brace === -1) {
    const space = sample.indexOf(" ");
    return `${sample.slice(0, space)}{${written}}${sample.slice(space)}`;
  }
  const rest = sample.slice(brace + 1).replace(new RegExp(`(^|,)\\s*${name}=`), `$1exported_${name}=`);
  return `${sample.slice(0, brace + 1)}${written}${rest.startsWith("}") ? "" : ","}${rest}`;
}

/** One family a name, whoever has samples of it: the format allows each name once. */
export function textOf(families: readonly Family[]): string {
  const merged = new Map<string, Family>();
  for (const { name, head, samples } of families) {
    const known = merged.get(name);
    if (known === undefined) merged.set(name, { name, head, samples: [...samples] });
    else known.samples.push(...samples);
  }
  return [...merged.values()].map(({ head, samples }) => `${[...head, ...samples].join("\n")}\n`).join("");
}
