/** What a user's turn holds: results of tools, and parts that a model reads. */
import type { ChatMessage, ChatPart } from "../chat/request.ts";
import type { ToolResult, UserBlock } from "./request.ts";

type Readable = Exclude<UserBlock, ToolResult>;

export function userContent(blocks: UserBlock[]): { results: ChatMessage[]; parts: ChatPart[] } {
  const results: ChatMessage[] = [];
  const parts: ChatPart[] = [];
  for (const block of blocks) {
    if (block.type !== "tool_result") parts.push(partOf(block));
    else {
      const { text, images } = resultOf(block);
      results.push({ role: "tool", tool_call_id: block.tool_use_id, content: text });
      parts.push(...images);
    }
  }
  return { results, parts };
}

/** A tool's message holds text alone in OpenAI's API: its images follow in the user's turn. */
function resultOf({ tool_use_id: id, content, is_error: failed }: ToolResult): { text: string; images: ChatPart[] } {
  const blocks: Readable[] = typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []);
  const parts = blocks.map(partOf);
  const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
  const images = parts.filter((part) => part.type === "image_url");
  const note: ChatPart[] = images.length === 0 ? [] : [{ type: "text", text: `Images of the result of ${id}:` }];
  return { text: failed === true ? `Error: ${text}` : text, images: [...note, ...images] };
}

function partOf(block: Readable): ChatPart {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.text };
    case "image":
      return { type: "image_url", image_url: { url: imageUrl(block.source) } };
    case "document":
      return { type: "text", text: titled(block.title, documentText(block.source)) };
    case "search_result":
      return { type: "text", text: titled(`${block.title} (${block.source})`, texts(block.content)) };
  }
}

function imageUrl(source: Extract<Readable, { type: "image" }>["source"]): string {
  return source.type === "url" ? source.url : `data:${source.media_type};base64,${source.data}`;
}

function documentText(source: Extract<Readable, { type: "document" }>["source"]): string {
  if (source.type === "text") return source.data;
  return typeof source.content === "string" ? source.content : texts(source.content);
}

function texts(blocks: { text: string }[]): string {
  return blocks.map(({ text }) => text).join("\n\n");
}

function titled(title: string | null | undefined, text: string): string {
  return title === null || title === undefined || title === "" ? text : `${title}\n\n${text}`;
}
