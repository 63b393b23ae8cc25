import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { FakeLink, modelView } from "../../../test/support/control/fake-link.ts";
import type { NodeView } from "../../link/link.ts";

/** What `hearth ps` prints of a server with these nodes, one model ready on the last of them. */
async function ps(change: (node: NodeView) => NodeView[]): Promise<string> {
  const { state } = new FakeLink();
  const nodes = state.nodes.flatMap(change);
  const models = [modelView("small", { state: "ready", nodes: [nodes.at(-1)!.id] })];
  const server = createServer((_, response) => response.end(JSON.stringify({ ...state, models, nodes })));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return (await hearthCli(["ps"], { env: { HEARTH_URL: `http://127.0.0.1:${port}`, HEARTH_API_KEY: "k" } })).out;
}

test("names nodes only where there are several", async () => {
  const one = await ps((node) => [node]);
  expect(one).toMatch(/^MODEL .* STOPS$/m);
  expect(one).toContain("\n0 GiB of 120 GiB given to models");
  const two = await ps((node) => [
    { ...node, state: "lost" },
    { ...node, id: "spark2" },
  ]);
  expect(two).toMatch(/^MODEL .* STOPS +NODE$/m);
  expect(two).toMatch(/^small .* spark2$/m);
  expect(two).toContain("\nlocal: out of reach\nspark2: 0 GiB of 120 GiB given to models");
});
