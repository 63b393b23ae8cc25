/**
 * Tools that Anthropic defines and the client runs: they come with a type and a date, without a schema, since Claude
 * has learnt it. Other models are shown it; their calls go back as any tool's do.
 */
import type { JsonObject } from "../../../domain/json-object.ts";

interface Defined {
  description: string;
  parameters: JsonObject;
}

const text = { type: "string" };
const whole = { type: "integer" };
const place = { type: "array", items: whole, minItems: 2, maxItems: 2 };

function commands(names: string[], properties: JsonObject): JsonObject {
  return { type: "object", properties: { command: { enum: names }, ...properties }, required: ["command"] };
}

const edited = { file_text: text, old_str: text, new_str: text, insert_line: whole, insert_text: text };

/** By the type's name without its date. */
const defined = new Map<string, Defined>([
  [
    "bash",
    {
      description:
        "Runs a command in a shell on the user's machine and returns what it printed. `restart` begins anew.",
      parameters: { type: "object", properties: { command: text, restart: { type: "boolean" } } },
    },
  ],
  [
    "text_editor",
    {
      description: "Views, creates and edits files on the user's machine.",
      parameters: commands(["view", "create", "str_replace", "insert", "undo_edit"], {
        path: text,
        ...edited,
        view_range: place,
      }),
    },
  ],
  [
    "memory",
    {
      description: "Views and edits files below /memories, which outlive the conversation.",
      parameters: commands(["view", "create", "str_replace", "insert", "delete", "rename"], {
        path: text,
        ...edited,
        view_range: place,
        old_path: text,
        new_path: text,
      }),
    },
  ],
  [
    "computer",
    {
      description: "Uses the mouse, the keyboard and the screen of the user's machine.",
      parameters: {
        type: "object",
        properties: {
          action: text,
          coordinate: place,
          start_coordinate: place,
          text,
          scroll_direction: { enum: ["up", "down", "left", "right"] },
          scroll_amount: whole,
          duration: { type: "number" },
        },
        required: ["action"],
      },
    },
  ],
]);

/** Null for a tool of any other type: `text_editor_20250728` is one, `web_search_20250305` is not. */
export function definedTool(type: string | null | undefined): Defined | null {
  const [, name] = /^([a-z_]+)_\d{8}$/.exec(type ?? "") ?? [];
  return name === undefined ? null : (defined.get(name) ?? null);
}
