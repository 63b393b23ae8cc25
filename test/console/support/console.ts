/** The console of a real `hearth serve`, in headless Chromium. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "vitest";
import type { Language } from "../../../console/src/words/languages.ts";
import { Browser, findChromium } from "../../support/browser.ts";
import { test as e2e } from "../../support/e2e.ts";
import { testKey } from "../../support/hearth-client.ts";
import type { HearthServer } from "../../support/hearth-server.ts";

const chromium = findChromium();
const screenshots = new URL("../screenshots/", import.meta.url);
const axe = readFileSync(
  createRequire(new URL("../../../console/package.json", import.meta.url)).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** Where a page is looked at. */
export interface Seat {
  name: string;
  width: number;
  height: number;
  dark: boolean;
  language: Language;
}

export const desk: Seat = { name: "desk", width: 1280, height: 800, dark: false, language: "en" };
export const phone: Seat = { name: "phone", width: 390, height: 844, dark: false, language: "en" };
export const night: Seat = { name: "night", width: 1280, height: 800, dark: true, language: "en" };
export const abroad: Seat = { name: "abroad", width: 390, height: 844, dark: true, language: "ru" };
export const seats = [desk, phone, night, abroad];

export class Console {
  readonly browser: Browser;
  readonly server: HearthServer;
  readonly seat: Seat;

  constructor(browser: Browser, server: HearthServer, seat: Seat) {
    this.browser = browser;
    this.server = server;
    this.seat = seat;
  }

  /** Gives a key at the door, as a person does. */
  async signIn(key: string): Promise<void> {
    await this.browser.go(`${this.server.url}/`);
    await this.browser.until("document.activeElement?.name === 'key'");
    await this.browser.type(`${key}\r`);
  }

  /** Goes to a page, and waits until its heading is there. */
  async page(path: string, heading: string): Promise<void> {
    await this.browser.evaluate(`location.hash = ${JSON.stringify(`#${path}`)}`);
    await expect.poll(() => this.text("main h1")).toBe(heading);
  }

  /** The text that a person sees. */
  async text(selector = "body"): Promise<string> {
    return String(await this.browser.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`));
  }

  async shows(text: string, selector = "body"): Promise<void> {
    await expect.poll(() => this.text(selector)).toContain(text);
  }

  /** Presses a button or follows a link by its name, as a screen reader says it. */
  async press(name: string): Promise<void> {
    const found = `[...document.querySelectorAll("button, a, [role=menuitem], [role=menuitemradio], [role=tab]")]
      .find((it) => it.offsetParent !== null && (it.ariaLabel ?? it.innerText).trim().split("\\n")[0] === ${JSON.stringify(name)})`;
    await this.browser.until(found);
    await this.browser.evaluate(`${found}.click()`);
  }

  /** Chooses in a list by the words that stand beside it. */
  async choose(label: string, value: string): Promise<void> {
    const field = `[...document.querySelectorAll("label")].find((it) => it.innerText.startsWith(${JSON.stringify(label)}))?.control`;
    await this.browser.until(field);
    await this.browser.evaluate(`{
      const field = ${field};
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(field, ${JSON.stringify(value)});
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }`);
  }

  /** What a page must be for everybody: no fault of accessibility, nothing wider than the window, nothing that the policy refused. */
  async isFitForAll(): Promise<void> {
    const violations = await this.browser.evaluate(
      `${axe};axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html, failureSummary }) => html + " " + failureSummary).join("; ")))`,
    );
    expect(violations).toEqual([]);
    expect(await this.browser.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(this.seat.width);
    expect(this.browser.faults).toEqual([]);
  }

  /** Leaves a picture in test/console/screenshots. */
  async picture(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    writeFileSync(new URL(`${name}-${this.seat.name}.png`, screenshots), await this.browser.screenshot());
  }
}

/** A test that opens consoles. `open` signs in with an admin key unless another is given, or null. */
export const test = e2e.extend<{
  open: (server: HearthServer, options?: { seat?: Seat; key?: string | null }) => Promise<Console>;
}>({
  open: async ({ skip }, use) => {
    if (chromium === null) return skip("no Chromium in PATH (Debian: apt install chromium)");
    const opened: Browser[] = [];
    try {
      await use(async (server, { seat = desk, key = testKey } = {}) => {
        const browser = await Browser.open(chromium);
        opened.push(browser);
        await browser.size(seat.width, seat.height);
        await browser.prefers(seat);
        const it = new Console(browser, server, seat);
        if (key !== null) {
          await it.signIn(key);
          await browser.until("document.querySelector('main h1') !== null");
          // The door itself tries whether there is a session.
          browser.faults.length = 0;
        }
        return it;
      });
    } finally {
      await Promise.all(opened.map((browser) => browser.close()));
    }
  },
});
