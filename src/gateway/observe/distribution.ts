/**
 * How seconds are distributed, by model: Prometheus' histogram, without the label objects, hashes and string keys that
 * the client library's takes for each value. The relay counts twice per request.
 */
export class Distribution {
  readonly name: string;
  readonly help: string;
  readonly type = "histogram";
  readonly labelNames = ["model"];
  /** Upper bounds, ascending. */
  readonly #bounds: readonly number[];
  readonly #byModel = new Map<string, { counts: number[]; count: number; sum: number }>();

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#bounds = bounds;
  }

  observe(model: string, seconds: number): void {
    let known = this.#byModel.get(model);
    if (known === undefined) {
      known = { counts: this.#bounds.map(() => 0), count: 0, sum: 0 };
      this.#byModel.set(model, known);
    }
    const bucket = this.#bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) known.counts[bucket]! += 1;
    known.count += 1;
    known.sum += seconds;
  }

  /** In Prometheus' text format. */
  text(): string {
    const lines = [`# HELP ${this.name} ${this.help}`, `# TYPE ${this.name} histogram`];
    for (const [model, { counts, count, sum }] of this.#byModel) {
      const label = `model="${escaped(model)}"`;
      let below = 0;
      for (const [index, bound] of this.#bounds.entries()) {
        below += counts[index]!;
        lines.push(`${this.name}_bucket{le="${bound}",${label}} ${below}`);
      }
      lines.push(`${this.name}_bucket{le="+Inf",${label}} ${count}`);
      lines.push(`${this.name}_sum{${label}} ${sum}`, `${this.name}_count{${label}} ${count}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

function escaped(label: string): string {
  return label.replace(/[\\"\n]/g, (letter) => (letter === "\n" ? "\\n" : `\\${letter}`));
}
