import { connect } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import { describe, expect } from "vitest";
import { planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

/** The status of an answer to these bytes, and its body. */
async function ask(port: number, head: string[], address = "127.0.0.1"): Promise<{ status: number; body: string }> {
  const socket = connect(port, address);
  socket.write([...head, "connection: close", "", ""].join("\r\n"));
  const whole = await text(socket);
  return { status: Number(whole.split(" ")[1]), body: whole.split("\r\n\r\n")[1] ?? "" };
}

const get = (host: string) => ["GET /healthz HTTP/1.1", `host: ${host}`];

describe("on loopback", () => {
  test.for([
    "127.0.0.1:8009",
    "[::1]:8009",
    "192.168.1.5",
    "LocalHost:1",
    "localhost.",
    hostname(),
    "chat.example.org",
  ])("%s is served", async (host, { serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }), { hosts: ["Chat.example.org"] });
    expect(await ask(Number(new URL(origin).port), get(host))).toMatchObject({ status: 200 });
  });

  test("a page whose name was made to lead here is turned away on every route, key or none", async ({ serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }));
    const port = Number(new URL(origin).port);
    for (const host of ["evil.example:8009", "127.0.0.1.evil.example", "other", "printer.local", "[::1].evil", "a b"]) {
      for (const line of ["GET / HTTP/1.1", "POST /v1/chat/completions HTTP/1.1", "OPTIONS /v1/models HTTP/1.1"]) {
        const { status, body } = await ask(port, [line, `host: ${host}`]);
        expect([host, line, status]).toEqual([host, line, 421]);
        expect(JSON.parse(body).error).toMatchObject({
          code: "misdirected_request",
          message: expect.stringMatching(/hosts.*HEARTH_HOSTS/),
        });
      }
    }
  });

  test("a strange name does not pass beside one of ours, in a second header or in the target", async ({ serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }));
    const port = Number(new URL(origin).port);
    const ours = "host: localhost";
    for (const head of [
      ["GET /healthz HTTP/1.1", ours, "host: evil.example"],
      ["GET /healthz HTTP/1.1", "Host: evil.example", ours],
      ["GET http://evil.example/healthz HTTP/1.1", ours],
      ["GET http://localhost@evil.example/healthz HTTP/1.1", ours],
    ]) {
      const { status, body } = await ask(port, head);
      expect([head, status]).toEqual([head, 421]);
      expect(JSON.parse(body).error.message).toContain('"evil.example"');
    }
    expect(await ask(port, [`GET http://localhost:${port}/healthz HTTP/1.1`, ours])).toMatchObject({ status: 200 });
  });

  test("nobody is led on to another address", async ({ serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }));
    const { status, body } = await ask(Number(new URL(origin).port), ["CONNECT evil.example:443 HTTP/1.1", "host: a"]);
    expect([status, JSON.parse(body).error.code]).toEqual([405, "method_not_allowed"]);
  });

  test("a program that knows no Host header is served", async ({ serve }) => {
    const { origin } = await serve(new TestLink({ id: "a" }));
    expect(await ask(Number(new URL(origin).port), ["GET /healthz HTTP/1.0"])).toMatchObject({ status: 200 });
  });

  test("a name is added and taken back by a changed configuration", async ({ serve }) => {
    const { origin, apply } = await serve(new TestLink({ id: "a" }));
    const port = Number(new URL(origin).port);
    apply(planFor({ hosts: ["new.example"] }));
    expect(await ask(port, get("new.example"))).toMatchObject({ status: 200 });
    apply(planFor());
    expect(await ask(port, get("new.example"))).toMatchObject({ status: 421 });
  });
});

const outer = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === "IPv4" && !one.internal)?.address;

describe.skipIf(outer === undefined)("from a network (needs an address beside loopback)", () => {
  test("names of the house are served, public ones are not, and a missing one is not", async ({ serve }) => {
    const { app } = await serve(new TestLink({ id: "a" }), { address: "0.0.0.0" });
    const address = app.server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    for (const host of ["gateway:8009", "spark.local", "spark.internal", outer!]) {
      expect(await ask(port, get(host), outer)).toMatchObject({ status: 200 });
    }
    expect(await ask(port, get("evil.example"), outer)).toMatchObject({ status: 421 });
    expect(await ask(port, ["GET /healthz HTTP/1.0"], outer)).toMatchObject({ status: 421 });
  });
});
