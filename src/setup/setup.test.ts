import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { withFolder } from "../../test/support/folder.ts";
import { fakeContainers } from "../../test/support/setup/containers.ts";
import { fileServer, setUpIn, summary } from "../../test/support/setup/setup-folder.ts";
import { readCatalog } from "../catalog/catalog.ts";
import { parseEnvFile } from "../config/env-file.ts";
import { parseConfig } from "../config/load.ts";
import { deploymentLayout, homeLayout } from "./layout.ts";
import { digest } from "./manifest.ts";

const upstream = readCatalog().get("qwen3.6-35b-a3b-nvfp4")!.track!.image;
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const keyOf = (path: string) => parseEnvFile(readFileSync(path, "utf8")).HEARTH_API_KEY;

describe("the home", () => {
  test("gets a key for its owner alone and a configuration, once", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(join(folder, "home"));
      expect(summary(await setUpIn(layout))).toEqual([
        "done folders",
        "done keys",
        "done configuration",
        "skipped compose",
        "skipped tokenizers",
        "skipped images",
        "skipped weights",
      ]);
      expect([mode(layout.root), mode(layout.envFile)]).toEqual(["700", "600"]);
      const key = keyOf(layout.envFile);
      expect(key).toMatch(/^sk-hearth-[\w-]{32}$/);
      const again = await setUpIn(layout);
      expect(again.filter(({ status }) => status === "done")).toEqual([]);
      expect(keyOf(layout.envFile)).toBe(key);
    });
  });

  test("a dry run writes nothing", async () => {
    await withFolder(async (folder) => {
      const outcomes = await setUpIn(homeLayout(join(folder, "home")), { dryRun: true });
      expect(outcomes.some(({ status }) => status === "would")).toBe(true);
      expect(statSync(join(folder, "home"), { throwIfNoEntry: false })).toBeUndefined();
    });
  });
});

describe("keys", () => {
  test("what .env has stays; only what is missing is added, and an empty line gives way", async () => {
    await withFolder(async (folder) => {
      const { envFile } = deploymentLayout(folder);
      writeFileSync(envFile, "# mine\nHEARTH_API_KEY=my-own\nHEARTH_LINK_TOKEN=\nHEARTH_PUBLISH=127.0.0.1:9000\n");
      await setUpIn(deploymentLayout(folder));
      const text = readFileSync(envFile, "utf8");
      expect(text).toMatch(/^# mine\nHEARTH_API_KEY=my-own\nHEARTH_PUBLISH=127\.0\.0\.1:9000\n\n# /);
      expect(parseEnvFile(text)).toMatchObject({ HEARTH_API_KEY: "my-own", HEARTH_LINK_TOKEN: expect.any(String) });
      expect(text.match(/HEARTH_LINK_TOKEN/g)).toHaveLength(1);
      expect(mode(envFile)).toBe("600");
    });
  });

  test("the older name of the key counts, and an open file is closed", async () => {
    await withFolder(async (folder) => {
      const { envFile } = homeLayout(folder);
      writeFileSync(envFile, "VLLM_API_KEY='abc'\n", { mode: 0o644 });
      const outcomes = await setUpIn(homeLayout(folder));
      expect(outcomes.find(({ step }) => step === "keys")).toMatchObject({
        status: "done",
        says: expect.stringMatching(/^closed/),
      });
      expect([mode(envFile), readFileSync(envFile, "utf8")]).toEqual(["600", "VLLM_API_KEY='abc'\n"]);
    });
  });

  test("a deployment without Docker has failed, whatever else is done", async () => {
    await withFolder(async (folder) => {
      const containers = fakeContainers([], { missing: "Docker does not answer at /x." });
      const [first, ...rest] = await setUpIn(deploymentLayout(folder), { containers });
      expect(first).toMatchObject({
        step: "docker",
        status: "failed",
        says: expect.stringMatching(/^Docker does not/),
      });
      expect(rest.filter(({ status }) => status === "failed")).toEqual([]);
      expect((await setUpIn(homeLayout(folder), { containers })).map(({ step }) => step)).not.toContain("docker");
    });
  });

  test("a deployment is told the group of Docker's socket, and where that is when it is not in its usual place", async () => {
    await withFolder(async (folder) => {
      const socket = join(folder, "docker.sock");
      writeFileSync(socket, "");
      await setUpIn(deploymentLayout(folder), { env: { DOCKER_HOST: `unix://${socket}` } });
      const { DOCKER_GID, DOCKER_SOCKET } = parseEnvFile(readFileSync(join(folder, ".env"), "utf8"));
      expect([DOCKER_GID, DOCKER_SOCKET]).toEqual([String(statSync(socket).gid), socket]);
    });
  });
});

describe("configuration", () => {
  test("lists the models that were named, by what the catalog calls them", async () => {
    await withFolder(async (folder) => {
      const { configFile, root } = homeLayout(folder);
      await setUpIn(homeLayout(folder), { named: ["qwen3.5-0.8b", "openai/gpt-oss-20b"] });
      const { config } = parseConfig(readFileSync(configFile, "utf8"), configFile, { cwd: root, env: {} });
      expect(config.models.map(({ use }) => use)).toEqual(["qwen3.5-0.8b", "gpt-oss-20b"]);
    });
  });

  test("one that is there stays, and is told what it lacks", async () => {
    await withFolder(async (folder) => {
      const { configFile } = homeLayout(folder);
      writeFileSync(configFile, "models: [smollm2-135m-instruct]\n");
      const outcomes = await setUpIn(homeLayout(folder), { named: ["qwen3.5-0.8b"] });
      expect(outcomes.find(({ step }) => step === "configuration")).toMatchObject({
        status: "skipped",
        says: expect.stringContaining("add qwen3.5-0.8b to its `models:`"),
      });
      expect(readFileSync(configFile, "utf8")).toBe("models: [smollm2-135m-instruct]\n");
    });
  });

  test("a name that is not in the catalog is refused with the nearest, before anything is made", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(join(folder, "home"));
      await expect(setUpIn(layout, { named: ["gpt-os-20b"] })).rejects.toThrow(/gpt-os-20b.*gpt-oss-20b/s);
      expect(statSync(layout.root, { throwIfNoEntry: false })).toBeUndefined();
    });
  });
});

