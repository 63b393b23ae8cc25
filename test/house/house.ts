/**
 * Who may import whom: one line a folder of `src`, from the bottom to the top, with the folders that it may import and
 * what it is. The most exact line holds: `waker/drivers` has its own, so `waker` stands for the rest. A folder that may
 * not import another asks somebody below, or moves. `npm run check` holds it; docs/architecture.md shows it.
 */
const lines: Record<string, [imports: string, what: string]> = {
  domain: ["", "models, scheduler, memory ledger, estimates, problems; pure: nothing of Node either"],
  engine: ["", "the embedded engine: a process of its own that speaks the OpenAI API"],
  "page-cache": ["", "a root helper of its own that drops the page cache, for those who start it"],
  guard: ["domain", "between waker and Docker socket, an allow-list of calls; a process of its own"],
  link: ["domain", "where gateway and waker meet: every message between them, by schema"],
  containers: ["domain", "a container daemon's client: images, pulls, builds, facts, weights into a volume"],
  weights: ["domain", "downloads, checked by SHA-256, resumable, shared between processes"],
  config: ["domain", "`hearth.yaml` and the environment, checked; every error with file, line and column"],
  store: ["config domain", "SQLite: keys, load history, what runs, journal"],
  catalog: ["config domain", "the models that ship with Hearth, and what each takes on a machine"],
  gateway: ["config domain link", "who asks what, and the bytes: HTTP, keys, relay"],
  waker: ["config domain link store", "what runs: the life of every engine"],
  "waker/drivers": ["containers domain store waker", "the ways to run an engine; one is a folder"],
  control: ["config domain link store", "what only an operator may do"],
  connect: ["catalog config domain", "what `hearth connect` writes; one client is a file"],
  doctor: ["catalog config containers control domain store", "what `hearth doctor` looks at; one check is a file"],
  setup: ["catalog config containers doctor domain guard weights", "what `hearth setup` does; one step is a file"],
  assembly: [
    "catalog config control domain gateway link store waker waker/drivers weights",
    "puts the parts together, and names the concrete ones",
  ],
  ".": [
    "assembly config domain link store waker",
    "the composition roots: `main.ts` all in one, `main-gateway.ts` and `main-waker.ts` the two halves",
  ],
  cli: [
    ". assembly catalog config connect containers control doctor domain link setup store waker weights",
    "the commands of `hearth`; one is a file",
  ],
};

/** Modules from outside that have a home: who else needs what they do asks these folders. */
export const homes: Readonly<Record<string, readonly string[]>> = {
  "@huggingface/hub": ["weights"],
  commander: ["cli"],
  dockerode: ["containers", "waker/drivers"],
  fastify: ["control", "engine", "gateway"],
  "node:sqlite": ["store", "weights"],
  "node-llama-cpp": ["engine"],
  "prom-client": ["engine", "gateway"],
};

/** A folder of the table, with the folders of the table that it may import. */
export interface Room {
  imports: readonly string[];
  what: string;
}

export const house: Readonly<Record<string, Room>> = Object.fromEntries(
  Object.entries(lines).map(([folder, [imports, what]]) => [
    folder,
    { imports: imports.split(" ").filter(Boolean), what },
  ]),
);
