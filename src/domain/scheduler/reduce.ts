/** `reduce`: one line per event. */
import { acted } from "./events/acted.ts";
import { adopt, failed, ready, stopped, stuck, unhealthy } from "./events/engines.ts";
import { loadEstimate, models } from "./events/models.ts";
import { node } from "./events/nodes.ts";
import { clear, stop, touch } from "./events/operator.ts";
import { pin } from "./events/pins.ts";
import { arrive, leave, resume } from "./events/requests.ts";
import { hours, warm } from "./events/warm.ts";
import type { Params } from "./params.ts";
import type { SchedulerState } from "./state.ts";
import type { SchedulerEvent } from "./types.ts";

/** The state after an event. Pure; never changes `state`. Late news and news of unknown models change nothing. */
export function reduce(state: SchedulerState, event: SchedulerEvent, at: number, params: Params): SchedulerState {
  switch (event.type) {
    case "models":
      return models(state, event.models, event.nodes, at);
    case "node":
      return node(state, event.node, event.state, at);
    case "loadEstimate":
      return loadEstimate(state, event.model, event.seconds);
    case "arrive":
      return arrive(state, event.request, at, params);
    case "resume":
      return resume(state, event.request, event.generation, at);
    case "leave":
      return leave(state, event, at, params);
    case "adopt":
      return adopt(state, event, at);
    case "ready":
      return ready(state, event.model, event.generation, at);
    case "failed":
      return failed(state, event, at, params);
    case "stopped":
      return stopped(state, event.model, event.generation, at, params);
    case "stuck":
      return stuck(state, event.model, event.generation, event.reason);
    case "unhealthy":
      return unhealthy(state, event, at);
    case "warm":
      return warm(state, event.model);
    case "hours":
      return hours(state, event.model, event.open);
    case "touch":
      return touch(state, event.model, at);
    case "pin":
      return pin(state, event);
    case "stop":
      return stop(state, event.model, event.reason, at);
    case "clear":
      return clear(state, event.model, at);
    case "acted":
      return acted(state, event.action, at);
  }
}
