import { expect, test as unit } from "vitest";
import { planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { createCors } from "./cors.ts";

unit.each([
  ["http://localhost", true],
  ["http://localhost:3000", true],
  ["https://127.0.0.1:8443", true],
  ["http://0.0.0.0:80", true],
  ["http://[::1]:5173", true],
  ["http://tauri.localhost", true],
  ["app://obsidian.md", true],
  ["tauri://localhost", true],
  ["file://", true],
  ["vscode-webview://0a1b2c", true],
  ["vscode-file://vscode-app", true],
  ["https://chat.example", true],
  ["http://10.0.0.5:1234", true],
  ["https://a.wide.example", true],
  ["http://localhost.evil.example", false],
  ["http://evil.example:localhost", false],
  ["https://127.0.0.1.evil.example", false],
  ["https://chat.example.evil.example", false],
  ["https://evil.example/a.wide.example", false],
  ["http://10.0.0.55:1234", false],
  ["http://app", false],
  ["null", false],
  [undefined, false],
])("a page of %s may call: %s", (origin, allowed) => {
  const { allows } = createCors(["https://chat.example", "http://10.0.0.5:*", "https://*.wide.example"]);
  expect(allows(origin)).toBe(allowed);
});

unit("`*` alone is every page", () => {
  const { allows } = createCors(["*"]);
  expect([allows("https://anything.example"), allows("null"), allows(undefined)]).toEqual([true, true, false]);
});

test("a refused preflight names the option, until that allows the page", async ({ serve }) => {
  const { client, apply } = await serve(new TestLink({ id: "a" }));
  const headers = { origin: "https://chat.example", "access-control-request-method": "POST" };
  const ask = (path: string) => client.send(path, { method: "OPTIONS", headers, key: null });
  for (const path of ["/v1/chat/completions", "/api/chat", "/chat/completions", "/nowhere"]) {
    const { status, text } = await ask(path);
    expect([path, status]).toEqual([path, 403]);
    expect(text).toMatch(/chat\.example.*cors\.origins.*hearth\.yaml/);
  }
  apply(planFor({ cors: { origins: ["https://chat.example"] } }));
  const allowed = await ask("/v1/chat/completions");
  expect([allowed.status, allowed.headers["access-control-allow-origin"]]).toEqual([204, "https://chat.example"]);
});
