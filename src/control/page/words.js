/** Figures in the words of the page. */

/** `45 s`, `12 min`, `2 h 5 min`, `3 d 4 h`; never negative. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 100) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `113 GiB`, `3.5 GiB`, `256 MiB`. */
export function gibibytes(value) {
  if (value > 0 && value < 1) return `${Math.round(value * 1024)} MiB`;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} GiB`;
}

/**
 * What programs beside the engines take. An engine that has not grown to its full size yet takes less than it was given;
 * where nobody can say how much, it counts in full.
 */
export function otherProgramsGiB({ memory: { totalGiB, availableGiB }, models }) {
  const engines = models.filter(({ process }) => process !== null);
  const taken = engines.reduce((sum, { process, memoryGiB }) => sum + (process.rssGiB ?? memoryGiB), 0);
  return Math.max(0, totalGiB - availableGiB - taken);
}

/** What is worth saying of a model in one line. `at` is the server's time. */
export function factsOf(model, at) {
  const facts = [];
  if (model.running > 0) facts.push(`${model.running} running`);
  if (model.waiting > 0) facts.push(`${model.waiting} waiting`);
  if (model.state === "ready") facts.push(stopWords(model, at));
  if (model.state === "absent" && model.status !== "disabled")
    facts.push(`answers after about ${duration(model.secondsToReady)}`);
  facts.push(gibibytes(model.process?.rssGiB ?? model.memoryGiB));
  facts.push(`${model.context.toLocaleString("en")} tokens`);
  if (model.state === "absent") facts.push(model.capabilities.join(", "));
  return facts.join(" · ");
}

function stopWords({ pinned, stopsAt, running }, at) {
  if (stopsAt !== null) return `stops in ${duration(stopsAt - at)}`;
  if (pinned) return "pinned: not stopped for others";
  return running > 0 ? "in use" : "does not stop by itself";
}

/** Why a model cannot be had at present, or an empty text. */
export function faultOf({ failure, status, statusReason }, at) {
  if (status === "disabled") return `Disabled: ${statusReason ?? "its entry gives no reason."}`;
  if (failure === null) return "";
  const again = failure.until === null || failure.until <= at ? "" : ` Tried again in ${duration(failure.until - at)}.`;
  return failure.reason.replace(/([^.])$/, "$1.") + again;
}

/** Whether the model is shown among those that are on the machine. */
export function isActive({ state, waiting }) {
  return state !== "absent" || waiting > 0;
}

/** Whether the filter's text is found in the model. */
export function matches(model, filter) {
  const text = [model.id, ...model.aliases, model.summary, ...model.capabilities].join(" ").toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
