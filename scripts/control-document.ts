// What the control API says of itself: its OpenAPI document, as a server answers it.
import Fastify from "fastify";
import { controlPrefix, registerControl } from "../src/control/control.ts";
import { Invitations } from "../src/control/invitations.ts";
import { TestLink } from "../test/support/gateway/test-link.ts";

interface Document {
  paths: Record<string, Record<string, { summary: string }>>;
}

export const controlDocument: Document = await documentOfServer();

async function documentOfServer(): Promise<Document> {
  const app = Fastify();
  const never = () => {
    throw new Error("Nothing is done here.");
  };
  const keys = { create: never, list: never, change: never, rotate: never, revoke: never };
  const requests = { find: never, usage: never, lastUseOf: never, modelUses: never };
  const options = {
    requests,
    ...{ power: never, configuredKeys: never },
    audit: { add: never, find: never },
    invitations: new Invitations(),
    people: { gauges: never, open: never },
    budget: () => null,
    choices: () => [],
    version: "0",
    stopping: new AbortController().signal,
    requireAdmin: async () => {},
    requireKey: async () => {},
    log: { info() {} },
  };
  registerControl(app, { link: new TestLink(), keys, ...options });
  const answer = await app.inject(`${controlPrefix}/openapi.json`);
  await app.close();
  return answer.json<Document>();
}
