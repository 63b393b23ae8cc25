import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import type { Link } from "../../link/link.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl();
});
afterEach(() => control.close());

test("the last lines, as text", async () => {
  let asked: Parameters<Link["logs"]> | undefined;
  control.link.lines = async function* (...call) {
    asked = call;
    yield* ["loading", "ready"];
  };
  const { headers, body } = await control.open("/models/tiny/logs?lines=2");
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(await text(body)).toBe("loading\nready\n");
  expect(asked).toMatchObject(["small", { lines: 2, follow: false }]);
});

test("100 lines unless it is said", async () => {
  control.link.lines = async function* (_model, { lines }) {
    yield String(lines);
  };
  expect(await text((await control.open("/models/small/logs")).body)).toBe("100\n");
});

test("following sends its head at once and ends when the client goes", async () => {
  const ended = Promise.withResolvers<void>();
  control.link.lines = async function* (_model, { follow, signal }) {
    expect(follow).toBe(true);
    await once(signal, "abort");
    ended.resolve();
    yield* [];
  };
  const { status, body, leave } = await control.open("/models/small/logs?follow=true");
  expect(status).toBe(200);
  body.on("error", () => {});
  leave();
  await ended.promise;
});

test("a log that fails half-way is cut, so that it does not look whole", async () => {
  control.link.lines = async function* () {
    yield "first";
    throw new Error("the disk is gone");
  };
  const { body } = await control.open("/models/small/logs");
  await expect(text(body)).rejects.toThrow();
});

test.each(["-1", "1.5", "many", "100001", ""])("lines=%s is refused", async (lines) => {
  const { status, json } = await control.get(`/models/small/logs?lines=${lines}`);
  expect(status).toBe(400);
  expect(json.error).toMatchObject({ code: "invalid_request", param: "lines" });
  expect(json.error.message).toContain("a whole number from 0 to 100000");
});

test("an unknown model is refused", async () => {
  expect((await control.get("/models/none/logs")).json.error.code).toBe("model_not_found");
});
