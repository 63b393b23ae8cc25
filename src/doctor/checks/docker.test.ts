import { describe, expect, test } from "vitest";
import { facts } from "../../../test/support/doctor/facts.ts";
import { desktop, dockerRecord, type Record, spark } from "../../../test/support/doctor/recorded-host.ts";
import { container } from "../../../test/support/model-spec.ts";
import { DaemonFailure } from "../../containers/failure.ts";
import { compose } from "./compose.ts";
import { disk } from "./disk.ts";
import { docker } from "./docker.ts";
import { images } from "./images.ts";
import { toolkit } from "./toolkit.ts";

const unreachable = new DaemonFailure("unreachable", "Docker does not answer at /var/run/docker.sock.", "ENOENT");
const big = container("big", "vllm/vllm-openai:v0.28.0", 60);

describe("docker", () => {
  test("answers, with its version and address", async () => {
    expect(await docker.look(facts(spark))).toEqual({
      status: "pass",
      says: "Docker 28.3.3 answers at unix:///var/run/docker.sock.",
    });
  });

  test("an old one is told", async () => {
    const record = { docker: { ...dockerRecord, version: "19.03.8" } };
    expect(await docker.look(facts(record))).toMatchObject({ status: "warn" });
  });

  test("its absence is a fault only where something needs it", async () => {
    expect(await docker.look(facts({ docker: unreachable }))).toMatchObject({ status: "skip" });
    const mend = "sudo systemctl start docker";
    for (const needy of [{ yaml: "driver: docker" }, { chosen: [big] }, { deployed: true }]) {
      expect(await docker.look(facts({ docker: unreachable }, needy))).toMatchObject({ status: "fail", mend });
    }
  });

  test("a socket that this user may not use is mended by its group", async () => {
    const forbidden = new DaemonFailure("forbidden", "no permission", "EACCES");
    expect(await docker.look(facts({ docker: forbidden }))).toMatchObject({
      status: "fail",
      mend: expect.stringContaining("usermod -aG docker"),
    });
  });
});

describe("compose", () => {
  const deployed = { deployed: true };
  const version = (docker: string | null, standalone: string | null): Record => ({
    commands: {
      docker: [docker === null ? { code: 1, err: "docker: 'compose' is not a docker command." } : `${docker}\n`],
      ...(standalone === null ? {} : { "docker-compose": `${standalone}\n` }),
    },
  });

  test.each<[string | null, string | null, string, RegExp]>([
    ["2.26.1-4", null, "pass", /^docker compose 2\.26\.1-4\.$/],
    [null, "2.40.0", "pass", /docker-compose 2\.40\.0: write `docker-compose`/],
    [null, "1.29.2", "warn", /docker-compose 1\.29\.2 works/],
    [null, "1.25.0", "fail", /older than 1\.29/],
    [null, null, "fail", /no Compose/],
  ])("docker compose %s, docker-compose %s: %s", async (docker, standalone, status, says) => {
    expect(await compose.look(facts(version(docker, standalone), deployed))).toMatchObject({
      status,
      says: expect.stringMatching(says),
    });
  });

  test("is looked at only where Hearth runs in containers", async () => {
    expect(await compose.look(facts({}))).toMatchObject({ status: "skip" });
  });
});

describe("nvidia-toolkit", () => {
  const runtimes = ["runc"];
  const without = (record: Record): Record => ({ ...record, files: {}, docker: { ...dockerRecord, runtimes } });

  test("is there, with its version", async () => {
    expect((await toolkit.look(facts(spark))).says).toContain("(NVIDIA container toolkit 1.18.1)");
  });

  test("is not there: the package", async () => {
    const commands = { "nvidia-smi": desktop.commands!["nvidia-smi"]! };
    const finding = await toolkit.look(facts(without({ commands })));
    expect(finding).toMatchObject({
      status: "fail",
      mend: expect.stringContaining("install -y nvidia-container-toolkit"),
    });
  });

  test("is there but unknown to Docker: the one command", async () => {
    const finding = await toolkit.look(facts(without(desktop)));
    expect(finding).toMatchObject({
      status: "fail",
      mend: expect.stringMatching(/^sudo nvidia-ctk runtime configure/),
    });
  });

  test("is not wanted without a GPU", async () => {
    expect(await toolkit.look(facts({}))).toMatchObject({ status: "skip" });
  });
});

describe("images", () => {
  test("tells which are missing of the chosen models'", async () => {
    const chosen = [big, container("other", "here:1", 1)];
    expect(await images.look(facts({ images: ["here:1"] }, { chosen }))).toEqual({
      status: "warn",
      says: "1 of 2 images are missing (vllm/vllm-openai:v0.28.0): the first start has to get them.",
      mend: "hearth setup",
    });
    expect(await images.look(facts({ images: ["here:1", big.id] }, { chosen: [chosen[1]!] }))).toMatchObject({
      status: "pass",
    });
  });

  test("without Docker nobody knows", async () => {
    expect(await images.look(facts({ docker: unreachable }, { chosen: [big] }))).toMatchObject({ status: "skip" });
  });
});

describe("disk", () => {
  const disks = (home: number, data: number): Record => ({
    disk: { "/home/ann/hearth": [home * 1e9, 1e12], "/var/lib/docker": [data * 1e9, 4e12] },
  });

  test("both places are told", async () => {
    expect((await disk.look(facts(disks(200, 900), { chosen: [big] }))).says).toBe(
      "200.0 of 1000 GB free for the home (/home/ann/hearth), 900.0 of 4000 GB free for Docker (/var/lib/docker).",
    );
  });

  test("the worse one is the finding, with the command that looks into it", async () => {
    expect(await disk.look(facts(disks(0.2, 900)))).toMatchObject({
      status: "fail",
      mend: expect.stringMatching(/^du /),
    });
    expect(await disk.look(facts(disks(200, 20), { chosen: [big] }))).toMatchObject({
      status: "fail",
      says: expect.stringContaining("at least 30"),
    });
    expect(await disk.look(facts(disks(200, 20)))).toMatchObject({ status: "pass" });
  });
});
