/** What the gateway answers beside the APIs of others: for load balancers, Prometheus and scripts. */
export interface OwnRoute {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** Needs no key. */
  open?: true;
  what: string;
}

/** For the reference of routes; a test compares it with what the server has. */
export const ownRoutes: OwnRoute[] = [
  {
    method: "GET",
    path: "/healthz",
    open: true,
    what: "200 while the scheduler turns, else 503; `store.status` is `failing` where the disk refuses, which costs no request",
  },
  {
    method: "GET",
    path: "/readyz",
    open: true,
    what: "200 while new requests are taken, 503 from the moment a stop begins",
  },
  {
    method: "GET",
    path: "/metrics",
    what: "for Prometheus: [all of them](metrics.md). Needs no key on this machine, elsewhere one of role `metrics` or `admin`",
  },
  {
    method: "GET",
    path: "/debug/state",
    what:
      "every model with `state`, `since`, `uptimeSeconds`, `idleSeconds`, `stopsInSeconds`, `running`, `waiting` and its " +
      "last failure; memory; what the scheduler does and why",
  },
  {
    method: "GET",
    path: "/debug/gpu-stats",
    what:
      "each node's memory and `gpu` (with none, the host's or its own), and the memory that each engine holds and " +
      "held at most, the GPU's included",
  },
  { method: "GET", path: "/debug/gpu-stats/{model}", what: "one model's, with its samples of the last hours" },
  { method: "POST", path: "/debug/touch/{model}", what: "counts the model's idle time anew" },
  {
    method: "POST",
    path: "/ensure/{model}",
    what: "starts the model and answers when it is ready; `Prefer: wait=N` as of any request",
  },
  { method: "GET", path: "/hearth/v1/session", what: "who asks: `name` and `role` of the key" },
  {
    method: "POST",
    path: "/hearth/v1/session",
    open: true,
    what: 'signs in to the console: `{"key": "..."}` is answered with a cookie that no script can read, for requests of that page alone',
  },
  { method: "DELETE", path: "/hearth/v1/session", open: true, what: "signs out" },
];
