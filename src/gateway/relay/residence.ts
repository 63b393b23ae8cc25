/** What a request says about how long its model is to stay (Ollama's `keep_alive`). */
import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Command, Link } from "../../link/link.ts";
import type { Accepted } from "./accepted.ts";

export interface KeepsResidence {
  /** Stops the model once the answer is over, pins it, or takes back a pin that came this way, from whichever gateway. */
  follow(accepted: Pick<Accepted, "model" | "residence" | "key">, response: ServerResponse): void;
}

export function createResidence(link: Pick<Link, "command">, log: Pick<Logger, "error" | "info">): KeepsResidence {
  const tell = (command: Command) =>
    void link.command(command).catch((err: unknown) => log.error({ err }, `${command.type} ${command.model} failed`));
  return {
    follow({ model, residence, key }, response) {
      if (residence === null) return;
      log.info({ by: key.name, act: residence, on: { id: model } }, "done by an administrator");
      tell({ type: "pin", model, pinned: residence === "pin", owner: "client" });
      if (residence === "stop") response.once("close", () => tell({ type: "stop", model }));
    },
  };
}
