/** Connections that have not said who they are: to the link's port no token, to the gateway no request yet. */
import type { Server } from "node:http";
import type { Socket } from "node:net";

/** A gateway says it in its first packet; a health check is over in milliseconds. */
const usualMost = 32;

/**
 * Lets only so many of them be open at once. The oldest one goes, so that whoever opens many and says nothing locks
 * nobody out. Returns what tells that a socket has said it.
 */
export function boundStrangers(server: Server, most = usualMost): (socket: object) => void {
  const strangers = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    // Before anything else, and for good: after an upgrade nobody but us hears of it.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => strangers.delete(socket));
    strangers.add(socket);
    if (strangers.size <= most) return;
    const [oldest] = strangers;
    strangers.delete(oldest!);
    oldest!.destroy();
  });
  return (socket) => strangers.delete(socket as Socket);
}
