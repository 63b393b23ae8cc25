/**
 * Whether a model is to think, said in a way that no engine minds: those that do not know the field pass it over, and
 * the fixup `thinking-switch` turns it into the switch of the model's own template. The switch itself
 * (`chat_template_kwargs`) is refused by vLLM for models with Mistral's tokenizer.
 */
export function thinkingField(on: boolean): { thinking: { type: "enabled" | "disabled" } } {
  return { thinking: { type: on ? "enabled" : "disabled" } };
}

/** The effort that a budget of so many tokens for thinking amounts to. */
export function effortFor(budget: number): "low" | "medium" | "high" {
  if (budget <= 2048) return "low";
  return budget <= 16_384 ? "medium" : "high";
}
