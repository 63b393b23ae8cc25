import { readCatalog } from "../../catalog/catalog.ts";
import { type Choice, choose } from "../../catalog/choose.ts";
import { type Purpose, purposes } from "../../catalog/purposes.ts";
import { bytesPerGiB } from "../../domain/size.ts";
import { type CliCommand, CliError } from "../command.ts";
import { type Io, paint, printJson } from "../io.ts";
import { memoryGiB, neededCapabilities } from "../model-filter.ts";

export const command: CliCommand = {
  name: "models choose",
  summary: "the models that suit a purpose, best first, with reasons",
  options: [
    ["--for <purpose>", `what for: ${purposes.join(", ")}`, "chat"],
    ["--memory <size>", "what the model may take: 60GiB"],
    ["--needs <capabilities>", "what it must be able to do, with commas: vision, tools, reasoning, ..."],
    ["--context <tokens>", "tokens of prompt and answer, at least"],
    ["--count <number>", "how many to show", "5"],
    ["--json", "all that suit, as JSON"],
  ],
  examples: [
    ["hearth models choose --for coding", "whatever the machine, most trusted first"],
    ["hearth models choose --for vision --memory 40GiB --context 32768", "beside another model"],
  ],
  async run({ options, io }) {
    const purpose = wantedPurpose(String(options.for));
    const memory = options.memory === undefined ? undefined : memoryGiB("--memory", String(options.memory));
    const context = options.context === undefined ? undefined : wholeNumber("--context", String(options.context));
    const choices = choose(readCatalog().values(), {
      purpose,
      needs: neededCapabilities("--needs", options.needs),
      ...(memory === undefined ? {} : { memoryGiB: memory }),
      ...(context === undefined ? {} : { context }),
    });
    if (options.json) {
      printJson(io, choices.map(asJson));
      return 0;
    }
    if (choices.length === 0) throw new CliError(`The catalog has nothing for ${purpose} within these limits.`);
    const shown = choices.slice(0, wholeNumber("--count", String(options.count)));
    io.out.write(shown.map((choice, index) => described(io, choice, index + 1)).join("\n"));
    if (shown.length < choices.length) {
      io.err.write(paint(io, "dim", `\n${choices.length - shown.length} more suit: --count\n`, "err"));
    }
    return 0;
  },
};

function described(io: Io, { model, reasons }: Choice, place: number): string {
  const head = `${place}. ${paint(io, "bold", model.id)}  ${model.facts.summary}`;
  return `${[head, ...reasons.map((reason) => `   - ${reason}`)].join("\n")}\n`;
}

function asJson({ model: { id, facts }, reasons }: Choice) {
  const { summary, status, context, memory = 0 } = facts;
  return { id, summary, status, context, memoryGiB: memory / bytesPerGiB, reasons };
}

function wantedPurpose(word: string): Purpose {
  const purpose = purposes.find((known) => known === word);
  if (purpose === undefined) throw new CliError(`--for does not know "${word}"; there are ${purposes.join(", ")}.`, 2);
  return purpose;
}

function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new CliError(`${flag} takes a whole number above 0, not "${text}".`, 2);
  }
  return number;
}
