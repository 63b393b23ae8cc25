/**
 * Limits how many tests run servers at once, over all files of a run and their worker processes. A connection to the
 * run's socket is a place in the queue, and then a slot: whoever dies gives his back.
 */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { runFolder, slotsSocket } from "./run-folder.ts";

export async function openSlots(path: string, count: number): Promise<{ close(): Promise<void> }> {
  const holding = new Set<Socket>();
  const waiting = new Set<Socket>();
  const next = () => {
    for (const socket of waiting) {
      if (holding.size >= count) return;
      waiting.delete(socket);
      holding.add(socket);
      socket.write("yours");
    }
  };
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      waiting.delete(socket);
      holding.delete(socket);
      next();
    });
    socket.resume();
    next();
  });
  server.listen(path);
  await once(server, "listening");
  return {
    async close() {
      for (const socket of [...waiting, ...holding]) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves when this test may run servers; the result gives the slot back. Ask once for a test, whatever it starts. */
export async function takeSlot(path = slotsSocket(runFolder())): Promise<() => void> {
  const socket = connect(path);
  await once(socket, "data");
  return () => socket.destroy();
}
