/** The name of a call's tool, which may come in pieces, or again with each piece of the arguments. */

export class CallName {
  readonly #tools: ReadonlySet<string>;
  #text = "";

  /** `tools`: names of those that the request offers. */
  constructor(tools: ReadonlySet<string>) {
    this.#tools = tools;
  }

  get text(): string {
    return this.known ? this.#text : plainName(this.#text, this.#tools);
  }

  /** It is a tool's, and so it is whole: waiting for a longer one would hold every call of `read` beside `read_file` back. */
  get known(): boolean {
    return this.#tools.has(this.#text);
  }

  equals(name: string): boolean {
    return this.#text === name;
  }

  /** It can be another piece of this name, or this name once more; else another call begins. */
  fits(name: string): boolean {
    return this.#with(name) !== null;
  }

  add(name: string): void {
    this.#text = this.#with(name) ?? this.#text;
  }

  #with(name: string): string | null {
    if (this.known) return name === this.#text || !this.#leads(name) ? this.#text : null;
    const joined = this.#text + name;
    if (this.#leads(joined)) return joined;
    if (name.startsWith(this.#text)) return name;
    return this.#tools.has(name) ? null : joined;
  }

  /** A tool's name begins so. */
  #leads(start: string): boolean {
    for (const tool of this.#tools) if (tool.startsWith(start)) return true;
    return false;
  }
}

/** gpt-oss's parser leaves its namespace before the name, or the mark that follows it behind. */
function plainName(name: string, tools: ReadonlySet<string>): string {
  const plain = name
    .replace(/<\|.*$/s, "")
    .replace(/^functions\./, "")
    .trim();
  return tools.has(plain) ? plain : name;
}
