/** From a fresh process to an engine that has answered. */
import { setTimeout as pause } from "node:timers/promises";
import type { ModelSpec } from "../domain/model.ts";
import { OutsideProblem } from "../domain/outside.ts";
import type { Engine, ExitReason } from "./driver.ts";
import { logTail } from "./log-tail.ts";
import { machineFault } from "./machine-fault.ts";
import { healthPathOf, type ProbeTarget, probeHealth, probeIdentity, probeToken, servedNameOf } from "./probe.ts";

/** Why an engine did not become ready. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
  /** Another port may help. */
  readonly portTaken: boolean;
  /** Its process ended by itself. */
  readonly ended: boolean;

  constructor(message: string, { portTaken = false, ended = false } = {}) {
    super(message);
    this.portTaken = portTaken;
    this.ended = ended;
  }
}

/** The health route is asked this often at first, then more and more seldom: a load takes milliseconds or minutes. */
const firstPollMilliseconds = 25;
const longestPollMilliseconds = 1000;
const pollGrowth = 1.25;

const addressInUse = /EADDRINUSE|address already in use|Errno 98\b|Errno 48\b/i;

export function targetOf(spec: ModelSpec, engine: Engine): ProbeTarget {
  const { origin, apiKey } = engine;
  return { origin, apiKey, healthPath: healthPathOf(spec), servedName: servedNameOf(spec) };
}

/**
 * Resolves when health is 200, the served model is the right one and one token came out. Rejects with a StartFailure
 * as soon as the process ends, at the start timeout, or when something else answers; with the signal's reason when
 * it aborts.
 */
export async function awaitReady(
  engine: Engine,
  spec: ModelSpec,
  signal: AbortSignal,
  onPhase: (phase: string) => void,
): Promise<void> {
  const seconds = spec.runtime.startTimeoutSeconds;
  const late = AbortSignal.timeout(Math.min(seconds * 1000, 2 ** 31 - 1));
  const over = new AbortController();
  let exit: ExitReason | null = null;
  void engine.exited.then((reason) => {
    exit = reason;
    over.abort();
  });
  const stop = AbortSignal.any([signal, late, over.signal]);
  const target = targetOf(spec, engine);
  let last = "";
  try {
    onPhase("loading");
    last = await pollHealth(target, stop);
    if (!stop.aborted) {
      onPhase("probing");
      await checkIdentity(engine, target, stop);
    }
    if (!stop.aborted) {
      const token = await probeToken(target, spec.capabilities, stop, seconds);
      if (!token.ok && !stop.aborted) throw new StartFailure(`${spec.id} is up, but does not answer: ${token.why}.`);
    }
  } finally {
    signal.throwIfAborted();
  }
  if (exit !== null) throw await exitFailure(engine, exit);
  if (late.aborted) {
    throw new StartFailure(
      `${spec.id} was not ready within ${seconds} s (${last}). Raise its startTimeout if it needs longer. ` +
        `${await logTail(engine)}`,
    );
  }
}

/** Polls until 200 or until `stop`; returns what it heard last. */
async function pollHealth(target: ProbeTarget, stop: AbortSignal): Promise<string> {
  let last = "its health route has not answered yet";
  for (let wait = firstPollMilliseconds; !stop.aborted; wait = Math.min(wait * pollGrowth, longestPollMilliseconds)) {
    const health = await probeHealth(target, stop);
    if (health.ok) break;
    if (!stop.aborted) last = health.why;
    await pause(wait, undefined, { signal: stop }).catch(() => {});
  }
  return last;
}

async function checkIdentity(engine: Engine, target: ProbeTarget, stop: AbortSignal): Promise<void> {
  const identity = await probeIdentity(target, stop);
  if (identity.ok || stop.aborted) return;
  if ((await engine.ownsPort()) === true) {
    throw new StartFailure(
      `${engine.model} started, but ${identity.why}. Make the engine serve that name, or set runtime.servedName to the ` +
        "name that it serves.",
    );
  }
  throw new StartFailure(`A foreign server answers on ${target.origin}: ${identity.why}.`, { portTaken: true });
}

async function exitFailure(engine: Engine, exit: ExitReason): Promise<StartFailure | OutsideProblem> {
  const fault = await machineFault(engine);
  if (fault !== null) {
    return new OutsideProblem("model_unavailable", `${engine.model} could not be started here: ${fault}`);
  }
  const tail = await logTail(engine);
  const message = `${engine.model} ${exit.text} while it was loading. ${tail}`.trim();
  return new StartFailure(message, { portTaken: addressInUse.test(tail), ended: true });
}
