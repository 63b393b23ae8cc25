/** What engines report, turned into events for the scheduler, words for people, and history. */
import { loadEstimate } from "../domain/estimates.ts";
import type { SchedulerEvent } from "../domain/scheduler/types.ts";
import type { Store } from "../store/store.ts";
import { now } from "./clock.ts";
import type { EngineLife, LifeReports } from "./engine-life.ts";
import type { Publisher, WakerLog } from "./publisher.ts";
import type { Requests } from "./requests.ts";

export interface ReportParts {
  /** `after` is called once the scheduler has taken it in: what is published then agrees with a snapshot. */
  dispatch: (event: SchedulerEvent, after?: () => void) => void;
  store: Store;
  requests: Requests;
  publisher: Publisher;
  log: WakerLog;
  /** The scheduler's ids of the requests that have a lease on this engine. */
  leases: (life: EngineLife) => string[];
  /** The life is over. */
  forget: (life: EngineLife) => void;
}

/** A download tells more often than anybody wants to hear. */
const progressSeconds = 0.5;

export function engineReports({ dispatch, store, requests, publisher, log, leases, forget }: ReportParts): LifeReports {
  const progressAt = new WeakMap<EngineLife, { phase: string; at: number }>();
  const facts = (life: EngineLife) => ({ model: life.spec.id, generation: life.generation });

  /**
   * The scheduler knows that the life is over. Requests that it had admitted before it knew, and that were not told
   * so because the engine was dead, wait like everybody else.
   */
  function over(life: EngineLife): void {
    forget(life);
    for (const request of requests.admittedTo(life.spec.id, life.generation)) {
      requests.waitAgain(request);
      dispatch({ type: "arrive", request: request.facts });
    }
  }

  return {
    progress(life) {
      const last = progressAt.get(life);
      if (last?.phase === life.phase && now() - last.at < progressSeconds) return;
      progressAt.set(life, { phase: life.phase, at: now() });
      const percent = life.percent === null ? "" : ` ${life.percent} %`;
      publisher.publish({ type: "progress", model: life.spec.id, message: `${life.spec.id}: ${life.phase}${percent}` });
    },

    ready(life, seconds) {
      const model = life.spec.id;
      store.loads.record(model, seconds, now());
      if (life.engine?.pid != null) store.engines.markReady(life.engine.pid, now());
      dispatch({ type: "loadEstimate", model, seconds: loadEstimate(store.loads.of(model), life.spec.loadSeconds) });
      const message = `${model} is ready after ${seconds.toFixed(1)} s`;
      log.info({ ...facts(life), seconds, pid: life.engine?.pid }, message);
      dispatch({ type: "ready", ...facts(life) }, () =>
        publisher.publish({ type: "ready", ...facts(life), seconds, message }),
      );
    },

    broken(life, reason) {
      for (const request of requests.admittedTo(life.spec.id, life.generation)) {
        // Those that were not told of their admission have lost nothing: they wait for the next start.
        if (request.state === "granted") requests.end(request.facts.id, { code: "engine_failed", message: reason });
      }
    },

    failed(life, failure) {
      const { code, reason } = failure;
      log.warn({ ...facts(life), code }, reason);
      dispatch({ type: "failed", ...facts(life), ...failure }, () => {
        over(life);
        publisher.publish({ type: "failed", ...facts(life), reason: code, message: reason });
      });
    },

    stopped(life) {
      const model = life.spec.id;
      const message = `${model} has stopped and its memory is back`;
      log.info(facts(life), message);
      dispatch({ type: "stopped", ...facts(life) }, () => {
        over(life);
        publisher.publish({ type: "stopped", ...facts(life), message });
      });
    },

    stuck(life, reason) {
      // Where the scheduler had not told it to stop, it must: only then is its memory kept on the ledger.
      dispatch({ type: "stop", model: life.spec.id, reason: "unhealthy" });
      for (const request of leases(life)) dispatch({ type: "leave", request });
      const model = life.spec.id;
      const message = `${model} could not be stopped; nothing starts until it is gone: ${reason}`;
      log.error(facts(life), message);
      dispatch({ type: "stuck", ...facts(life), reason }, () =>
        publisher.publish({ type: "failed", ...facts(life), reason: "stuck", message }),
      );
    },

    unhealthy(life, reason) {
      dispatch({ type: "unhealthy", ...facts(life), reason });
      log.warn(facts(life), `${life.spec.id} is unhealthy and will be restarted: ${reason}`);
    },

    takes(life, use) {
      if (life.spec.runtime.kind === "container") store.memoryUses.record(life.spec.id, life.specHash, use);
    },

    bug(life, error) {
      log.error({ ...facts(life), err: error }, `bug in the life of ${life.spec.id}`);
    },
  };
}
