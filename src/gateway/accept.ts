/** Takes a request on one of the relayed routes as far as an exchange, or refuses it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { KeyConfig } from "../config/types.ts";
import { Problem, type ProblemCode } from "../domain/problem.ts";
import { clientClosed } from "../domain/request-record.ts";
import type { ModelView } from "../link/link.ts";
import { readBody } from "./body/read.ts";
import type { RelayRoute } from "./dialects/api.ts";
import { decodedModel } from "./dialects/model-path.ts";
import { apiOf } from "./dialects/relayed.ts";
import { splitUrl } from "./dialects/split-url.ts";
import type { EngineCall } from "./fit/call.ts";
import { recalled } from "./fit/recalled.ts";
import { type Ways, waysOf } from "./fit/translate.ts";
import { type Cors, exposedHeaders } from "./http/cors.ts";
import { withoutKeys } from "./http/credentials.ts";
import { mayUse, refuseBeyond } from "./http/key-scope.ts";
import { problemOf } from "./http/problem-answer.ts";
import type { Relay } from "./http/routing.ts";
import { variantAsked } from "./models/variants.ts";
import { MachineTime } from "./observe/machine-time.ts";
import { OpenRecord } from "./observe/records.ts";
import { type Accepted, holdOf } from "./relay/accepted.ts";
import { ClientAnswer } from "./relay/client-answer.ts";
import { crowdOf } from "./relay/crowd.ts";
import { Exchange } from "./relay/exchange.ts";
import type { RelayParts } from "./relay/parts.ts";
import { createResidence } from "./relay/residence.ts";
import { suspectsOf } from "./relay/suspects.ts";
import { askForWork } from "./relay/work.ts";

/** A request that came, with what is known of it so far. */
interface Arrival {
  id: string;
  route: RelayRoute;
  /** As the path names it, percent-encoded as it came; or null. */
  pathModel: string | null;
  request: IncomingMessage;
  response: ServerResponse;
  record: OpenRecord;
  /** Null before it is known. */
  key: KeyConfig | null;
}

export function createRelay(parts: RelayParts): Relay {
  const residence = createResidence(parts.link, parts.log);
  const machine = new MachineTime();
  const exchangeParts = {
    ...parts,
    suspects: suspectsOf(parts.link),
    crowd: crowdOf(parts.link),
    work: askForWork(parts.engines, parts.link),
  };
  return {
    handle(route, pathModel, id, request, response) {
      parts.tracing?.begin(id, request.headers);
      const record = new OpenRecord({ id, api: apiOf(route), route: route.path }, machine, parts.recorded);
      const arrival: Arrival = { id, route, pathModel, request, response, record, key: null };
      accept(parts, arrival)
        .then((accepted) => {
          if (accepted === null || response.destroyed) {
            return record.close({ status: clientClosed, problem: null, bytes: 0 });
          }
          // It may have come before the stop, and its body after it.
          parts.stopping.signal.throwIfAborted();
          residence.follow(accepted, response);
          new Exchange(exchangeParts, accepted, response).start();
        })
        .catch((error) => refuse(parts, arrival, error));
    },
  };
}

/** Null where the client went away before its body was whole. Throws a Problem. */
async function accept(parts: RelayParts, arrival: Arrival): Promise<Accepted | null> {
  const { id, route, pathModel, request, response, record } = arrival;
  const { settings } = parts;
  parts.stopping.signal.throwIfAborted();
  const key = letIn(parts, arrival);
  refuseEncoded(request);
  const share = parts.bodies.open(key.name);
  response.once("close", () => share.close());
  const bytes = await readBody(request, settings.bodyBytes, share);
  if (bytes === null) return null;
  record.requestBytes = bytes.length;
  const came = await parts.largeBodies.understand(route, request.headers["content-type"] ?? "", bytes);
  const { body: whole, keep } = recalled(route, came, parts.kept.of(key));
  const { body, told } = await parts.largeBodies.translate(route, whole);
  const query = queryOf(request.url ?? "");
  const ways = waysOf(route, query, body, told);
  const visible = (model: Pick<ModelView, "id" | "aliases">) => mayUse(key, model);
  const asked = pathModel === null ? body.model : decodedModel(pathModel);
  record.modelAsked = asked;
  const found = parts.models.find(modelNamed(asked), visible);
  const needs = () => parts.largeBodies.needs(route, body, ways.calls.at(-1)!.body);
  const named = typeof found === "function" ? found(await needs()) : found;
  record.modelServed = named.id;
  if (key.capabilities !== undefined) refuseBeyond(key, route.work, await needs());
  record.streaming = ways.streaming;
  const toFit = {
    ...{ id, key, route, query, body, calls: ways.calls, streaming: ways.streaming },
    variant: variantAsked(named, modelNamed(asked)),
    fixups: key.fixups !== "off" && request.headers["x-hearth-fixups"] !== "none",
    fixed: (name: string) => void record.fixups.add(name),
    others: () => parts.models.all().filter(visible),
  };
  const fitted = await parts.largeBodies.fit({ settings, ask: parts }, toFit, named);
  const { model } = fitted;
  share.add(bytesBeside(fitted.body.bytes, fitted.calls));
  record.modelServed = model.id;
  if (key.role !== "admin" && ways.residence === "stop" && ways.calls[0]!.path === null) throw mayNotStop(key);
  return {
    id,
    request,
    route,
    model: model.id,
    key,
    priority: body.flex ? "batch" : key.priority,
    calls: keep(fitted.calls).map((call) => ({ ...call, notes: [...call.notes, ...notKept(ways, key)] })),
    untranslatable: ways.untranslatable,
    streaming: record.streaming,
    record,
    hold: (bytes) => share.tryAdd(bytes),
    residence: key.role === "admin" ? ways.residence : null,
    ...holdOf(request, record.streaming, settings),
    headers: [
      "x-request-id",
      id,
      "x-hearth-model",
      model.id,
      ...(fitted.insteadOf === null ? [] : ["x-hearth-fallback", `instead-of=${fitted.insteadOf}`]),
      ...limitHeaders(parts, arrival),
      ...corsHeaders(parts.cors, request),
    ],
  };
}

