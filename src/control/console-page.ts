/**
 * The page at `/`: one document with everything in it, so that a policy of hashes can forbid all else. It says
 * nothing of this machine until its reader has given an admin key; thus it needs none itself.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";

/** In the order in which they need each other. */
const scripts = ["words.js", "api.js", "model-list.js", "page.js"];

/** Registers `GET /` and `HEAD /`. */
export function registerConsolePage(app: FastifyInstance, { version }: { version: string }): void {
  const { html, policy } = consolePage(version);
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "cache-control": "no-cache",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  app.get("/", async (_request, reply) => reply.headers(headers).send(html));
}

function consolePage(version: string): { html: string; policy: string } {
  const styles = partText("page.css");
  // One inline module has nothing to import from: its parts become one text.
  const script = scripts.map((name) => partText(name).replaceAll(/^import .*;\n|^export /gm, "")).join("\n");
  const html = partText("page.html")
    .replace("<!-- styles -->", () => `<style>${styles}</style>`)
    .replace("<!-- script -->", () => `<script type="module">${script}</script>`)
    .replace("<!-- version -->", () => version);
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(styles)}`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { html, policy: policy.join("; ") };
}

function partText(name: string): string {
  return readFileSync(join(import.meta.dirname, "page", name), "utf8");
}

function sourceHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
