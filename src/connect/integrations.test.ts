/** docs/integrations.md shows what the command really prints. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hearthCli } from "../../test/support/cli.ts";
import { clients } from "./clients.ts";

const page = readFileSync(new URL("../../docs/integrations.md", import.meta.url), "utf8");
const able = { aliases: [], description: "", status: "recommended", lifecycle: "normal" };
const data = [
  { ...able, id: "gpt-oss-20b", context_window: 131_072, capabilities: ["chat", "tools", "reasoning"] },
  { ...able, id: "qwen3.5-0.8b", context_window: 8192, capabilities: ["chat", "vision"], lifecycle: "utility" },
];
const server = createServer((_, response) => response.end(JSON.stringify({ data })));

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  server.close();
});

test.each(clients.map(({ name, title }) => ({ name, title })))(
  "docs/integrations.md: $title",
  async ({ name, title }) => {
    const section = page.split(/^## /m).find((text) => text.startsWith(`${title}\n`));
    expect(section).toContain(`hearth connect ${name}`);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { HOME: "/home/you", HEARTH_HOME: "/nonexistent" };
    const { code, out } = await hearthCli(["connect", name, "--json", "--url", url, "--key", "KEY"], { env });
    expect(code).toBe(0);
    const { files, exports, steps } = JSON.parse(
      out.replaceAll(new RegExp(`:${url.split(":").at(-1)}\\b`, "g"), ":8009"),
    );
    for (const { path, text } of files) {
      expect(section).toContain(`\`${path.replace("/home/you", "~")}\`:`);
      expect(section).toContain(`\n${text}\`\`\`\n`);
    }
    if (exports !== "") expect(section).toContain(`\`\`\`sh\n${exports}\`\`\`\n`);
    for (const step of steps) expect(section).toContain(step);
  },
);