/** Whose it is, who may ask now. Throws a Problem. */
function letIn({ auth, limits }: RelayParts, arrival: Arrival): KeyConfig {
  const { request, record } = arrival;
  const key = auth.authenticate(request);
  record.key = key.name;
  arrival.key = key;
  const end = limits.begin(key, tokensAhead(request));
  record.tell(({ tokens }) => end(tokens === null ? 0 : tokens.in + tokens.out));
  return key;
}

/** What is said while the body still comes. */
const saidEarly: ReadonlySet<ProblemCode> = new Set(["request_too_large", "server_busy"]);

function refuse(parts: RelayParts, arrival: Arrival, error: unknown): void {
  const { id, route, request, response, record } = arrival;
  const problem = problemOf(error, parts.log);
  const answer = new ClientAnswer(response, route.dialect, { id, model: null }, [
    "x-request-id",
    id,
    ...limitHeaders(parts, arrival),
    ...corsHeaders(parts.cors, request),
  ]);
  if (!request.complete && saidEarly.has(problem.code)) answer.failBeforeEnd(problem, request);
  else answer.fail(problem);
  record.close(answer);
}

/** Bytes of a body for each token of its prompt; of pictures far less, which is why nobody's estimate is more than this. */
const bytesPerToken = 4;
const mostAhead = 32_768;

/** What is held back of the key's tokens while it runs. */
function tokensAhead({ headers }: IncomingMessage): number {
  const bytes = Number(headers["content-length"] ?? 0);
  return Math.min(mostAhead, Math.ceil(bytes / bytesPerToken) || 0);
}

/** How full the limits of its key are; nothing where it has none. */
function limitHeaders({ limits }: RelayParts, { key, route }: Arrival): string[] {
  return key?.limits === undefined ? [] : route.dialect.limitHeaders(limits.gauges(key), Date.now());
}

/** Stopping and pinning concern everybody: that is for admins. */
function notKept({ residence }: Ways, { role }: KeyConfig): string[] {
  return role === "admin" || (residence !== "stop" && residence !== "pin") ? [] : ["keep-alive-needs-admin-key"];
}

/** What the calls hold in memory beside the body that came. */
function bytesBeside(came: Buffer, calls: readonly EngineCall[]): number {
  const others = new Set(calls.map(({ body }) => body.bytes).filter((bytes) => bytes !== came));
  return [...others].reduce((sum, { length }) => sum + length, 0);
}

/** Nothing else was wanted: it would only be loaded. */
function mayNotStop({ name }: KeyConfig): Problem {
  return new Problem(
    "admin_key_required",
    `The key "${name}" may not stop models: \`keep_alive: 0\` needs an admin key. An idle model stops by itself.`,
    { param: "keep_alive" },
  );
}

function modelNamed(name: string | null): string {
  if (name !== null && name !== "") return name;
  throw new Problem("model_required", "Say which model: `model` is missing. GET /v1/models lists what there is.", {
    param: "model",
  });
}

function refuseEncoded(request: IncomingMessage): void {
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding === "identity") return;
  throw new Problem("unsupported_media_type", `Bodies must come uncompressed, not with content-encoding ${encoding}.`);
}

/** For the engine: with its `?`, or empty. */
function queryOf(url: string): string {
  const query = withoutKeys(splitUrl(url).query);
  return query === "" ? "" : `?${query}`;
}

function corsHeaders(cors: Cors, request: IncomingMessage): string[] {
  const { origin } = request.headers;
  if (origin === undefined || !cors.allows(origin)) return [];
  return ["access-control-allow-origin", origin, "access-control-expose-headers", exposedHeaders, "vary", "Origin"];
}
