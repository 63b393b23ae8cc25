import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fetchIntoVolume } from "../../src/containers/fetch-weights.ts";
import type { Diagnosis } from "../../src/doctor/doctor.ts";
import { containersOf } from "../../src/setup/containers.ts";
import { homeLayout } from "../../src/setup/layout.ts";
import { hearthCli } from "../support/cli.ts";
import { fakeEngineImage } from "../support/docker-image.ts";
import { withFolder } from "../support/folder.ts";
import { startRegistry } from "../support/loopback-registry.ts";
import { setUpIn, summary, undoIn } from "../support/setup/setup-folder.ts";
import { containerRuntime } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

/** Stands for the hub's client in an engine's image: the same arguments, the same words. */
const python = `#!/bin/node
const [, , flag, script, repo, revision] = process.argv;
if (flag !== "-c" || !script.includes("snapshot_download")) process.exit(9);
if (repo === "owner/gated") {
  console.error("huggingface_hub.errors.GatedRepoError: 401 Client Error.");
  process.exit(1);
}
const { existsSync, writeFileSync } = require("node:fs");
const file = process.env.HF_HOME + "/" + repo.replace("/", "--");
console.log("bytes " + (existsSync(file) ? 90 : 40) + " 100");
writeFileSync(file, revision + " " + (process.env.HF_TOKEN ?? "no token"));
console.log("bytes 100 100");
`;

withDocker("set-up", ({ host, client }) => {
  const containers = containersOf(host, null);

  it("pulls what is missing once, and undoing takes away that and no more", async () => {
    const registry = await startRegistry();
    await withFolder(async (folder) => {
      const layout = homeLayout(join(folder, "home"));
      const model = (id: string, image: string) =>
        `  - { id: ${id}, memory: 1GiB, context: 1024, runtime: { kind: container, gpu: none, image: "${image}" } }\n`;
      await setUpIn(layout, { containers });
      writeFileSync(layout.configFile, `models:\n${model("a", registry.image)}${model("b", fakeEngineImage)}`);
      const images = async () =>
        (await setUpIn(layout, { containers })).filter(({ step }) => step === "images").map(({ status }) => status);
      expect(await images()).toEqual(["done", "there"]);
      expect(await images()).toEqual(["there", "there"]);
      expect(summary(await undoIn(layout, { containers }))).toContain("done image");
      await expect(client.getImage(registry.image).inspect()).rejects.toMatchObject({ statusCode: 404 });
      expect((await client.getImage(fakeEngineImage).inspect()).RepoTags).toContain(fakeEngineImage);
    });
    await registry.close();
  });

  it("doctor finds this Docker, its disk and its images", async () => {
    await withFolder(async (folder) => {
      const model = `{ id: a, memory: 1GiB, context: 1024, runtime: { kind: container, gpu: none, image: "${fakeEngineImage}" } }`;
      writeFileSync(join(folder, "hearth.yaml"), `models: [${model}]\n`);
      const env = { DOCKER_HOST: host, HEARTH_HOME: folder };
      const { checks } = JSON.parse((await hearthCli(["doctor", "--json"], { cwd: folder, env })).out);
      const said = Object.fromEntries(
        (checks as Diagnosis[]).map(({ check, status, says }) => [check, `${status}: ${says}`]),
      );
      expect(said.docker).toMatch(/^pass: Docker \d+\.\S+ answers at unix:/);
      expect(said.disk).toMatch(/GB free for (Docker|the home)/);
      expect(said.images).toBe("pass: 1 of 1 images of the chosen models are here.");
    });
  });

  it("weights are fetched by a container of the engine's image into the engines' volume, which then goes", async () => {
    const image = "hearth-test/with-python:1";
    await withFolder(async (context) => {
      writeFileSync(join(context, "python3"), python);
      chmodSync(join(context, "python3"), 0o755);
      writeFileSync(join(context, "Dockerfile"), `FROM ${fakeEngineImage}\nCOPY python3 /bin/python3\n`);
      const progress = await client.buildImage({ context, src: ["."] }, { t: image });
      await new Promise<void>((resolve, reject) => {
        client.modem.followProgress(progress, (error) => (error ? reject(error) : resolve()));
      });
    });
    const volume = "hearth-test-weights";
    const runtime = containerRuntime([], {
      image,
      env: { HF_HOME: "/models" },
      mounts: [{ kind: "volume", source: volume, target: "/models", readOnly: false }],
    });
    const heard: number[] = [];
    const options = {
      signal: new AbortController().signal,
      onProgress: (done: number) => heard.push(done),
      token: "hf_secret",
      host,
    };
    const repository = { repo: "owner/model", revision: "abc" };
    await fetchIntoVolume(runtime, repository, options);
    await fetchIntoVolume(runtime, repository, options);
    // The second run has found what the first one wrote.
    expect(heard).toEqual([40, 100, 90, 100]);
    const gated = { ...repository, repo: "owner/gated" };
    await expect(fetchIntoVolume(runtime, gated, { ...options, token: null })).rejects.toThrow(
      /^owner\/gated could not be fetched: .* See https:\/\/huggingface\.co\/owner\/gated: .* set HF_TOKEN to it\.$/,
    );
    const left = await client.listContainers({ all: true, filters: { name: ["hearth-weights-"] } });
    expect(left).toEqual([]);
    const { Mountpoint } = await client.getVolume(volume).inspect();
    expect(readFileSync(join(Mountpoint, "owner--model"), "utf8")).toBe("abc hf_secret");
    await client.getVolume(volume).remove();
    await client.getImage(image).remove();
  });
});
