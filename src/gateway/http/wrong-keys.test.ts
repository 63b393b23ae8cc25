import { expect, test } from "vitest";
import { WrongKeys } from "./wrong-keys.ts";

function setUp() {
  let now = 0;
  const told: unknown[] = [];
  const wrong = new WrongKeys({ warn: (fields: unknown) => void told.push(fields) }, () => now);
  const codes = (address: string, count: number) =>
    Array.from({ length: count }, () => wrong.refused(address).problem.code);
  return { wrong, told, codes, pass: (ms: number) => (now += ms) };
}

test("after ten wrong keys within a minute the next ones are to wait, and only those of that address", () => {
  const { wrong, codes, pass } = setUp();
  expect(codes("10.0.0.1", 11)).toEqual([...Array(10).fill("invalid_api_key"), "rate_limit_exceeded"]);
  expect(codes("10.0.0.2", 1)).toEqual(["invalid_api_key"]);
  pass(20_000);
  expect(wrong.refused("10.0.0.1").problem.retryAfterSeconds).toBe(40);
  pass(40_000);
  expect(codes("10.0.0.1", 1)).toEqual(["invalid_api_key"]);
});

test("a run of any length is told in a few lines, with address and count", () => {
  const { told, codes } = setUp();
  codes("10.0.0.1", 5000);
  expect(told).toEqual([1, 10, 100, 1000].map((refused) => ({ address: "10.0.0.1", refused })));
});

test("addresses of one IPv6 network count together, and of very many addresses the oldest is forgotten", () => {
  const { codes } = setUp();
  for (let host = 1; host <= 10; host++) codes(`2001:db8:0:1::${host}`, 1);
  expect(codes("2001:db8:0:1:1:2:3:4", 1)).toEqual(["rate_limit_exceeded"]);
  for (let host = 0; host < 1000; host++) codes(`10.1.${host >> 8}.${host & 255}`, 1);
  expect(codes("2001:db8:0:1::1", 1)).toEqual(["invalid_api_key"]);
});
