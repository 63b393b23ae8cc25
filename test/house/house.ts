/**
 * Who may import whom: one line a folder of `src`, from the bottom to the top, with what it may import and what it is.
 * The most exact line holds: `gateway/body` has its own, so `gateway` stands for the rest. A last part `*` is each folder
 * there, and none of them may import another; `./body` is short for the folder of that name in the same wing. Who may
 * not import what he wants asks somebody below, or moves. `npm run check` holds it; docs/architecture.md shows it.
 */
const lines: Record<string, [imports: string, what: string]> = {
  domain: ["", "models, scheduler, memory ledger, estimates, problems; pure: nothing of Node either"],
  engine: ["", "the embedded engine: a process of its own that speaks the OpenAI API"],
  "page-cache": ["", "a root helper of its own that drops the page cache, for those who start it"],
  guard: ["domain", "between waker and Docker socket, an allow-list of calls; a process of its own"],
  link: ["domain", "where gateway and waker meet: every message between them, by schema"],
  containers: ["domain", "a container daemon's client: images, pulls, builds, facts, weights into a volume"],
  weights: ["domain file-lock", "downloads, checked by SHA-256, resumable, shared between processes"],
  config: ["domain", "`hearth.yaml` and the environment, checked; every error with file, line and column"],
  "file-lock": ["", "one lock on a file, for all processes that share its folder"],
  resolved: [
    "domain file-lock",
    "what branches and tags stood for when they were first fetched, kept for later starts",
  ],
  store: ["config domain file-lock", "SQLite, in a thread of its own: keys, load history, what runs, journal"],
  catalog: ["config domain", "the models that ship with Hearth, and what each takes on a machine"],
  "gateway/kept": ["domain", "what clients asked to have kept: in memory, within bounds of room and time"],
  "gateway/settings.ts": ["config ./kept", "what of the configuration the gateway reads at run time"],
  "gateway/body": ["domain", "a request's body, read within bounds; `model` and `stream` found by scanning"],
  "gateway/models": ["config domain link", "the models by name, virtual ones too"],
  "gateway/observe": ["domain link", "metrics, and the memory's history"],
  "gateway/dialects": ["domain link ./kept ./models", "the APIs; one is a folder, with one value that says all of it"],
  "gateway/http": ["config domain link ./dialects", "the server: routing, keys, scopes, errors as answers"],
  "gateway/upstream": ["config link", "connections to engines, and what passes over them"],
  "gateway/fit": [
    "config domain link ./body ./dialects ./kept ./models ./settings.ts ./upstream",
    "what a request becomes for its model: guards, limits, translation, `fixups/`",
  ],
  "gateway/relay": [
    "config domain link ./body ./dialects ./fit ./http ./kept ./models ./observe ./settings.ts ./upstream",
    "the life of an accepted request: waiting, the engine's answer, its end",
  ],
  "gateway/routes": [
    "config domain link ./body ./dialects ./fit ./http ./kept ./models ./observe ./relay ./settings.ts ./upstream",
    "what is answered without an engine: lists, health, metrics, debug",
  ],
  gateway: [
    "config domain link ./body ./dialects ./fit ./http ./kept ./models ./observe ./relay ./routes ./settings.ts ./upstream",
    "who asks what, and the bytes: puts its stages together",
  ],
  waker: ["config domain link store", "what runs: the life of every engine"],
  "waker/drivers": ["", "what the ways to run an engine have in common"],
  "waker/drivers/*": ["containers domain store waker ./drivers", "one of them: its folder alone knows its client"],
  "waker/drivers/drivers.ts": ["domain waker ./drivers/*", "the table of them"],
  control: ["config domain link store", "what only an operator may do"],
  connect: ["catalog config domain", "what `hearth connect` writes; one client is a file"],
  doctor: ["catalog config containers control domain store", "what `hearth doctor` looks at; one check is a file"],
  setup: ["catalog config containers doctor domain guard weights", "what `hearth setup` does; one step is a file"],
  support: ["config doctor domain link", "what `hearth support` gathers for a bug report, and what it withholds"],
  trial: ["config domain link", "what `hearth test` tries with a model; one group of trials is a file"],
  tracing: ["domain", "spans of requests, sent to a collector of OpenTelemetry"],
  assembly: [
    "catalog config containers control domain gateway link resolved store tracing waker waker/drivers/drivers.ts weights",
    "puts the parts together, and names the concrete ones",
  ],
  ".": [
    "assembly config domain link waker",
    "the composition roots: `main.ts` all in one, `main-gateway.ts` and `main-waker.ts` the two halves",
  ],
  cli: [
    ". assembly catalog config connect containers control doctor domain link resolved setup store support trial waker weights",
    "the commands of `hearth`; one is a file",
  ],
};

/** Modules from outside that have a home: who else needs what they do asks these folders. */
export const homes: Readonly<Record<string, readonly string[]>> = {
  "@huggingface/hub": ["weights"],
  commander: ["cli"],
  dockerode: ["containers", "waker/drivers/docker"],
  fastify: ["control", "engine", "gateway"],
  "node:sqlite": ["file-lock", "store"],
  "node-llama-cpp": ["engine"],
  piscina: ["gateway/fit"],
  "prom-client": ["engine", "gateway"],
};

/** A folder of the table, with the folders of the table that it may import. */
export interface Room {
  imports: readonly string[];
  what: string;
}

export const house: Readonly<Record<string, Room>> = Object.fromEntries(
  Object.entries(lines).map(([folder, [imports, what]]) => {
    const wing = folder.split("/")[0];
    const named = imports.split(" ").filter(Boolean);
    return [folder, { imports: named.map((name) => name.replace(/^\.\//, `${wing}/`)), what }];
  }),
);
