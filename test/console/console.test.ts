import { describe, expect } from "vitest";
import { testKey } from "../support/hearth-client.ts";
import { phone, seats, test } from "./support/console.ts";

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
      ["chat", "/chat", "Chat"],
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

describe("chat", () => {
  test("an answer streams in, its thoughts folded, and the conversation stays in this browser", async ({
    start,
    open,
  }) => {
    const hearth = await start({ models });
    const it = await open(hearth, { seat: phone });
    await it.page("/chat", "Chat");
    await it.browser.evaluate("document.querySelector('textarea[placeholder]').focus()");
    await it.browser.type("Say something\r");
    await it.shows("first word after", "main ol");
    await it.shows("tokens/s", "main ol");
    await it.isFitForAll();
    await it.picture("chat");
    await it.press("New conversation");
    await it.shows("Earlier conversations");
    await it.press("Say something");
    await it.shows("first word after", "main ol");
  });

  test("two models answer side by side, and an error is said in the server's words", async ({ start, open }) => {
    const hearth = await start({ models: [...models, { id: "broken", engine: ["--crash-at-start"] }] });
    const it = await open(hearth);
    await it.page("/chat", "Chat");
    await it.choose("Beside it", "broken");
    await it.browser.evaluate("document.querySelector('textarea[placeholder]').focus()");
    await it.browser.type("Hello\r");
    await it.shows("broken", "main ol [role=alert]");
    await it.shows("first word after", "main ol article");
    await it.picture("chat-two");
  });
});
