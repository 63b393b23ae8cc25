import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isOutside } from "../domain/outside.ts";
import { resolutionsIn } from "./resolutions.ts";
import { ResolvedFile } from "./resolved-file.ts";
import { carryOut, movesBack, movesNow } from "./upgrade.ts";

const first = "1".repeat(40);
const second = "2".repeat(40);
const never = new AbortController().signal;

let home: string;
let main: string;
let asked: string[];
let said: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hearth-resolved-"));
  main = first;
  asked = [];
  said = [];
});
afterEach(() => rmSync(home, { recursive: true }));

async function askHub(repo: string, branch: string): Promise<string> {
  asked.push(`${repo} ${branch}`);
  if (main === "") throw new Error("no network");
  return main;
}
const open = () => resolutionsIn(home, askHub, (news) => said.push(news));
const commits = async () => (await open().read()).commits;

describe("what a branch stands for", () => {
  test("is asked once, and is the same for the next process, wherever the branch has moved", async () => {
    await open().resolveCommits(["owner/name@main"], never);
    main = second;
    await open().resolveCommits(["owner/name@main"], never);
    expect(asked).toEqual(["owner/name main"]);
    expect((await commits())["owner/name@main"]!.is).toBe(first);
  });

  test("stays open where the hub cannot be asked, which is said, and is asked again at the next start", async () => {
    main = "";
    await open().resolveCommits(["owner/name@main"], never);
    expect(await commits()).toEqual({});
    expect(said.join()).toContain("no network");
    main = second;
    await open().resolveCommits(["owner/name@main"], never);
    expect((await commits())["owner/name@main"]!.is).toBe(second);
  });

  test("is kept as whoever was first has found it, when several resolve at once", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `owner/model-${index}@main`);
    await Promise.all([open().resolveCommits(names, never), open().resolveCommits(names.toReversed(), never)]);
    expect(Object.keys(await commits()).toSorted()).toEqual(names);
    await open().keep("commits", names[0]!, second);
    expect((await commits())[names[0]!]!.is).toBe(first);
  });

  test("ends with the one who asks", async () => {
    const reason = new Error("nobody waits");
    await expect(open().resolveCommits(["owner/name@main"], AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test("nothing is asked and no file is made for a model that pins everything", async () => {
    await open().resolveCommits([], never);
    expect(existsSync(join(home, "resolved.json"))).toBe(false);
  });

  test("is for this user alone", async () => {
    await open().resolveCommits(["owner/name@main"], never);
    expect(statSync(join(home, "resolved.json")).mode & 0o777).toBe(0o600);
  });

  test.each(["", "{", '{"commits":{},"digests":{},"more":1}', '{"commits":{"a/b@main":{"is":"main","since":"x"}}}'])(
    "a file that says %j stops the start, and says what to do; it is not written over",
    async (text) => {
      writeFileSync(join(home, "resolved.json"), text);
      const failure = await open()
        .resolveCommits(["owner/name@main"], never)
        .catch((error: unknown) => error);
      expect(String(failure)).toMatch(/resolved\.json cannot be read: .*move it away/s);
      expect(isOutside(failure)).toBe(true);
      expect(readFileSync(join(home, "resolved.json"), "utf8")).toBe(text);
    },
  );
});

describe("an upgrade", () => {
  const file = () => new ResolvedFile(home);
  const all = () => true;
  const ask = async ({ name }: { name: string }) => askHub(name, "main");

  test("says old and new, keeps the way back, and goes it", async () => {
    await open().resolveCommits(["owner/name@main"], never);
    main = second;
    const moves = await movesNow(file(), all, ask);
    expect(moves).toEqual([{ kind: "commits", name: "owner/name@main", from: first, to: second }]);
    expect((await commits())["owner/name@main"]!.is).toBe(first);
    await carryOut(file(), moves);
    expect((await commits())["owner/name@main"]).toMatchObject({ is: second, before: first });
    await carryOut(file(), await movesBack(file(), all));
    expect((await commits())["owner/name@main"]).toMatchObject({ is: first, before: second });
  });

  test("of what has not moved keeps the older way back", async () => {
    await open().resolveCommits(["owner/name@main"], never);
    main = second;
    await carryOut(file(), await movesNow(file(), all, ask));
    await carryOut(file(), await movesNow(file(), all, ask));
    expect((await commits())["owner/name@main"]).toMatchObject({ is: second, before: first });
  });

  test("moves the one that is meant alone, and what cannot be asked stays", async () => {
    await open().resolveCommits(["owner/one@main", "owner/two@main"], never);
    main = second;
    await carryOut(file(), await movesNow(file(), ({ name }) => name === "owner/two@main", ask));
    expect((await commits())["owner/one@main"]!.is).toBe(first);
    main = "";
    expect(await movesNow(file(), all, ask)).toEqual([
      { kind: "commits", name: "owner/one@main", from: first, unknown: "no network" },
      { kind: "commits", name: "owner/two@main", from: second, unknown: "no network" },
    ]);
  });

  test("does not undo what somebody else has moved meanwhile", async () => {
    await open().resolveCommits(["owner/name@main"], never);
    main = second;
    const late = await movesNow(file(), all, ask);
    const third = "3".repeat(40);
    await carryOut(file(), [{ kind: "commits", name: "owner/name@main", from: first, to: third }]);
    await carryOut(file(), late);
    expect((await commits())["owner/name@main"]!.is).toBe(third);
  });
});
