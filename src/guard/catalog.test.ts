import { expect, test } from "vitest";
import { readCatalog } from "../catalog/catalog.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { nothingResolved, pinned } from "../domain/resolved.ts";
import { createBody } from "../waker/drivers/docker/create-body.ts";
import { checkCreateBody, createBodySchema } from "./create-body.ts";

const containers = resolveModels([], readCatalog()).flatMap((spec) =>
  spec.runtime.kind === "container" ? [{ spec, runtime: pinned(spec.runtime, nothingResolved) }] : [],
);

test("the catalog has containers", () => {
  expect(containers.length).toBeGreaterThan(10);
});

test.each(containers.map(({ spec, runtime }) => [spec.id, spec, runtime] as const))(
  "%s passes, without anything of the host but its GPU",
  (_, spec, runtime) => {
    const order = { spec, specHash: "hash", generation: 1, node: "local", apiKey: "key", poolGiB: 100, weights: null };
    const reach = { kind: "network", name: "hearth-engines" } as const;
    const body = createBody(order, runtime, { instance: "i", reach, port: runtime.port, hostPath: (path) => path });
    const policy = {
      builds: [],
      binds: [],
      env: [],
      root: [],
      volumes: ["hearth-*"],
      devices: [],
      networks: ["hearth-engines"],
    };
    const schema = createBodySchema({ ...policy, images: [runtime.image] });
    expect(checkCreateBody(JSON.stringify(body), schema)).toEqual(JSON.parse(JSON.stringify(body)));
  },
);
