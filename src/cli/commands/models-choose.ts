import type { ChoiceView } from "../../domain/choice-view.ts";
import { nearestName } from "../../domain/nearest.ts";
import { type Purpose, purposes } from "../../domain/purposes.ts";
import { choiceLines } from "../choice-lines.ts";
import { choicesFor } from "../choices.ts";
import { type CliCommand, CliError } from "../command.ts";
import { type Io, paint, printJson } from "../io.ts";
import { memoryGiB, neededCapabilities } from "../model-filter.ts";
import { columnsOf, sheet } from "../sheet.ts";
import { wrap } from "../wrap.ts";

export const command: CliCommand = {
  name: "models choose",
  summary: "the models that suit a purpose and this machine, best first, with what each costs",
  options: [
    ["--for <purpose>", `what for: ${purposes.join(", ")} (default: chat, code and tools)`],
    ["--memory <size>", "what the model may take: 60GiB"],
    ["--needs <capabilities>", "what it must be able to do, with commas: vision, tools, reasoning, ..."],
    ["--context <tokens>", "tokens of prompt and answer, at least: 65536, or 64k"],
    ["--count <number>", "how many to show", "5"],
    ["--json", "all that suit, as JSON"],
  ],
  examples: [
    ["hearth models choose", "what to begin with on this machine, or on the server that runs"],
    ["hearth models choose --for coding", "the best for code"],
    [
      "hearth models choose --needs vision,tools --context 64k",
      "sees images and calls tools, with room for a long talk",
    ],
    ["hearth models choose --for vision --memory 40GiB --context 32768", "beside another model"],
  ],
  async run({ options, io }) {
    const purpose = options.for === undefined ? null : wantedPurpose(String(options.for));
    const memory = options.memory === undefined ? undefined : memoryGiB("--memory", String(options.memory));
    const context = options.context === undefined ? undefined : tokens("--context", String(options.context));
    const count = wholeNumber("--count", String(options.count));
    const choices = await choicesFor(io, {
      purpose,
      needs: neededCapabilities("--needs", options.needs),
      ...(memory === undefined ? {} : { memoryGiB: memory }),
      ...(context === undefined ? {} : { context }),
    });
    if (options.json) {
      printJson(io, choices);
      return 0;
    }
    if (choices.length === 0) {
      throw new CliError(`The catalog has nothing${purpose === null ? "" : ` for ${purpose}`} within these limits.`);
    }
    const shown = choices.slice(0, count);
    io.out.write(shown.map((choice, index) => described(io, choice, index + 1)).join("\n"));
    say(io, choices, shown.length);
    return 0;
  },
};

function described(io: Io, choice: ChoiceView, place: number): string {
  const columns = columnsOf(io);
  const head = `${place}. ${paint(io, "bold", choice.id)}`;
  const summary = wrap(choice.summary, columns - 3).map((line) => `   ${line}`);
  return `${[head, ...summary].join("\n")}\n${sheet(choiceLines(choice), columns, 3)}`;
}

/** What else there is to know of the whole. */
function say(io: Io, choices: readonly ChoiceView[], shown: number): void {
  const lines = [
    ...(choices.every(({ hindrance }) => hindrance !== null) ? ["Nothing of this can run on this machine."] : []),
    ...(shown < choices.length ? [`${choices.length - shown} more suit: --count`] : []),
  ];
  if (lines.length > 0) io.err.write(paint(io, "dim", `\n${lines.join("\n")}\n`, "err"));
}

function wantedPurpose(word: string): Purpose {
  const purpose = purposes.find((known) => known === word);
  if (purpose !== undefined) return purpose;
  const nearest = nearestName(word, purposes) ?? purposes.find((known) => known.startsWith(word.slice(0, 3)));
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  throw new CliError(`--for does not know "${word}"; there are ${purposes.join(", ")}.${hint}`, 2);
}

/** `65536`, or `64k`: a k is 1,024, as in the names of windows. */
function tokens(flag: string, text: string): number {
  const thousands = /^(\d+)k$/i.exec(text);
  return thousands === null ? wholeNumber(flag, text) : wholeNumber(flag, thousands[1]!) * 1024;
}

function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new CliError(`${flag} takes a whole number above 0, not "${text}".`, 2);
  }
  return number;
}
