import Fastify from "fastify";
import { describe, expect, test } from "vitest";
import { withFolder } from "../../test/support/folder.ts";
import { registerConsolePage } from "./console-page.ts";

async function ask(
  url: string,
  { method = "GET", ...rest }: { method?: "GET" | "HEAD"; headers?: object; folder?: string } = {},
) {
  const app = Fastify();
  registerConsolePage(app, rest.folder);
  const answer = await app.inject({ method, url, headers: { ...rest.headers } });
  await app.close();
  return answer;
}

describe("the console's files", () => {
  test("HEAD answers without a body, as some clients probe", async () => {
    const { statusCode, headers, body } = await ask("/", { method: "HEAD" });
    expect([statusCode, body]).toEqual([200, ""]);
    expect(headers["content-type"]).toMatch(/^text\/html; charset=utf-8$/i);
  });

  test("the policy lets in files of this server and nothing in line, and the page needs no more", async () => {
    const { headers, body } = await ask("/");
    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy.join()).not.toContain("unsafe");
    expect(body).not.toMatch(/\s(on\w+|style)=|<style|<script(?![^>]*\ssrc=)/);
    expect(body).not.toMatch(/https?:\/\//);
  });

  test("assets are kept for good and come compressed, the page itself is asked for again", async () => {
    const page = await ask("/");
    expect(page.headers["cache-control"]).toBe("no-cache");
    const [, script] = /src="\.(\/assets\/[^"]+\.js)"/.exec(page.body)!;
    const plain = await ask(script!);
    expect(plain.headers["cache-control"]).toContain("immutable");
    const small = await ask(script!, { headers: { "accept-encoding": "br, gzip" } });
    expect(small.headers["content-encoding"]).toBe("br");
    expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
  });

  test("the first load is below 300 KB compressed", async () => {
    const { body } = await ask("/");
    const files = [...body.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, file]) => file!);
    const loads = await Promise.all(files.map((file) => ask(file, { headers: { "accept-encoding": "gzip" } })));
    expect(loads.reduce((sum, { rawPayload }) => sum + rawPayload.length, 0)).toBeLessThan(300_000);
  });

  test("what is no file of it is not found", async () => {
    for (const path of ["/../package.json", "/.made-of", "/assets/none.js", "/assets/"]) {
      expect((await ask(path)).statusCode, path).toBe(404);
    }
  });

  test("a server without them says how to make them", async () => {
    const { statusCode, body } = await withFolder((folder) => ask("/", { folder }));
    expect([statusCode, body]).toEqual([200, expect.stringContaining("npm run build:console")]);
  });
});