describe("the override of a deployment", () => {
  test("lets the guard pass the images of the named models and no others", async () => {
    await withFolder(async (folder) => {
      const layout = deploymentLayout(folder);
      const named = ["gpt-oss-20b", "qwen3.5-0.8b"];
      await setUpIn(layout, { named });
      const { services } = parse(readFileSync(layout.composeOverride!, "utf8"));
      const { HEARTH_GUARD_IMAGES: images, HEARTH_GUARD_BUILDS: builds } = services.guard.environment;
      expect(images).toMatch(/^hearth\/vllm-mxfp4:\S+ scitrera\/dgx-spark-sglang:\S+$/);
      expect(builds).toMatch(/^hearth\/vllm-mxfp4:\S+$/);
      expect(summary(await setUpIn(layout))).toContain("there compose");
    });
  });

  test("mounts the tokenizer files where an image does not bring them", async () => {
    await withFolder(async (folder) => {
      const layout = deploymentLayout(folder);
      mkdirSync(dirname(layout.configFile));
      const runtime = "{ image: 'vllm/vllm-openai:v0.28.0' }";
      writeFileSync(layout.configFile, `models: [{ use: gpt-oss-20b, runtime: ${runtime} }]\n`);
      await setUpIn(layout);
      const { guard } = parse(readFileSync(layout.composeOverride!, "utf8")).services;
      expect(guard.environment.HEARTH_GUARD_BINDS).toBe(layout.encodings);
      expect(guard.volumes).toEqual([`${layout.encodings}:${layout.encodings}:ro`]);
    });
  });

  test("lets the waker see a GPU that has its own memory, and is not needed otherwise", async () => {
    await withFolder(async (folder) => {
      const layout = deploymentLayout(folder);
      expect(summary(await setUpIn(layout))).toContain("skipped compose");
      await setUpIn(layout, { card: true });
      const { services } = parse(readFileSync(layout.composeOverride!, "utf8"));
      expect(Object.keys(services)).toEqual(["waker"]);
      expect(services.waker.environment).toEqual({ NVIDIA_DRIVER_CAPABILITIES: "utility" });
    });
  });

  test("one that somebody else wrote stays", async () => {
    await withFolder(async (folder) => {
      const layout = deploymentLayout(folder);
      writeFileSync(layout.composeOverride!, "services: {}\n");
      expect(summary(await setUpIn(layout, { named: ["gpt-oss-20b"] }))).toContain("skipped compose");
      expect(readFileSync(layout.composeOverride!, "utf8")).toBe("services: {}\n");
    });
  });
});

