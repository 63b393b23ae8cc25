/** A model as `GET /model/info` of LiteLLM's proxy has it: the providers of Roo Code, Kilo Code and Cline read it. */
import type { ListedModel } from "../../models/listed-models.ts";

export function litellmEntry({ id, context, capabilities }: ListedModel): Record<string, unknown> {
  return {
    model_name: id,
    litellm_params: { model: id },
    model_info: {
      id,
      mode: capabilities.includes("embeddings") ? "embedding" : "chat",
      max_tokens: context,
      max_input_tokens: context,
      max_output_tokens: context,
      supports_vision: capabilities.includes("vision"),
      supports_function_calling: capabilities.includes("tools"),
      supports_reasoning: capabilities.includes("reasoning"),
      supports_prompt_caching: false,
      // It runs at home.
      input_cost_per_token: 0,
      output_cost_per_token: 0,
    },
  };
}
