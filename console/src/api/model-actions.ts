/** What may be done to a model, with words about how it went. */
import { useState } from "react";
import { useNotices } from "../ui/notices.tsx";
import { useWords } from "../words/words.tsx";
import { api, type Model } from "./client.ts";

export type ModelAction = "start" | "stop" | "pin" | "unpin" | "clear";

/** What makes sense in the model's present state. */
export function actionsFor({ state, pinned, status }: Pick<Model, "state" | "pinned" | "status">): ModelAction[] {
  if (status === "disabled") return [];
  if (state === "failed") return ["clear"];
  if (state === "starting" || state === "ready") return ["stop", pinned ? "unpin" : "pin"];
  return ["start"];
}

export function useModelAction(): { act: (model: string, action: ModelAction) => void; busy: string | null } {
  const { words } = useWords();
  const notices = useNotices();
  const [busy, setBusy] = useState<string | null>(null);
  const run = async (id: string, action: ModelAction) => {
    await api.POST(`/models/{id}/${action}`, { params: { path: { id } } });
    if (action === "clear") await api.POST("/models/{id}/start", { params: { path: { id } } });
    if (action === "start" || action === "clear") notices.done(words.model.started(id));
    if (action === "stop") notices.done(words.model.stopped(id));
  };
  return {
    busy,
    act(model, action) {
      setBusy(model);
      run(model, action)
        .catch(notices.failed)
        .finally(() => setBusy(null));
    },
  };
}
