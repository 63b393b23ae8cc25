import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type DriverChoice, driverNames } from "../../domain/driver-name.ts";
import type { Driver, DriverParts } from "../driver.ts";
import { type DriverTable, drivers, openDrivers } from "./drivers.ts";

const folder = mkdtempSync(join(tmpdir(), "hearth-drivers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const parts = { env: { DOCKER_HOST: `unix://${join(folder, "none.sock")}` } } as unknown as DriverParts;

/** The names of what is opened, where this is why Docker is missing. */
async function opened(choice: DriverChoice, missing: string | null): Promise<string[]> {
  const table: DriverTable = { ...drivers };
  for (const name of driverNames) table[name] = { ...drivers[name], detect: async () => "Not in this test." };
  table.process = { open: async () => ({ name: "process" }) as Driver };
  table.docker = { detect: async () => missing, open: async () => ({ name: "docker" }) as Driver };
  return (await openDrivers(choice, parts, table)).map(({ name }) => name);
}

describe("what the configuration chooses", () => {
  test.each<[DriverChoice, string | null, string[]]>([
    ["auto", null, ["process", "docker"]],
    ["auto", "No daemon.", ["process"]],
    ["process", null, ["process"]],
    ["docker", null, ["process", "docker"]],
  ])("`driver: %s`, where %j is missing, opens %j", async (choice, missing, names) => {
    expect(await opened(choice, missing)).toEqual(names);
  });

  test("a driver that is named and does not work here is refused, with the reason and the way out", async () => {
    await expect(opened("docker", "No daemon.")).rejects.toThrow(/^No daemon\. Or set `driver: auto`/);
  });
});

test("Docker is missing where nobody answers at DOCKER_HOST", async () => {
  expect(await drivers.docker.detect!(parts.env)).toMatch(/Docker does not answer at .*Start it with/);
});
