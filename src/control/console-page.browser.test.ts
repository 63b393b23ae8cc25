import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Browser, findChromium } from "../../test/support/browser.ts";
import { type ControlServer, startControl } from "../../test/support/control/control-server.ts";
import { modelView } from "../../test/support/control/fake-link.ts";
import { registerConsolePage } from "./console-page.ts";

const chromium = findChromium();

describe("the page in a browser", () => {
  if (chromium === null) {
    test("the page in Chromium", ({ skip }) => skip("no Chromium in PATH (Debian: apt install chromium)"));
    return;
  }
  let control: ControlServer;
  let browser: Browser;
  beforeEach(async () => {
    control = await startControl({}, (app) => registerConsolePage(app, { version: "1.2.3" }));
    browser = await Browser.open(chromium);
    await browser.go(`${control.origin}/`);
  });
  afterEach(async () => {
    await browser.close();
    await control.close();
  });

  const textOf = (selector: string) =>
    browser.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`);
  const enter = async () => {
    await browser.type("admin\r");
    await browser.until(`document.querySelectorAll(".model").length === 2`);
  };

  test("a wrong key is refused in words, the right one opens, and it is kept in this tab alone", async () => {
    await browser.type("wrong\r");
    await browser.until(`document.querySelector("#door-fault").textContent !== ""`);
    expect(await textOf("#door-fault")).toBe("This key is no administrator's.");
    await enter();
    expect(await textOf("#why")).toBe("Nothing is asked for.");
    expect(await browser.evaluate("[localStorage.length, document.cookie]")).toEqual([0, ""]);
    await browser.go(`${control.origin}/?again`);
    await browser.until(`document.querySelectorAll(".model").length === 2`);
    await browser.evaluate(`document.querySelector("#leave").click()`);
    expect(await browser.evaluate("sessionStorage.length")).toBe(0);
  });

  test("a model is started by the keyboard, and its card follows what happens", async () => {
    await enter();
    await browser.evaluate(`document.querySelector("#filter").focus()`);
    await browser.type("small\t");
    expect(await browser.evaluate("document.activeElement.innerText")).toBe("Start");
    await browser.type("\r");
    await expect.poll(() => control.link.commands).toEqual([{ type: "ensure", model: "small" }]);
    const loading = { state: "starting", phase: "loading", percent: 40, waiting: 1, secondsToReady: 12 } as const;
    control.link.state = { ...control.link.state, models: [modelView("small", loading), modelView("org/big")] };
    control.link.publish({ type: "start", model: "small", message: "small starts" });
    await browser.until(`document.querySelector("#active .model progress")?.value === 40`);
    expect(await textOf("#active")).toMatch(/small\s+loading.*40 %, about 1[0-2] s left.*1 waiting/s);
    expect(await browser.evaluate("document.activeElement.innerText")).toBe("Stop");
    expect(await textOf("#recent")).toContain("small starts");
    expect(await browser.evaluate(`document.querySelector("#others h3").textContent`)).toBe("org/big");
  });

  test("nothing in it is refused by its own policy, and nothing is wider than a phone", async () => {
    await enter();
    await browser.size(360, 640);
    expect(await browser.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    expect(browser.faults).toEqual([]);
  });
});
