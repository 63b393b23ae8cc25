import { expect, it } from "vitest";
import type { Sequence } from "../language-model.ts";
import { Slots } from "./slots.ts";

/** Knows what its text begins with. */
function sequence(text: string): Sequence {
  return {
    known: (prompt) => prompt.findIndex((token, index) => token !== text.charCodeAt(index)),
    generate: () => {
      throw new Error("not asked to generate");
    },
  };
}

const prompt = (text: string) => [...text, "."].map((letter) => letter.charCodeAt(0));
const request = () => new AbortController();

it("gives the sequence that knows most of the prompt", async () => {
  const [hello, help] = [sequence("hello"), sequence("help me")];
  const slots = new Slots([hello, help]);
  expect(await slots.take(prompt("help"), request().signal)).toBe(help);
  expect(await slots.take(prompt("help"), request().signal)).toBe(hello);
  expect([slots.running, slots.waiting]).toEqual([2, 0]);
});

it("serves a request with one prompt between the many of another", async () => {
  const slots = new Slots([sequence(""), sequence("")]);
  const [many, single, last] = [request(), request(), request()];
  const order: string[] = [];
  const take = (name: string, owner: AbortController) =>
    slots.take(prompt(""), owner.signal).then((got) => {
      order.push(name);
      return got;
    });
  const taken = [await take("many 1", many), await take("many 2", many)];
  const later = [take("many 3", many), take("single", single), take("last", last)];
  slots.giveBack(taken[0]!);
  const onlyOne = await later[1]!;
  slots.giveBack(taken[1]!);
  await later[0];
  slots.giveBack(onlyOne);
  await later[2];
  expect(order).toEqual(["many 1", "many 2", "single", "many 3", "last"]);
});

it("forgets a request that ends while it waits, and refuses one that has ended before", async () => {
  const slots = new Slots([sequence("")]);
  const held = await slots.take(prompt(""), request().signal);
  const leaving = request();
  const waits = slots.take(prompt(""), leaving.signal);
  leaving.abort(new Error("gone"));
  await expect(waits).rejects.toThrow("gone");
  slots.giveBack(held);
  expect([slots.running, slots.waiting]).toEqual([0, 0]);
  await expect(slots.take(prompt(""), leaving.signal)).rejects.toThrow("gone");
});
