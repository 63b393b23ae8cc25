/** Messages to the text that the model was trained on, by the Jinja template in its file. */
import { Template } from "@huggingface/jinja";
import { badField } from "../http/api-error.ts";
import type { LanguageModel } from "../language-model.ts";

/** A message as templates expect it: plain text, and only roles that they know. */
export interface TemplateMessage {
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  tool_calls?: { type: "function"; function: { name: string; arguments: unknown } }[];
  tool_call_id?: string;
  name?: string;
}

/** Used where a file carries no template: the most common form. */
const chatMl =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

export class ChatTemplate {
  readonly #template: Template;
  readonly #specials: LanguageModel["specials"];
  /** The template itself explains tools to the model, in the form that this engine reads (see tools/format.ts). */
  readonly explainsTools: boolean;

  constructor({ chatTemplate, specials }: Pick<LanguageModel, "chatTemplate" | "specials">) {
    const text = chatTemplate ?? chatMl;
    this.#template = new Template(text);
    this.#specials = specials;
    this.explainsTools = /\btools\b/.test(text) && text.includes("<tool_call>") && !text.includes("<function=");
  }

  /** `extra`: the request's `chat_template_kwargs`. Throws an ApiError where the template refuses the messages. */
  render(messages: TemplateMessage[], tools: object[] | null, extra: Record<string, unknown> = {}): string {
    try {
      return this.#render(messages, tools, extra);
    } catch (error) {
      const merged = withoutSystem(messages);
      if (merged === null) throw refusal(error);
      try {
        return this.#render(merged, tools, extra);
      } catch {
        throw refusal(error);
      }
    }
  }

  #render(messages: TemplateMessage[], tools: object[] | null, extra: Record<string, unknown>): string {
    const { bos, eos } = this.#specials;
    return this.#template.render({
      ...extra,
      messages,
      ...(tools === null ? {} : { tools }),
      bos_token: bos,
      eos_token: eos,
      add_generation_prompt: true,
    });
  }
}

/** Some templates know no system role: its text then begins the first message of the user. */
function withoutSystem(messages: TemplateMessage[]): TemplateMessage[] | null {
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const rest = messages.filter(({ role }) => role !== "system");
  const first = rest.findIndex(({ role }) => role === "user");
  if (system.length === 0 || first < 0) return null;
  const content = [...system, rest[first]!.content].join("\n\n");
  return rest.with(first, { ...rest[first]!, content });
}

function refusal(error: unknown): Error {
  return badField("messages", `this model's chat template refuses them: ${(error as Error).message}`);
}
