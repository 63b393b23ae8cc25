/** Grammars that let a model write tool calls with valid arguments and nothing else. */
import { together } from "../grammar/conjunction.ts";
import { exactly, grammarText, type SchemaGrammar } from "../grammar/json-rules.ts";
import { isSchema } from "../grammar/schema.ts";
import { SchemaRules } from "../grammar/schema-rules.ts";
import { callEnd, callStart, type Tool } from "./format.ts";

/** A model that repeats itself must come to an end. */
const mostCalls = 16;

export interface CallGrammarOptions {
  /** More than one call in an answer. */
  several: boolean;
  /** The grammar begins behind a `<tool_call>` that the model wrote by itself. */
  opened: boolean;
}

/** Arguments are an object, whether the schema says so or not. */
function argumentsOf({ parameters }: Tool): unknown {
  const isOpen = parameters === true || (isSchema(parameters) && parameters.type === undefined);
  return isOpen ? together(parameters, { type: "object" }) : parameters;
}

export function callGrammar(
  tools: readonly { tool: Tool; field: string }[],
  options: CallGrammarOptions,
): SchemaGrammar {
  const rules = new Map<string, string>();
  const left = new Set<string>();
  const bodies = tools.map(({ tool, field }, index) => {
    const schema = new SchemaRules(argumentsOf(tool), field, `tool-${index}`);
    const given = schema.expression();
    for (const [name, rule] of schema.rules) rules.set(name, rule);
    for (const keyword of schema.left) left.add(keyword);
    const name = exactly(JSON.stringify(tool.name));
    return `"{" ws "\\"name\\"" ":" ws ${name} "," ws "\\"arguments\\"" ":" ws ${given} ws "}"`;
  });
  rules.set("body", `ws (${bodies.join(" | ")}) ws ${exactly(callEnd)}`);
  rules.set("call", `${exactly(callStart)} body`);
  const first = options.opened ? "body" : "call";
  const further = options.several ? ` (ws call){0,${mostCalls - 1}}` : "";
  return { gbnf: grammarText(first + further, rules), left: [...left] };
}
