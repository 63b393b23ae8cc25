/**
 * Whether a model is to think, said in a way that no engine minds: those that do not know the field pass it over, and
 * the fixup `thinking-switch` turns it into the switch of the model's own template. The switch itself
 * (`chat_template_kwargs`) is refused by vLLM for models with Mistral's tokenizer.
 */
export function thinkingField(on: boolean): { thinking: { type: "enabled" | "disabled" } } {
  return { thinking: { type: on ? "enabled" : "disabled" } };
}
