/** A loaded model with everything that its routes share. */
import { Slots } from "./generate/slots.ts";
import type { LanguageModel } from "./language-model.ts";
import { EngineMetrics } from "./metrics.ts";
import { ChatTemplate } from "./prompt/chat-template.ts";

export interface Engine {
  /** The name that requests use. */
  id: string;
  /** Unix seconds. */
  created: number;
  model: LanguageModel;
  slots: Slots;
  template: ChatTemplate;
  metrics: EngineMetrics;
}

export function createEngine(id: string, model: LanguageModel): Engine {
  const slots = new Slots(model.sequences);
  return {
    id,
    created: Math.floor(Date.now() / 1000),
    model,
    slots,
    template: new ChatTemplate(model),
    metrics: new EngineMetrics(id, slots),
  };
}
