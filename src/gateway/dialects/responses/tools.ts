/** Tools of the Responses API, and the choice among them, as the chat API's. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { Problem } from "../../../domain/problem.ts";
import { hostedDemanded } from "../chat/hosted-tools.ts";
import type { ChatTool } from "../chat/request.ts";
import { badField } from "../read-request.ts";
import { type ClientCallType, clientTools } from "./client-tools.ts";
import { customParameters } from "./custom-tool.ts";
import { flatName } from "./namespaced-name.ts";
import { type ResponsesRequest, type Tool, toolSchema } from "./request.ts";

/** How a call goes back to the client that offered the tool. */
export interface CallForm {
  type: "function_call" | "custom_tool_call" | ClientCallType;
  /** The client's own names; an engine has both in one. */
  name: string;
  namespace: string | null;
}

export interface Tools {
  fields: Record<string, unknown>;
  /** By the name that the engine knows. */
  forms: ReadonlyMap<string, CallForm>;
  /** Those that OpenAI's servers would run, and nobody can here. */
  leftOut: string[];
  /** An engine's own route is likely to lose some of them without a word: only functions are known to all engines. */
  needTranslation: boolean;
}

/** Throws a Problem (`invalid_request`). */
export function toolsOf(request: ResponsesRequest): Tools {
  const offer = new Offer();
  const { tools, tool_choice: choice, parallel_tool_calls: parallel } = request;
  const isSearched = (tools ?? []).some(({ type, execution }) => type === "tool_search" && execution === "client");
  for (const [index, tool] of (tools ?? []).entries()) {
    if (!(isSearched && tool.defer_loading === true)) offer.add(tool, null, `tools[${index}]`);
  }
  for (const tool of foundTools(request)) offer.add(tool, null, "input");
  const { kept, forms, leftOut } = offer;
  const needTranslation = (tools ?? []).some(
    ({ type }) => type === "namespace" || type === "custom" || clientTools.has(type),
  );
  const fields = kept.length === 0 ? unchosen(choice, leftOut) : chosen(choice, kept, forms, leftOut);
  const several = "tools" in fields && typeof parallel === "boolean" ? { parallel_tool_calls: parallel } : {};
  return { fields: { ...fields, ...several }, forms, leftOut, needTranslation };
}

/** What searches for tools have found so far is a part of the conversation, which never refuses a request. */
function foundTools({ input }: ResponsesRequest): Tool[] {
  if (typeof input === "string") return [];
  return input.flatMap(({ type, tools }) => {
    if (type !== "tool_search_output" || !Array.isArray(tools)) return [];
    return tools.flatMap((one) => toolSchema.safeParse(one).data ?? []).filter(isNamed);
  });
}

function isNamed({ name, tools }: Tool): boolean {
  return Boolean(name) && (tools ?? []).every(isNamed);
}

class Offer {
  readonly kept: ChatTool[] = [];
  readonly forms = new Map<string, CallForm>();
  readonly leftOut: string[] = [];

  /** Throws a Problem (`invalid_request`). */
  add(tool: Tool, namespace: string | null, path: string): void {
    const { type, name, tools } = tool;
    if (type === "namespace") {
      for (const [index, one] of (tools ?? []).entries()) this.add(one, name ?? null, `${path}.tools[${index}]`);
    } else if (type === "function" || type === "custom") this.#named(tool, namespace, path);
    else if (runsHere(tool)) this.#client(tool);
    else this.leftOut.push(type);
  }

  #named({ type, name, description, parameters }: Tool, namespace: string | null, path: string): void {
    if (typeof name !== "string" || name === "") throw badField(`${path}.name`, "expected a string");
    const isCustom = type === "custom";
    const takes = isCustom ? customParameters : (parameters ?? { type: "object", properties: {} });
    const form = { type: isCustom ? "custom_tool_call" : "function_call", name, namespace } as const;
    this.#keep(flatName(namespace, name), description, takes, form);
  }

  #client({ type, description, parameters }: Tool): void {
    const tool = clientTools.get(type)!;
    const form = { type: tool.callType, name: type, namespace: null };
    this.#keep(type, description || tool.description, parameters ?? tool.parameters, form);
  }

  /** A tool that was found twice is offered once. */
  #keep(name: string, description: string | null | undefined, parameters: JsonObject, form: CallForm): void {
    if (this.forms.has(name)) return;
    this.forms.set(name, form);
    this.kept.push({ type: "function", function: { name, ...(description ? { description } : {}), parameters } });
  }
}

interface Named {
  type?: string | undefined;
  name?: string | null | undefined;
  namespace?: string | null | undefined;
}

/** Shells and searches may be on OpenAI's servers as well. */
function runsHere({ type, execution, environment }: Tool): boolean {
  if (!clientTools.has(type)) return false;
  if (type === "tool_search") return execution === "client";
  return !isObject(environment) || environment.type === "local";
}

type Choice = ResponsesRequest["tool_choice"];

/** Of a request whose tools nobody can run here, or that has none. */
function unchosen(choice: Choice, leftOut: string[]): Record<string, unknown> {
  if (leftOut.length > 0 && demands(choice)) throw hosted("tool_choice", leftOut);
  return {};
}

function demands(choice: Choice): boolean {
  if (choice === null || choice === undefined) return false;
  if (typeof choice === "string") return choice === "required";
  return choice.type !== "allowed_tools" || choice.mode === "required";
}

function hosted(param: string, leftOut: string[]): Problem {
  return hostedDemanded(param, leftOut, "OpenAI", 'a tool of type "function"');
}

/** Throws a Problem (`invalid_request`) where what it demands is not among `tools`. */
function chosen(choice: Choice, tools: ChatTool[], forms: Tools["forms"], leftOut: string[]): Record<string, unknown> {
  if (choice === null || choice === undefined) return { tools };
  if (typeof choice === "string") return { tools, tool_choice: choice };
  if (choice.type === "allowed_tools") {
    const listed = choice.tools ?? [];
    const allowed = new Set(listed.map(nameIn));
    const whole = new Set(listed.flatMap(({ type, name }) => (type === "namespace" && name ? [name] : [])));
    const kept = tools.filter(({ function: { name } }) => {
      return allowed.has(name) || whole.has(forms.get(name)?.namespace ?? "");
    });
    if (kept.length === 0 && leftOut.length > 0) return unchosen(choice, leftOut);
    if (kept.length === 0) throw badField("tool_choice.tools", "none of them is in `tools` and can be used here");
    return { tools: kept, tool_choice: choice.mode ?? "auto" };
  }
  const name = nameIn(choice);
  if (leftOut.includes(choice.type)) throw hosted("tool_choice", [choice.type]);
  if (!tools.some((tool) => tool.function.name === name)) {
    throw badField("tool_choice.name", `no tool in \`tools\` that can be used here is called ${JSON.stringify(name)}`);
  }
  return { tools, tool_choice: { type: "function", function: { name } } };
}

/** The name that the engine knows. A tool of its own kind is called by that. */
function nameIn({ type, name, namespace }: Named): string {
  return name ? flatName(namespace ?? null, name) : (type ?? "");
}
