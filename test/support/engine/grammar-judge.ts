/** llama.cpp's own judgement of a grammar, for tests. */
import { getLlama, type Llama } from "node-llama-cpp";

export class GrammarJudge {
  readonly #llama: Promise<Llama> = getLlama({ gpu: false, build: "never", skipDownload: true });

  /** The grammar takes the whole text. */
  async takes(grammar: string, text: string): Promise<boolean> {
    const compiled = await (await this.#llama).createGrammar({ grammar });
    // The library keeps this to itself, but nothing public compares a text with a grammar.
    return (compiled as unknown as { _testText: (text: string) => boolean })._testText(text);
  }

  async close(): Promise<void> {
    await (await this.#llama).dispose();
  }
}
