import { createHash } from "node:crypto";
import { Script } from "node:vm";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { registerConsolePage } from "./console-page.ts";

async function ask(method: "GET" | "HEAD") {
  const app = Fastify();
  registerConsolePage(app, { version: "1.2.3" });
  const { statusCode, headers, body } = await app.inject({ method, url: "/" });
  await app.close();
  const inside = (tag: string) => new RegExp(`<${tag}[^>]*>(.*)</${tag}>`, "s").exec(body)?.[1] ?? "";
  return { statusCode, headers, body, inside };
}

test("HEAD answers without a body, as some clients probe", async () => {
  const { statusCode, headers, body } = await ask("HEAD");
  expect([statusCode, body]).toEqual([200, ""]);
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
});

test("the policy allows what is in the page, and nothing else", async () => {
  const { headers, inside } = await ask("GET");
  const policy = String(headers["content-security-policy"]).split("; ");
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      `script-src ${hash(inside("script"))}`,
      `style-src ${hash(inside("style"))}`,
      "frame-ancestors 'none'",
    ]),
  );
});

test("the page is whole: no handlers or styles in attributes, nothing from elsewhere, its script one text", async () => {
  const { body, inside } = await ask("GET");
  expect(body).toContain("1.2.3");
  expect(body.replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, "")).not.toMatch(/\s(on\w+|style|src)=/);
  expect(body.replace(/xmlns='[^']*'/, "")).not.toMatch(/https?:\/\//);
  expect(() => new Script(inside("script"))).not.toThrow();
});
