import { expect, test } from "vitest";
import { parseHead } from "./answer-head.ts";

const head = (...lines: string[]) => parseHead(lines.join("\r\n"));

test("status and headers are read, names in lower case, values without the space around them", () => {
  const { status, headers, keepAlive } = head("HTTP/1.1 200 OK", "Content-Type:  text/plain ", "X-Empty:");
  expect(status).toBe(200);
  expect({ ...headers }).toEqual({ "content-type": "text/plain", "x-empty": "" });
  expect(keepAlive).toBe(false);
});

test("a reason may be missing", () => {
  expect(head("HTTP/1.1 404", "content-length: 0").status).toBe(404);
  expect(head("HTTP/1.1 404 ", "content-length: 0").status).toBe(404);
});

test("a header that comes twice has both values", () => {
  const { headers } = head("HTTP/1.1 200 OK", "Vary: a", "vary: b", "Set-Cookie: a=1, b", "set-cookie: c=2");
  expect(headers.vary).toBe("a, b");
  expect(headers["set-cookie"]).toEqual(["a=1, b", "c=2"]);
});

test("names that objects have by themselves are names like any other", () => {
  const { headers } = head("HTTP/1.1 200 OK", "constructor: a", "content-length: 0");
  expect(headers.constructor).toBe("a");
});

test.each([
  ["content-length: 12", { by: "length", bytes: 12 }],
  ["transfer-encoding: Chunked", { by: "chunks" }],
  ["x-other: 1", { by: "close" }],
])("%s says how the body ends", (line, body) => {
  expect(head("HTTP/1.1 200 OK", line).body).toEqual(body);
});

test("chunks win over a length, and some answers have no body", () => {
  const both = head("HTTP/1.1 200 OK", "content-length: 5", "transfer-encoding: chunked");
  expect([both.body, both.headers["content-length"]]).toEqual([{ by: "chunks" }, undefined]);
  expect(head("HTTP/1.1 204 No Content").body).toEqual({ by: "length", bytes: 0 });
});

test.each([
  ["HTTP/1.1", "content-length: 0", true],
  ["HTTP/1.1", "content-length: 0\r\nconnection: Close", false],
  ["HTTP/1.0", "content-length: 0", false],
  ["HTTP/1.0", "content-length: 0\r\nconnection: keep-alive", true],
  ["HTTP/1.1", "x-no-length: 1", false],
])("%s with %j may carry another request: %s", (version, lines, keepAlive) => {
  expect(parseHead(`${version} 200 OK\r\n${lines}`).keepAlive).toBe(keepAlive);
});

test.each([
  "HTTP/2 200 OK",
  "SSH-2.0-OpenSSH_9.2",
  "HTTP/1.1 20 OK",
  "HTTP/1.1 200 OK\r\nno colon",
  "HTTP/1.1 200 OK\r\n folded: line",
  "HTTP/1.1 200 OK\r\nx-a: b\nx-c: d",
  "HTTP/1.1 200 OK\r\ncontent-length: -1",
  "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6",
  "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked",
])("%j is refused", (text) => {
  expect(() => parseHead(text)).toThrow();
});
