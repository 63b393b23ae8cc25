/**
 * The console at `/`: files of `console/dist`, the same for everybody. They say nothing of this machine, so they need no key;
 * what they ask for needs one. A policy lets nothing in but those files.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const built = join(import.meta.dirname, "../../console/dist");

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  // Pictures that are shown before they are sent to a model.
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Registers `GET /`, `HEAD /` and the files that the page is made of. */
export function registerConsolePage(app: FastifyInstance, folder = built): void {
  if (!existsSync(join(folder, "index.html"))) {
    app.get("/", async (_request, reply) =>
      reply
        .headers(headers)
        .type("text/plain")
        .send("Hearth runs. Its console is not built: run `npm run build:console`.\n"),
    );
    return;
  }
  app.register(fastifyStatic, {
    root: folder,
    // A route for each file that is there: every other path is the APIs'.
    wildcard: false,
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    globIgnore: ["**/*.{br,gz}", "**/.*"],
    setHeaders(reply, path) {
      // Names of assets change with their content.
      const kept = path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
      reply.headers({ ...headers, "cache-control": kept });
    },
  });
}
