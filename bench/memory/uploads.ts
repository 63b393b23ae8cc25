/** Uploads that never end: each announces a large body and stops before its last byte. */
import { connect, type Socket } from "node:net";
import type { Target } from "../relay/load/job.ts";

const piece = Buffer.alloc(1024 * 1024, "x");

/** Resolves when each has sent all but its end, or been refused. Returns what gives them up. */
export async function unfinishedUploads(count: number, bytes: number, target: Target): Promise<() => void> {
  const sockets = await Promise.all(Array.from({ length: count }, () => upload(bytes, target)));
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

function upload(bytes: number, { port, key }: Target): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let left = bytes - 1;
    const send = () => {
      while (left > 0 && !socket.destroyed) {
        const next = piece.subarray(0, Math.min(left, piece.length));
        left -= next.length;
        if (!socket.write(next)) return;
      }
      resolve(socket);
    };
    socket.on("error", () => resolve(socket));
    // It is answered before its end where there is no room for it.
    socket.once("data", () => {
      left = 0;
      socket.resume();
      resolve(socket);
    });
    socket.on("drain", send);
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\ncontent-length: ${bytes}\r\n\r\n`,
    );
    send();
  });
}
