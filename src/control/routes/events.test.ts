import { once } from "node:events";
import { createParser } from "eventsource-parser";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ControlServer, startControl } from "../../../test/support/control/control-server.ts";
import { modelView } from "../../../test/support/control/fake-link.ts";

let control: ControlServer;
beforeEach(async () => {
  control = await startControl();
});
afterEach(() => control.close());

/** Watches the events; `next` waits for the next one. */
async function watch() {
  const { body, headers, leave } = await control.open("/events");
  const events: { event: string | undefined; data: unknown }[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => events.push({ event, data: JSON.parse(data) }) });
  body.setEncoding("utf8");
  body.on("data", (text: string) => {
    parser.feed(text);
    body.emit("parsed");
  });
  body.on("error", () => {});
  const next = async () => {
    while (events.length === 0) await once(body, "parsed", { signal: AbortSignal.timeout(120_000) });
    return events.shift()!;
  };
  const ended = new Promise<void>((resolve) => body.on("close", resolve));
  return { headers, next, leave, ended };
}

test("begins with the state, then tells what happens, then the state after it", async () => {
  const { headers, next, leave } = await watch();
  expect(headers["content-type"]).toBe("text/event-stream; charset=utf-8");
  expect(await next()).toEqual({ event: "state", data: control.link.state });
  control.link.state = { ...control.link.state, models: [modelView("small", { state: "ready" })] };
  control.link.publish({ type: "ready", model: "small", seconds: 3, message: "small is ready after 3.0 s" });
  expect(await next()).toMatchObject({ event: "ready", data: { model: "small", seconds: 3 } });
  expect(await next()).toEqual({ event: "state", data: control.link.state });
  leave();
});

test("a change without an event is told too, a clock that moves is not", async () => {
  const { next, leave } = await watch();
  await next();
  control.link.state = { ...control.link.state, at: 1002, heartbeatAt: 1002 };
  control.link.publish({ type: "why", message: "still nothing" });
  expect((await next()).event).toBe("why");
  control.link.state = { ...control.link.state, at: 1003, queueDepth: 1 };
  expect(await next()).toMatchObject({ event: "state", data: { at: 1003, queueDepth: 1 } });
  leave();
});

test("the link is listened to as long as somebody watches", async () => {
  const [one, two] = [await watch(), await watch()];
  await Promise.all([one.next(), two.next()]);
  expect(control.link.listeners).toBe(1);
  one.leave();
  await one.ended;
  control.link.publish({ type: "why", message: "for the other" });
  expect(await two.next()).toMatchObject({ event: "why" });
  two.leave();
  await vi.waitUntil(() => control.link.listeners === 0);
});

test("an open stream does not keep the server from closing", async () => {
  const { next, ended } = await watch();
  await next();
  await control.app.close();
  await ended;
  expect(control.link.listeners).toBe(0);
});
