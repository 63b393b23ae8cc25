/** Where the parameters of OpenAI's chat API stand in the bodies of an engine's routes. */

export interface ParameterPlace {
  /** The body's member, and the member of that one. */
  path: [string] | [string, string];
  /** Other members that say the same. */
  also: string[];
  /** It takes a list only. */
  list: boolean;
}

/** Null where the route has no place for the parameter. */
export type ParameterWords = (name: string) => ParameterPlace | null;

const limits = ["max_tokens", "max_completion_tokens"];

export const chatParameters: ParameterWords = (name) => place(name, limits.includes(name) ? limits : []);

/** A text has no roles, no tools and no template that could be told of thoughts. */
const chatOnly = new Set(["chat_template_kwargs", "parallel_tool_calls", "reasoning_effort", "tool_choice", "tools"]);

export const textParameters: ParameterWords = (name) => {
  if (chatOnly.has(name)) return null;
  return limits.includes(name) ? place("max_tokens") : place(name);
};

/** Anthropic's: what its API does not know is passed over by engines, and would have no effect. */
export const messagesParameters = named({
  ...Object.fromEntries(["temperature", "top_p", "top_k"].map((name) => [name, place(name)])),
  ...Object.fromEntries(limits.map((name) => [name, place("max_tokens")])),
  stop: { ...place("stop_sequences"), list: true },
});

/** OpenAI's Responses. */
export const responsesParameters = named({
  ...Object.fromEntries(["temperature", "top_p", "parallel_tool_calls"].map((name) => [name, place(name)])),
  ...Object.fromEntries(limits.map((name) => [name, place("max_output_tokens")])),
  reasoning_effort: { path: ["reasoning", "effort"], also: [], list: false },
});

/** `same`: with itself, or not. */
function place(member: string, same: string[] = []): ParameterPlace {
  return { path: [member], also: same.filter((other) => other !== member), list: false };
}

function named(places: Record<string, ParameterPlace>): ParameterWords {
  return (name) => (Object.hasOwn(places, name) ? places[name]! : null);
}
