/** A model as OpenAI's list has it, with what Hearth adds: its state, and how soon it could answer. */
import type { ListedModel } from "../../models/listed-models.ts";

/** `created`: seconds since the epoch; it has no better meaning here than the server's start. */
export function modelEntry(model: ListedModel, created: number): Record<string, unknown> {
  return {
    id: model.id,
    object: "model",
    created,
    owned_by: "hearth",
    aliases: model.aliases,
    description: model.summary,
    state: model.state,
    phase: model.phase,
    percent: model.percent,
    seconds_to_ready: model.secondsToReady,
    context_window: model.context,
    /** The name that vLLM's clients look for. */
    max_model_len: model.context,
    capabilities: model.capabilities,
    status: model.status,
    status_reason: model.statusReason,
    lifecycle: model.lifecycle,
    pinned: model.pinned,
    running: model.running,
    waiting: model.waiting,
    ...(model.standsFor === null ? {} : { models: model.standsFor }),
  };
}
