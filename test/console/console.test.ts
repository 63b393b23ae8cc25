import { describe, expect } from "vitest";
import { wordsOf } from "../../console/src/words/languages.ts";
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
    const { nav } = await wordsOf(seat.language);
    for (const name of ["now", "models", "chat", "requests", "usage", "keys", "logs", "weights"] as const) {
      await it.page(name === "now" ? "/" : `/${name}`, nav[name]);
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

describe("people", () => {
  test("a key is made, shown once, and its owner sees the own part only", async ({ start, open }) => {
    const hearth = await start({ models });
    const it = await open(hearth);
    await it.page("/keys", "Keys and people");
    await it.browser.evaluate("document.querySelector('input[name=name]').focus()");
    await it.browser.type("ann\r");
    await it.shows("It is shown this once");
    const secret = await it.text("[role=alert] code");
    await it.isFitForAll();
    await it.picture("keys-new");
    await it.press("I have it");
    await it.shows("never used");
    expect((await hearth.chat("small", {}, { key: secret })).status).toBe(200);

    const hers = await open(hearth, { key: secret, seat: phone });
    expect(await hers.text("nav:last-of-type")).not.toContain("Keys and people");
    await hers.page("/usage", "Usage");
    await hers.shows("small", "main table");
    await hers.page("/requests", "Requests");
    await hers.shows("ann", "main ol");
    await hers.isFitForAll();
    await hers.page("/chat", "Chat");
    await hers.shows("small (ready)");

    await it.press("End: ann");
    await it.shows("stops working at once and for good");
    await it.press("End");
    await it.shows("ann has ended.");
    expect((await hearth.chat("small", {}, { key: secret })).status).toBe(401);
  });

  test("who waits is seen with what they wait for", async ({ start, open }) => {
    const hearth = await start({ models: [{ id: "slow", engine: ["--load-ms", "600000"] }] });
    const it = await open(hearth);
    const left = new AbortController();
    const asked = hearth.chat("slow", {}, { signal: left.signal }).catch(() => null);
    await it.page("/requests", "Requests");
    await it.shows("waits");
    await it.shows("slow");
    await it.page("/", "Now");
    await it.shows("1 waiting");
    left.abort();
    await asked;
  });
});
