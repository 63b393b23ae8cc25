import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { hearthCli } from "../../test/support/cli.ts";

test("a server that is named chooses for its own machine", async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.end(JSON.stringify({ models: [] }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const env = { HEARTH_URL: `http://127.0.0.1:${port}`, HEARTH_API_KEY: "key" };
  const { code, err } = await hearthCli(
    ["models", "choose", "--for", "coding", "--needs", "tools", "--context", "64k"],
    { env },
  );
  server.close();
  expect(asked).toEqual(["/hearth/v1/catalog?for=coding&needs=tools&context=65536"]);
  expect([code, err]).toEqual([1, expect.stringContaining("The catalog has nothing for coding within these limits.")]);
});
