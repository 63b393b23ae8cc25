/** The waker's side of the link over the network: one session per gateway, on one connection each. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type LineConnection, lineConnection } from "./line-connection.ts";
import type { LinkHost } from "./link.ts";
import { Session } from "./session.ts";
import { boundStrangers } from "./strangers.ts";
import { beatMilliseconds, linkProtocol, type ToGateway, type ToWaker, toWaker } from "./wire.ts";

export interface LinkServerOptions {
  /** `GET /link` with an upgrade is answered; everything else is left to the server's own handlers. */
  server: Server;
  host: LinkHost;
  token: string;
  log: { info(message: string): void; warn(message: string): void };
  /**
   * A gateway that does not come back within this is taken for dead and its leases end. Long, since its streams go on
   * without the link, and nothing may be stopped under them.
   */
  absenceMilliseconds?: number;
}

export interface LinkServer {
  /** Ends all connections; the gateways keep their streams and try again. */
  close(): void;
}

/** Figures that change with every request reach the gateways within this. */
const snapshotDelayMilliseconds = 250;

export function serveLink({ server, host, token, log, absenceMilliseconds = 120_000 }: LinkServerOptions): LinkServer {
  const sessions = new Map<string, { session: Session; absence?: NodeJS.Timeout }>();
  const open = new Set<LineConnection<ToGateway>>();
  const secret = digest(token);
  const known = boundStrangers(server);

  const tellAll = (message: ToGateway) => {
    for (const { session } of sessions.values()) session.send(message);
  };
  const tellSnapshot = () => tellAll({ type: "snapshot", snapshot: host.snapshot() });
  let due: NodeJS.Timeout | null = null;
  const unsubscribe = host.subscribe((event) => {
    // Whoever hears of a model's start or end and looks must see it.
    if (event.type !== "why" && event.type !== "progress") tellSnapshot();
    tellAll({ type: "event", event });
    due ??= setTimeout(() => {
      due = null;
      tellSnapshot();
    }, snapshotDelayMilliseconds);
  });
  const beat = setInterval(() => {
    tellSnapshot();
    for (const { session } of sessions.values()) session.sendProgress();
  }, beatMilliseconds).unref();

  function hello(connection: LineConnection<ToGateway>, { gateway, open }: ToWaker & { type: "hello" }): Session {
    const known = sessions.get(gateway) ?? { session: new Session(host) };
    clearTimeout(known.absence);
    sessions.set(gateway, known);
    connection.send({ type: "snapshot", snapshot: host.snapshot() });
    known.session.attach(connection, open);
    log.info(`gateway ${gateway} is connected, with ${open.length} open requests`);
    return known.session;
  }

  function lost(connection: LineConnection<ToGateway>, session: Session | null, reason: string): void {
    open.delete(connection);
    if (session === null || !session.detach(connection)) return;
    const [gateway, known] = [...sessions].find(([, { session: other }]) => other === session)!;
    log.warn(`the connection of gateway ${gateway} is lost: ${reason}`);
    known.absence = setTimeout(() => {
      sessions.delete(gateway);
      session.end();
      log.warn(`gateway ${gateway} has not come back; its requests are over`);
    }, absenceMilliseconds).unref();
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = refusalOf(request, secret);
    if (refusal !== null) return void refuse(socket, refusal);
    known(socket);
    switchProtocols(socket, head);
    let session: Session | null = null;
    const connection: LineConnection<ToGateway> = lineConnection<ToWaker, ToGateway>(
      socket,
      toWaker,
      (message) => {
        if (message.type === "hello") session = hello(connection, message);
        else if (session === null) connection.close();
        else session.take(message);
      },
      (reason) => lost(connection, session, reason),
    );
    open.add(connection);
  }

  server.on("upgrade", upgrade);
  return {
    close() {
      server.off("upgrade", upgrade);
      unsubscribe();
      clearInterval(beat);
      if (due !== null) clearTimeout(due);
      for (const connection of open) connection.close();
      for (const { absence } of sessions.values()) clearTimeout(absence);
    },
  };
}

function switchProtocols(socket: Duplex, head: Buffer): void {
  if (head.length > 0) socket.unshift(head);
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${linkProtocol}\r\n\r\n`);
}

/** Who was refused has so long to read it. */
const goodbyeMilliseconds = 1000;

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  // Whatever it still sends is thrown away, else its end would never be seen.
  socket.resume();
  const late = setTimeout(() => socket.destroy(), goodbyeMilliseconds).unref();
  socket.once("close", () => clearTimeout(late));
}

function refusalOf({ url, headers }: IncomingMessage, secret: Buffer): string | null {
  if (url !== "/link" || headers.upgrade !== linkProtocol) return "404 Not Found";
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), secret) ? null : "401 Unauthorized";
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
