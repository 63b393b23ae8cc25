/**
 * A client that has ended its sending side (`nc -N`) still wants its answer; one that has closed looks the same. What a
 * closed peer is sent it answers with a reset: so before the head of an answer it is sent `100 Continue`, of which a
 * client may get any number (RFC 9110, 15.2), until one of them fails. After the head, writes show it by themselves.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** The first one is answered with the reset, the second one fails: twice this must be less than a second. */
const askMs = 300;

export function answerHalfClosed(server: Server): void {
  // Read by Node's HTTP server; its types do not know it.
  Object.assign(server, { httpAllowHalfOpen: true });
  const open = new WeakMap<Socket, ServerResponse>();
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => void open.set(socket, response));
  server.on("connection", (socket: Socket) => {
    socket.once("end", () => {
      const timer = setInterval(() => {
        const response = open.get(socket);
        if (response !== undefined) askForLife(response, socket);
      }, askMs);
      socket.once("close", () => clearInterval(timer));
    });
  });
}

function askForLife(response: ServerResponse, socket: Socket): void {
  if (response.headersSent) return;
  // HTTP/1.0 knows no interim answers: there it is taken to be gone, as most that do so are.
  if (response.req.httpVersion === "1.0") socket.destroy();
  else response.writeContinue();
}
