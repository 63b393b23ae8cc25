/** OpenAI's chat request, as far as translations write it. */

export type ChatPart =
  | { type: "text"; text: string }
  | { type: "image_url"; image_url: { url: string } }
  /** `data`: base64. */
  | { type: "input_audio"; input_audio: { data: string; format: string } };

export interface ChatCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

/** What an assistant thought before it spoke: vLLM reads it under the first name, llama.cpp and SGLang under the second. */
export interface Thoughts {
  reasoning: string;
  reasoning_content: string;
}

export type ChatMessage =
  | { role: "system"; content: string }
  | { role: "user"; content: string | ChatPart[] }
  | ({ role: "assistant"; content: string | null; tool_calls?: ChatCall[] } & Partial<Thoughts>)
  | { role: "tool"; tool_call_id: string; content: string };

export interface ChatTool {
  type: "function";
  function: { name: string; description?: string; parameters: Record<string, unknown> };
}

export function thoughts(text: string): Thoughts {
  return { reasoning: text, reasoning_content: text };
}

/** The role, for a message whose content is the parts: a plain string where they are text alone, as every template takes it. */
export function contentOf(parts: ChatPart[]): string | ChatPart[] {
  const texts = parts.filter((part) => part.type === "text");
  return texts.length === parts.length ? texts.map(({ text }) => text).join("\n\n") : parts;
}
