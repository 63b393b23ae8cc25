/** `POST /api/pull`: gets the weights of a model that is served here, with lines that tell how far that is. */
import { setTimeout as pause } from "node:timers/promises";
import type { LocalRoute, PullModel } from "../api.ts";
import { JsonLines } from "../json-lines.ts";
import { digestOf } from "./model-entry.ts";
import { modelNamed } from "./model-named.ts";

const everyMs = 500;
const success = { status: "success" };

export const pullRoute: LocalRoute = {
  method: "POST",
  path: "/api/pull",
  what: "gets a model's weights ahead of its first request, with lines that tell how far that is",
  async answer({ body }, { model, pull }) {
    const { id } = model(modelNamed(body));
    if (body.stream !== false) return new JsonLines(pullLines(id, pull));
    await pull(id, { signal: new AbortController().signal, onProgress: () => {} });
    return success;
  },
};

/** Whoever stops reading ends the download, which goes on where it was when it is asked for again. */
async function* pullLines(id: string, pull: PullModel): AsyncGenerator<object> {
  yield { status: "pulling manifest" };
  const gone = new AbortController();
  const digest = `sha256:${digestOf(id)}`;
  const progress = { status: `pulling ${digestOf(id).slice(0, 12)}`, digest, total: 0, completed: 0 };
  const done = pull(id, {
    signal: gone.signal,
    onProgress(completed, total) {
      Object.assign(progress, { completed, total });
    },
  }).then(() => true);
  try {
    while (!(await Promise.race([done, pause(everyMs, false, { signal: gone.signal })]))) yield { ...progress };
    if (progress.total > 0) yield { ...progress, completed: progress.total };
    yield success;
  } finally {
    done.catch(() => {});
    gone.abort();
  }
}
