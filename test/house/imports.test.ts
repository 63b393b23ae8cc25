import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { architectureTable } from "../../scripts/architecture-table.ts";
import { withFolder } from "../support/folder.ts";
import { homes, house } from "./house.ts";
import { importsIn, readImports } from "./imports.ts";
import { faultsOf, unusedEdges } from "./judge.ts";

const shipped = readImports();

describe("the house", () => {
  test("nobody imports what the table does not let him, and no circle is in it", () => {
    expect(shipped.length).toBeGreaterThan(1000);
    expect(faultsOf(shipped, house, homes)).toEqual([]);
  });

  test("the table allows nothing that nobody needs", () => {
    expect(unusedEdges(shipped, house)).toEqual([]);
  });

  test("docs/architecture.md shows it as it is", () => {
    expect(readFileSync("docs/architecture.md", "utf8")).toContain(architectureTable());
  });
});

describe("the check of the house", () => {
  test.each([
    ["src/domain/scheduler/a.ts", "../../config/types.ts", "domain may import no other folder"],
    ["src/domain/a.ts", "node:fs", "domain is pure"],
    ["src/domain/a.ts", "zod", "domain is pure"],
    ["src/config/a.ts", "../waker/waker.ts", "config may import only domain"],
    ["src/catalog/a.ts", "../store/store.ts", "catalog may import only"],
    ["src/store/a.ts", "../gateway/gateway.ts", "store may import only"],
    ["src/link/a.ts", "../waker/waker.ts", "link may import only domain"],
    ["src/containers/a.ts", "../waker/driver.ts", "containers may import only domain"],
    ["src/gateway/relay/a.ts", "../../waker/waker.ts", "may import only"],
    ["src/gateway/routes/a.ts", "../../store/store.ts", "may import only"],
    ["src/waker/drivers/process/a.ts", "../../../gateway/gateway.ts", "waker/drivers/process may import only"],
    ["src/waker/drivers/process/a.ts", "../docker/driver.ts", "waker/drivers/process may import only"],
    ["src/waker/drivers/process/a.ts", "dockerode", "only containers, waker/drivers/docker may"],
    ["src/waker/a.ts", "./drivers/docker/driver.ts", "waker may import only"],
    ["src/waker/a.ts", "./drivers/drivers.ts", "waker may import only"],
    ["src/gateway/body/a.ts", "../relay/exchange.ts", "gateway/body may import only domain"],
    ["src/gateway/upstream/a.ts", "../fit/fit.ts", "gateway/upstream may import only"],
    ["src/gateway/relay/a.ts", "../gateway.ts", "gateway/relay may import only"],
    ["src/gateway/fit/fixups/a.ts", "../../relay/exchange.ts", "gateway/fit may import only"],
    ["src/waker/a.ts", "../main.ts", "waker may import only"],
    ["src/connect/clients/a.ts", "../../gateway/gateway.ts", "connect may import only"],
    ["src/engine/a.ts", "../domain/model.ts", "engine may import no other folder"],
    ["src/guard/a.ts", "../containers/daemon.ts", "guard may import only domain"],
    ["src/doctor/a.ts", "../setup/setup.ts", "doctor may import only"],
    ["src/main.ts", "./gateway/gateway.ts", ". may import only"],
    ["src/doctor/a.ts", "dockerode", "only containers, waker/drivers/docker may"],
    ["src/control/a.ts", "node:sqlite", "only file-lock, store may"],
    ["src/news/a.ts", "../domain/model.ts", "its folder is not in the table"],
    ["src/cli/a.ts", "../news/a.ts", "whose folder is not in the table"],
  ])("finds that %s imports %s, in whichever way", (file, target, says) =>
    withFolder(async (root) => {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      for (const text of waysToImport(target)) {
        writeFileSync(join(root, file), `// One line above.\n${text}\n`);
        const faults = faultsOf(readImports(root), house, homes);
        expect(faults, text).toEqual([expect.stringContaining(says)]);
        expect(faults[0]).toContain(`${file}:2 imports `);
      }
    }),
  );

  test("finds a file that is started as a worker", () => {
    const text = `new Worker(new URL("../waker/waker.ts", import.meta.url));`;
    expect(importsIn("src/store/a.ts", text)).toEqual([
      { file: "src/store/a.ts", line: 1, target: "src/waker/waker.ts" },
    ]);
  });

  test("refuses an import that hides its module", () => {
    const text = `await import("./" + name);`;
    expect(() => importsIn("src/cli/a.ts", text)).toThrow("src/cli/a.ts:1: an import that does not name its module");
  });

  test("finds a circle of folders in the table", () => {
    const room = (...imports: string[]) => ({ what: "", imports });
    const circle = { a: room("b"), b: room("c"), c: room("b"), d: room("a") };
    expect(faultsOf([], circle, {})).toEqual(["A circle: b -> c -> b."]);
  });

  test("finds a line of the table that nobody needs", () => {
    const table = { a: { what: "", imports: ["b"] }, b: { what: "", imports: [] } };
    expect(unusedEdges(importsIn("src/a/x.ts", `import "../b/y.ts";`), table)).toEqual([]);
    expect(unusedEdges(importsIn("src/a/x.ts", `import "./y.ts";`), table)).toEqual(["a -> b"]);
  });
});

function waysToImport(target: string): string[] {
  return [
    `import "${target}";`,
    `import * as it from "${target}";`,
    `import type { It } from "${target}";`,
    `import { type It } from "${target}";`,
    `export * from "${target}";`,
    `export type { It } from "${target}";`,
    `export const it = () => import("${target}");`,
    `export type It = import("${target}").It;`,
    `export type It = typeof import("${target}");`,
  ];
}
