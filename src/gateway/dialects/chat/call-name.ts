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

  /** It is a tool's, as it stands. */
  get known(): boolean {
    return this.#tools.has(this.#text);
  }

  /** Nothing that may follow could make it another tool's. */
  get settled(): boolean {
    return this.known && !this.#leads(this.#text, 1);
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
    const { known } = this;
    const joined = this.#text + name;
    if (known && name === this.#text) return this.#text;
    if (this.#leads(joined, 0)) return joined;
    if (name.startsWith(this.#text) && (this.#leads(name, 0) || this.#text === "" || name === this.#text)) return name;
    if (this.#tools.has(name) || (known && this.#leads(name, 0))) return null;
    return known ? this.#text : joined;
  }

  /** A tool's name begins so, and has at least `more` characters after it. */
  #leads(start: string, more: number): boolean {
    for (const tool of this.#tools) if (tool.startsWith(start) && tool.length >= start.length + more) return true;
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
