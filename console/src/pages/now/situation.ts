/** What the machine is doing and why somebody waits, in sentences made from the state alone. */
import type { Model, State } from "../../api/client.ts";
import type { Formats } from "../../format/formats.ts";
import type { Words } from "../../words/en.ts";

/** The most important first; one at least. */
export function situationOf({ models }: Pick<State, "models">, words: Words, formats: Formats): string[] {
  const { now, model: ofModel } = words;
  const serving = models.filter(({ running }) => running > 0);
  const loading = models.filter(({ state }) => state === "starting");
  const leaving = models.filter(({ state }) => state === "draining" || state === "stopping");
  const sentences = [
    ...serving.map(({ id, running }) => now.serves(id, ofModel.running(running))),
    ...loading.map(({ id, secondsToReady }) => now.loads(id, formats.duration(secondsToReady))),
    ...leaving.filter(({ running }) => running === 0).map(({ id }) => now.stops(id)),
    ...models.filter(({ waiting }) => waiting > 0).map((model) => waitOf(model)),
    ...models.filter(({ state, waiting }) => state === "failed" && waiting === 0).map(({ id }) => now.failedModel(id)),
  ];
  if (sentences.length > 0) return sentences;
  return [models.some(({ state }) => state === "ready") ? now.idle : now.idleNothingLoaded];

  function waitOf({ id, waiting, state }: Model): string {
    const people = ofModel.waiting(waiting);
    const other = [...serving, ...loading, ...leaving].find((model) => model.id !== id);
    return state === "absent" && other !== undefined
      ? now.waitsForOther(people, id, other.id)
      : now.waitsForLoad(people, id);
  }
}
