import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fixupNames } from "../src/domain/fixup-name.ts";

const page = readFileSync(new URL("../docs/fixups.md", import.meta.url), "utf8");

test("every fixup is in docs/fixups.md once, with two examples that are JSON and differ", () => {
  const sections = page.split(/^### /m).slice(1);
  const names = sections.map((section) => /^`(.+)`/.exec(section)![1]);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining([...fixupNames]));
  for (const section of sections) {
    const [before, after] = [...section.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text!));
    expect(after).toBeDefined();
    expect(after).not.toEqual(before);
  }
});
