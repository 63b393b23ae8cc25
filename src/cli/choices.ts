/** The chooser's list: of the server that runs here or is named, for its machine; else for this machine. */
import { readCatalog } from "../catalog/catalog.ts";
import { choiceView } from "../catalog/choice.ts";
import { choose } from "../catalog/choose.ts";
import type { ChoiceView } from "../domain/choice-view.ts";
import type { Wish } from "../domain/wish.ts";
import type { Io } from "./io.ts";
import { placeHere } from "./place-here.ts";
import { callJson, findServer, runningServer } from "./server-client.ts";

export async function choicesFor(io: Io, wish: Wish): Promise<ChoiceView[]> {
  if (io.env.HEARTH_URL || runningServer(io) !== null) return fromServer(io, wish);
  return choose(readCatalog(), wish, await placeHere(io)).map(choiceView);
}

async function fromServer(io: Io, { purpose, needs = [], context, memoryGiB }: Wish): Promise<ChoiceView[]> {
  const query = new URLSearchParams({
    ...(purpose === null ? {} : { for: purpose }),
    ...(needs.length === 0 ? {} : { needs: needs.join(",") }),
    ...(context === undefined ? {} : { context: String(context) }),
    ...(memoryGiB === undefined ? {} : { memoryGiB: String(memoryGiB) }),
  });
  const { models } = await callJson<{ models: ChoiceView[] }>(findServer(io), `/hearth/v1/catalog?${query}`, {
    signal: io.signal,
  });
  return models;
}
