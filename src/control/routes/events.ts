import type { ControlContext } from "../context.ts";
import { type Route, route } from "../route.ts";
import { beginStream } from "../streaming.ts";

/** Keeps proxies from closing a quiet connection, and lets both sides notice a dead one. */
const heartbeatMilliseconds = 15_000;
/** A client that reads this slowly is cut off: it connects again and begins with the present state. */
const mostUnreadBytes = 4 * 1024 * 1024;

export const eventRoutes = ({ live }: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/events",
    id: "watchEvents",
    summary: "What happens, as it happens",
    description:
      "Server-sent events. Begins with an event `state` that carries the whole State; another one follows whenever it " +
      "has changed. In between come Events, named by their `type`. Comment lines keep the connection alive.",
    answers: { 200: { description: "An endless stream.", contentType: "text/event-stream" } },
    run({ reply, gone }) {
      beginStream(reply, "text/event-stream; charset=utf-8");
      const { raw } = reply;
      const send = (text: string) => {
        raw.write(text);
        if (raw.writableLength > mostUnreadBytes) raw.destroy();
      };
      const heartbeat = setInterval(() => send(": alive\n\n"), heartbeatMilliseconds).unref();
      const stop = live.watch(({ name, data }) => send(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
      const end = () => {
        clearInterval(heartbeat);
        stop();
        raw.end();
      };
      if (gone.aborted) end();
      else gone.addEventListener("abort", end, { once: true });
    },
  }),
];
