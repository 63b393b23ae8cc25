import { randomUUID } from "node:crypto";
import { Problem, type ProblemData } from "../domain/problem.ts";
import type { Command, Ticket, WeightsCommand } from "../link/link.ts";
import { acquire, type Desk } from "./acquire.ts";

/** Carries out an operator's command. Rejects with a Problem. All but `ensure` resolve once the scheduler has heard. */
export async function obey(desk: Desk, command: Command | WeightsCommand): Promise<void> {
  switch (command.type) {
    case "pull":
    case "verify":
    case "cancelPull":
    case "removeWeights":
      return desk.weights.obey(command);
  }
  const { model } = command;
  if (desk.specOf(model) === undefined) {
    throw new Problem("model_not_found", `There is no model ${model} here. Ask /v1/models for the list.`);
  }
  switch (command.type) {
    case "ensure":
      return ensure(desk, model);
    case "stop":
      return heard(desk, { type: "stop", model, reason: "operator" });
    case "touch":
    case "clear":
      return heard(desk, { type: command.type, model });
    case "pin":
      return heard(desk, command);
  }
}

/** A request without a body: it waits like any other, and ends the moment it is let in. */
async function ensure(desk: Desk, model: string): Promise<void> {
  if (desk.loop.state.engines[model]?.phase === "ready") return heard(desk, { type: "touch", model });
  let ticket: Ticket | undefined;
  const request = {
    id: `ensure-${randomUUID()}`,
    model,
    client: "ensure",
    priority: "interactive",
    work: "presence",
  } as const;
  await new Promise<void>((resolve, reject) => {
    const fail = ({ code, message, ...extra }: ProblemData) => reject(new Problem(code, message, extra));
    ticket = acquire(desk, { ...request, whenBusy: "hold" }, { granted: () => resolve(), refused: fail, cut: fail });
  });
  ticket?.release("done");
}

function heard({ loop }: Desk, event: Parameters<Desk["loop"]["dispatch"]>[0]): Promise<void> {
  return new Promise((resolve, reject) => {
    loop.dispatch(event, (error) => (error === null ? resolve() : reject(error)));
  });
}
