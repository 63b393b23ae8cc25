/** Carries out the scheduler's actions: one line of meaning per action. */
import type { ModelSpec } from "../domain/model.ts";
import type { SchedulerAction, SchedulerEvent } from "../domain/scheduler/types.ts";
import { gib } from "../domain/size.ts";
import type { Fleet } from "./fleet.ts";
import { servedNameOf } from "./probe.ts";
import type { Publisher, WakerLog } from "./publisher.ts";
import type { Requests } from "./requests.ts";

export interface ActionParts {
  fleet: Fleet;
  requests: Requests;
  publisher: Publisher;
  log: WakerLog;
  dispatch: (event: SchedulerEvent) => void;
  /** The present specification of a model. */
  specOf: (model: string) => ModelSpec | undefined;
}

type Of<T extends SchedulerAction["type"]> = SchedulerAction & { type: T };

export function actions({ fleet, requests, publisher, log, dispatch, specOf }: ActionParts) {
  const tell = (type: "start" | "stop" | "drain" | "switch", model: string, message: string, reason?: string) => {
    log.info({ model, reason }, message);
    publisher.publish({ type, model, message, ...(reason === undefined ? {} : { reason }) });
  };

  function drain({ model, generation, reason, target }: Of<"drain">): void {
    if (reason === "switch") {
      if (target !== undefined) requests.charge(target.model, "switch");
      tell("switch", model, `switching from ${model} to ${target?.model ?? "another model"}`, reason);
    }
    tell("drain", model, `${model} takes no new requests (${reason})`, reason);
    fleet.drain(model, generation);
  }

  function admit({ request, model, generation }: Of<"admit">): void {
    const life = fleet.life(model, generation);
    if (life?.engine == null) {
      log.error({ model, generation }, `bug: a request was admitted to ${model}, which has no engine`);
      requests.end(request, { code: "internal_error", message: `${model} has no engine. Ask again.` });
      dispatch({ type: "leave", request });
    } else if (life.admits()) {
      const { origin, apiKey } = life.engine;
      const grant = { model, generation, origin, apiKey, servedName: servedNameOf(life.spec) };
      requests.grant(request, grant, life);
    } else {
      requests.admitSilently(request, generation);
    }
  }

  return (action: SchedulerAction) => {
    switch (action.type) {
      case "start":
        requests.charge(action.model, "load");
        tell("start", action.model, `starting ${action.model}${peakWarning(specOf(action.model))}`);
        return fleet.start(action.model, action.generation, action.nodes);
      case "stop":
        tell("stop", action.model, `stopping ${action.model} (${action.reason})`, action.reason);
        return fleet.stop(action.model, action.generation);
      case "drain":
        return drain(action);
      case "admit":
        return admit(action);
      case "refuse": {
        const { request, code, message, retryAfterSeconds } = action;
        return requests.end(request, {
          code,
          message,
          ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
        });
      }
      case "cut":
        return requests.end(action.request, { code: "engine_failed", message: action.reason });
    }
  };
}

/** Said before each start that takes more than the engine later, as it may leave the machine little for a while. */
function peakWarning(spec: ModelSpec | undefined): string {
  if (spec?.startPeakGiB === undefined) return "";
  return `, which takes up to ${gib(spec.startPeakGiB)} for a while, and ${gib(spec.memoryGiB)} later`;
}