describe("tokenizer files", () => {
  const texts = { "a.tiktoken": "YQ== 0\n", "b.tiktoken": "Yg== 1\n" };
  const files = Object.entries(texts).map(([name, text]) => ({ name, sha256: digest(text) }));
  const named = ["gpt-oss-20b"];

  test("are fetched for gpt-oss models, checked, and not fetched again", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(folder);
      const web = await fileServer(texts);
      const order = { named, tokenizers: { url: web.url, files } };
      expect(summary(await setUpIn(layout, order))).toContain("done tokenizers");
      expect(readFileSync(join(layout.encodings, "b.tiktoken"), "utf8")).toBe(texts["b.tiktoken"]);
      expect(summary(await setUpIn(layout, order))).toContain("there tokenizers");
      expect(web.seen).toEqual(["a.tiktoken", "b.tiktoken"]);
      writeFileSync(join(layout.encodings, "a.tiktoken"), "half");
      expect(summary(await setUpIn(layout, order))).toEqual(expect.arrayContaining(["done tokenizers"]));
      expect(readFileSync(join(layout.encodings, "a.tiktoken"), "utf8")).toBe(texts["a.tiktoken"]);
      await web.close();
    });
  });

  test("what has another checksum is not kept", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(folder);
      const web = await fileServer({ "a.tiktoken": "<html>log in</html>" });
      const outcomes = await setUpIn(layout, { named, tokenizers: { url: web.url, files: files.slice(0, 1) } });
      const [outcome] = outcomes.filter(({ step }) => step === "tokenizers");
      // Its image brings the file, so that nothing is lost.
      expect(outcome).toMatchObject({ status: "skipped", says: expect.stringContaining("has the checksum") });
      expect(statSync(join(layout.encodings, "a.tiktoken"), { throwIfNoEntry: false })).toBeUndefined();
      await web.close();
    });
  });

  test("where they are needed and cannot be had, it says how to bring them by hand; a local copy will do", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(folder);
      const runtime = "{ image: 'vllm/vllm-openai:v0.28.0' }";
      writeFileSync(layout.configFile, `models: [{ use: gpt-oss-20b, runtime: ${runtime} }]\n`);
      const gone = await fileServer({});
      await gone.close();
      const tokenizers = { url: gone.url, files };
      const [outcome] = (await setUpIn(layout, { tokenizers })).filter(({ step }) => step === "tokenizers");
      expect(outcome).toMatchObject({ status: "failed" });
      expect(outcome!.says).toMatch(/connection refused.*Get http:\S+ on a machine with network, put it to /);
      const copies = join(folder, "copies");
      mkdirSync(copies);
      for (const [name, text] of Object.entries(texts)) writeFileSync(join(copies, name), text);
      const env = { TIKTOKEN_ENCODINGS_BASE: copies };
      expect(summary(await setUpIn(layout, { tokenizers, env }))).toContain("done tokenizers");
    });
  });
});

describe("images and weights", () => {
  const named = ["qwen3.6-35b-a3b-nvfp4", "qwen3.5-0.8b"];

  test("each missing image is got once; a failure is told and the rest goes on", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(folder);
      const refused = { [upstream]: "Could not pull. Log in with `docker login`." };
      const containers = fakeContainers([], { refused });
      const outcomes = (await setUpIn(layout, { named, containers })).filter(({ step }) => step === "images");
      expect(outcomes.map(({ status }) => status)).toEqual(["failed", "done"]);
      const better = fakeContainers([...containers.images]);
      const again = (await setUpIn(layout, { containers: better })).filter(({ step }) => step === "images");
      expect(again.map(({ status }) => status)).toEqual(["done", "there"]);
    });
  });

  test("without Docker, or where they are not wanted, it says why not", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(folder);
      const containers = fakeContainers([], { missing: "Docker does not answer." });
      const of = (outcomes: Awaited<ReturnType<typeof setUpIn>>) => outcomes.find(({ step }) => step === "images");
      expect(of(await setUpIn(layout, { named, containers }))).toMatchObject({ says: "Docker does not answer." });
      expect(of(await setUpIn(layout, { named, wants: { images: false } }))).toMatchObject({
        status: "skipped",
        says: expect.stringContaining("--no-images"),
      });
    });
  });

  test("weights go into the containers' volume, with the login of the hub", async () => {
    await withFolder(async (folder) => {
      const containers = fakeContainers();
      const env = { HF_TOKEN: "hf_x" };
      await setUpIn(homeLayout(folder), { named: [named[0]!], wants: { weights: true }, containers, env });
      expect(containers.asked).toEqual([
        `get ${upstream}`,
        expect.stringMatching(/^fetch nvidia\/Qwen3\.6-35B-A3B-NVFP4@\S+ with a token$/),
      ]);
    });
  });

  test("an interruption ends it, and what was made is known", async () => {
    await withFolder(async (folder) => {
      const layout = homeLayout(folder);
      const stop = new AbortController();
      const containers = { ...fakeContainers(), get: async () => stop.abort(new Error("Ctrl-C")) };
      await expect(setUpIn(layout, { named, containers, signal: stop.signal })).rejects.toThrow("Ctrl-C");
      expect(readFileSync(layout.manifest, "utf8")).toContain(layout.configFile);
    });
  });
});
