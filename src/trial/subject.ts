/** The model that is tried, through the server that has it. */
import type { ModelView, Snapshot } from "../link/link.ts";
import { TrialFailure } from "./failure.ts";
import type { TrialServer } from "./http.ts";

export interface Subject {
  model: Pick<ModelView, "id" | "capabilities" | "context" | "memoryGiB">;
  server: TrialServer;
  /** Called with what is done at the moment. */
  progress(words: string): void;
}

/** The server's state as this key sees it, with the model's own. Throws a TrialFailure where it cannot be had. */
export async function lookAt({ model, server }: Subject): Promise<Snapshot & { view: ModelView }> {
  const answer = await server.send("GET", "/debug/state");
  const state = answer.json as Snapshot | undefined;
  const view = answer.status === 200 ? state?.models.find(({ id }) => id === model.id) : undefined;
  if (view === undefined) {
    throw new TrialFailure(`the server does not say how ${model.id} is`, { sent: "/debug/state", came: answer.text });
  }
  return { ...state!, view };
}

/** Seconds after which the server is to say how far it is. */
const stepSeconds = 2;

/** Resolves when it is ready. Throws a TrialFailure with the server's words where it cannot be. */
export async function ready(subject: Subject): Promise<void> {
  const { model, server, progress } = subject;
  const path = `/ensure/${encodeURIComponent(model.id)}`;
  for (;;) {
    const answer = await server.send("POST", path, { headers: { prefer: `wait=${stepSeconds}` } });
    if (answer.status === 200) return;
    const error = (answer.json as { error?: { code?: string; message?: string } } | undefined)?.error;
    if (error?.code !== "model_loading") {
      throw new TrialFailure(error?.message ?? `the server answered ${answer.status}`, {
        sent: path,
        came: answer.text,
      });
    }
    const { phase, percent } = (await lookAt(subject)).view;
    progress(percent === null ? phase : `${phase} ${Math.round(percent)} %`);
  }
}
