import { expect, test } from "vitest";
import { baseImages, parseDockerfile } from "./dockerfile.ts";

test("comments and continued lines are understood", () => {
  const text = "# first\nFROM a\n\nRUN one \\\n  # between\n  && two\nexpose 80\n";
  expect(parseDockerfile(text)).toEqual([
    { keyword: "FROM", text: "a", line: 2 },
    { keyword: "RUN", text: "one && two", line: 4 },
    { keyword: "EXPOSE", text: "80", line: 7 },
  ]);
});

test.each([
  ["FROM a\nRNU b\n", "line 2: RNU is no instruction."],
  ["FROM a\nRUN b \\\n", "line 2: RUN does not end."],
])("%j is refused with its line", (text, why) => {
  expect(() => parseDockerfile(text)).toThrow(why);
});

test("bases are what FROM names, with arguments filled in, without the file's own stages", () => {
  const text = `ARG BASE=a:1\nARG OTHER=b:1\nFROM --platform=linux/arm64 \${BASE} AS x\nFROM $OTHER\nFROM x\nFROM scratch\n`;
  expect(baseImages(parseDockerfile(text), { OTHER: "b:2" })).toEqual(["a:1", "b:2"]);
});
