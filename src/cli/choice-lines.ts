/** What `hearth models choose` prints of a model. */
import { range } from "../catalog/costs.ts";
import type { ChoiceView, Costs } from "../domain/choice-view.ts";
import type { SheetLine } from "./sheet.ts";
import { duration, gibibytes } from "./words.ts";

export function choiceLines(choice: ChoiceView): SheetLine[] {
  const { status, statusReason, memoryGiB, exclusive, context, costs, notWith, hindrance } = choice;
  const alone = exclusive ? ", alone on the machine" : "";
  return [
    ["not here", hindrance ?? ""],
    ["evidence", statusReason === null ? status : `${status}: ${statusReason}`],
    ["speed", speedText(costs)],
    ["takes", `${gibibytes(memoryGiB)} of memory${alone}; ${context.toLocaleString("en")} tokens of prompt and answer`],
    ["start", startText(choice)],
    ["costs", costsText(costs)],
    ...notWith.map(({ client, use }): SheetLine => ["not with", `${client}: use ${use} there`]),
  ];
}

function speedText({ tokensPerSecond: speed }: Costs): string {
  if (speed === null) return "nobody has published it";
  return `${speed.guessed ? "about " : ""}${range(speed)} tokens per second (${speed.source})`;
}

function startText({ startPeakGiB, mayHangMachine }: ChoiceView): string {
  if (startPeakGiB === null) return "";
  const hang = mayHangMachine ? "; MAY HANG THE MACHINE, so save your work first" : "";
  return `takes up to ${gibibytes(startPeakGiB)} while it starts${hang}`;
}

/** `download 22.4 GB and its image; no build; no login; 5 min to the first word`. */
export function costsText({ downloadGB, image, buildMinutes, login, secondsToFirstWord }: Costs): string {
  const minutes = buildMinutes === null ? "" : `${range(buildMinutes)} minutes to `;
  return [
    `${downloadGB === null ? "a download of unknown size" : `download ${downloadGB} GB`}${image === "pulled" ? " and its image" : ""}`,
    ...(image === "none" ? [] : [image === "built" ? `${minutes}build its image, once` : "no build"]),
    login === null ? "no login" : `login at ${login}`,
    `then ${duration(secondsToFirstWord)} to the first word`,
  ].join("; ");
}
