/** Questions to one engine. None of them throws for what an engine may do: the answer is data. */
import { Agent, request } from "undici";
import type { ModelSpec } from "../domain/model.ts";

/** Whom to ask. */
export interface ProbeTarget {
  origin: string;
  apiKey: string;
  healthPath: string;
  servedName: string;
}

export type ProbeResult = { ok: true } | { ok: false; why: string };

const healthSeconds = 5;
/** Some engines compile their kernels at the first request. */
const firstTokenSeconds = 300;
const largestAnswerBytes = 1024 * 1024;

/** Connections are not kept: a probe must find out whether somebody can connect now. */
const agent = new Agent({ pipelining: 0, connectTimeout: 3000, maxResponseSize: largestAnswerBytes });

export function healthPathOf(spec: ModelSpec): string {
  return "healthPath" in spec.runtime ? spec.runtime.healthPath : "/health";
}

export function servedNameOf(spec: ModelSpec): string {
  return ("servedName" in spec.runtime ? spec.runtime.servedName : undefined) ?? spec.id;
}

/** The health route answers 200. */
export async function probeHealth(target: ProbeTarget, signal?: AbortSignal): Promise<ProbeResult> {
  const answer = await ask(target, "GET", target.healthPath, null, healthSeconds, signal);
  return answer.status === 200 ? { ok: true } : { ok: false, why: `${target.healthPath}: ${answer.why}` };
}

/** The engine lists the model that it was started for, under the key that it was given. */
export async function probeIdentity(target: ProbeTarget, signal?: AbortSignal): Promise<ProbeResult> {
  const answer = await ask(target, "GET", "/v1/models", null, healthSeconds, signal);
  if (answer.status !== 200) return { ok: false, why: `/v1/models: ${answer.why}` };
  const names = listedNames(answer.body);
  if (names.includes(target.servedName)) return { ok: true };
  return { ok: false, why: `it serves ${names.length > 0 ? names.join(", ") : "no model"}, not ${target.servedName}` };
}

/** One token (or one embedding) comes out. Models that can do neither are believed. */
export async function probeToken(
  target: ProbeTarget,
  capabilities: ModelSpec["capabilities"],
  signal?: AbortSignal,
  seconds = firstTokenSeconds,
): Promise<ProbeResult> {
  const question = tokenQuestion(capabilities, target.servedName);
  if (question === null) return { ok: true };
  const answer = await ask(target, "POST", question.path, question.body, seconds, signal);
  if (answer.status === 200) return { ok: true };
  return { ok: false, why: `${question.path} (a one-token request): ${answer.why}` };
}

function tokenQuestion(capabilities: ModelSpec["capabilities"], model: string): { path: string; body: object } | null {
  if (capabilities.includes("chat")) {
    const messages = [{ role: "user", content: "Hi" }];
    return { path: "/v1/chat/completions", body: { model, messages, max_tokens: 1, stream: false } };
  }
  if (capabilities.includes("completions")) {
    return { path: "/v1/completions", body: { model, prompt: "Hi", max_tokens: 1, stream: false } };
  }
  if (capabilities.includes("rerank")) return { path: "/v1/rerank", body: { model, query: "Hi", documents: ["Hi"] } };
  if (capabilities.includes("embeddings")) return { path: "/v1/embeddings", body: { model, input: "Hi" } };
  return null;
}

interface Answer {
  /** Null: there was none. */
  status: number | null;
  body: string;
  why: string;
}

async function ask(
  target: ProbeTarget,
  method: "GET" | "POST",
  path: string,
  body: object | null,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(seconds * 1000);
  try {
    const response = await request(target.origin + path, {
      method,
      dispatcher: agent,
      reset: true,
      headers: {
        authorization: `Bearer ${target.apiKey}`,
        ...(body === null ? {} : { "content-type": "application/json" }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const text = await response.body.text();
    return { status: response.statusCode, body: text, why: `HTTP ${response.statusCode} ${messageOf(text)}`.trim() };
  } catch (error) {
    const why = timeout.aborted ? `no answer in ${seconds} s` : (error as Error).message;
    return { status: null, body: "", why };
  }
}

/** The engine's own error message, shortened; never more of the body than that. */
function messageOf(text: string): string {
  try {
    const message = (JSON.parse(text) as { error?: { message?: unknown } }).error?.message;
    return typeof message === "string" ? message.slice(0, 300) : "";
  } catch {
    return "";
  }
}

function listedNames(text: string): string[] {
  try {
    const { data } = JSON.parse(text) as { data?: { id?: unknown }[] };
    return (data ?? []).map((model) => model.id).filter((id) => typeof id === "string");
  } catch {
    return [];
  }
}
