import { describe, expect } from "vitest";
import { testKey } from "../support/hearth-client.ts";
import { seats, test } from "./support/console.ts";

const models = [{ id: "small" }, { id: "large" }];

describe("the door", () => {
  test("refuses a wrong key in words, opens for the right one, and keeps it from scripts", async ({ start, open }) => {
    const hearth = await start({ models });
    const it = await open(hearth, { key: null });
    await it.signIn("wrong");
    await it.shows("key");
    await expect.poll(() => it.text("[role=alert]")).not.toBe("");
    await it.signIn(testKey);
    await it.shows("Nothing is loaded");
    expect(await it.browser.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")).toEqual([
      "",
      0,
      0,
    ]);
    await it.browser.go(`${hearth.url}/?again`);
    await it.shows("Nothing is loaded");
    await it.press("More");
    await it.press("Sign out");
    await it.shows("Your key");
  });
});

describe.each(seats)("at $name", (seat) => {
  test("every page is fit for all", async ({ start, open }) => {
    const hearth = await start({ models });
    const it = await open(hearth, { seat });
    await hearth.chat("small", {});
    for (const [name, path, heading] of [
      ["now", "/", "Now"],
      ["models", "/models", "Models"],
    ] as const) {
      await it.page(path, heading);
      await it.isFitForAll();
      await it.picture(name);
    }
  });
});

test("a model is loaded by the keyboard, and the page follows what happens", async ({ start, open }) => {
  const hearth = await start({ models });
  const it = await open(hearth);
  await it.page("/models", "Models");
  await it.browser.evaluate("document.querySelector('input[type=search]').focus()");
  await it.browser.type("small\t");
  await it.shows("1 model");
  expect(await it.browser.evaluate("document.activeElement.ariaLabel")).toBe("Load: small");
  await it.browser.type("\r");
  await it.shows("ready", "main ul");
  await it.page("/", "Now");
  await it.shows("Nobody asks for anything.");
  await it.press("Stop: small");
  await it.shows("Nothing is loaded");
});
