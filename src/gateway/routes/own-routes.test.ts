import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { localPaths } from "../dialects/local.ts";
import { ownRoutes } from "./own-routes.ts";

test("the list of Hearth's own routes is what the server has, beside those of the APIs", async ({ serve }) => {
  const { app } = await serve(new TestLink());
  const ofApis = localPaths.map(({ method, url }) => `${method} ${url}`);
  const there = routesIn(app.printRoutes()).filter((route) => !/^(HEAD|OPTIONS) /.test(route));
  const listed = ownRoutes.map(({ method, path }) => `${method} ${path.replace("{model}", "*")}`);
  expect(there.sort()).toEqual([...listed, ...ofApis, "POST /v1/*"].sort());
});

/** Of Fastify's tree, in which each line is what follows the text of the lines above it. */
function routesIn(tree: string): string[] {
  const path: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? [];
    if (indent === undefined) return [];
    path.length = indent.length / 4;
    path[path.length] = part!;
    return methods === undefined ? [] : methods.split(", ").map((method) => `${method} ${path.join("")}`);
  });
}
