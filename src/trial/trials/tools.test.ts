import { expect, test } from "vitest";
import { joined, judge } from "./tools.ts";

const proof = { sent: "the request", came: "the answer" };
const call = (city: string, id = city) => ({ id, name: "get_weather", arguments: JSON.stringify({ city }) });

test("calls are judged by what an agent would trip over", () => {
  expect(judge([call("Paris")], ["Paris"], proof)).toMatchObject({ says: expect.stringContaining("one call") });
  expect(judge([call("Paris, France"), call("tokyo")], ["Paris", "Tokyo"], proof)).toHaveProperty("says");
  const wrong: [Parameters<typeof judge>[0], RegExp][] = [
    [[], /no call/],
    [[call("Rome")], /none for Paris/],
    [[{ ...call("Paris"), name: "weather" }], /"weather"/],
    [[{ ...call("Paris"), arguments: '{"city": "Paris"' }], /no JSON/],
    [[{ ...call("Paris"), arguments: '{"place": "Paris"}' }], /without the city/],
    [[{ ...call("Paris"), id: "" }], /without an id/],
    [[call("Paris", "x"), call("Paris", "x")], /same id/],
  ];
  for (const [calls, why] of wrong) expect(() => judge(calls, ["Paris"], proof)).toThrow(why);
  expect(() => judge([call("Paris")], ["Paris", "Tokyo"], proof)).toThrow(/1 of 2 calls: none for Tokyo/);
});

test("the pieces of a stream become calls by their index", () => {
  const pieces = [
    { index: 0, id: "a", function: { name: "get_weather", arguments: "" } },
    { index: 1, id: "b", function: { name: "get_weather", arguments: '{"city":' } },
    { index: 0, function: { arguments: '{"city":"Paris"}' } },
    { index: 1, function: { arguments: '"Tokyo"}' } },
  ];
  expect(joined(pieces)).toEqual([
    { id: "a", name: "get_weather", arguments: '{"city":"Paris"}' },
    { id: "b", name: "get_weather", arguments: '{"city":"Tokyo"}' },
  ]);
});
