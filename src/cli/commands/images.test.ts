import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { allTracks } from "../image-tracks.ts";

const folder = mkdtempSync(join(tmpdir(), "hearth-images-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { HEARTH_HOME: join(folder, "home"), DOCKER_HOST: `unix://${join(folder, "none.sock")}` };
const run = (...argv: string[]) => hearthCli(["images", ...argv], { env, cwd: folder });

describe("hearth images list", () => {
  test("has every track, with what it is for, and says that Docker does not answer", async () => {
    const { code, out, err } = await run("list");
    expect(code).toBe(0);
    for (const { name, title } of allTracks().values())
      expect(out).toMatch(new RegExp(`^${name} +\\? .*${title}$`, "m"));
    expect(out).toMatch(/^mxfp4 .*build 20-40 min, after docker login nvcr\.io/m);
    expect(err).toMatch(/^warning: .*Docker does not answer at unix:.*systemctl start docker/);
  });

  test("of one track says everything", async () => {
    const { out } = await run("list", "ngc");
    expect(out).toContain("image    nvcr.io/nvidia/vllm:25.10-py3@sha256:");
    expect(out).toContain("license  NVIDIA Deep Learning Container License");
    expect(out).not.toContain("mxfp4");
  });

  test("--json is for scripts; what is not known is null", async () => {
    const [mxfp4] = JSON.parse((await run("list", "mxfp4", "--json")).out);
    expect(mxfp4).toMatchObject({ name: "mxfp4", bytes: null, minutes: { from: 20, to: 40 } });
    expect(mxfp4.models).toContain("gpt-oss-20b");
  });
});

describe("hearth images build", () => {
  test("--dry-run prints the command with every argument, without Docker", async () => {
    const { code, out } = await run("build", "mxfp4", "--dry-run");
    expect(code).toBe(0);
    const { folder: context, image, build } = allTracks().get("mxfp4")!;
    expect(out).toContain(`would build ${image}, takes 20 to 40 minutes, `);
    expect(out).toContain(`  docker build -t ${image} -f ${context}/Dockerfile --build-arg `);
    for (const [name, value] of Object.entries(build!.args!)) expect(out).toContain(`--build-arg ${name}=${value}`);
  });

  test("of an image that others publish gives it a name of its own", async () => {
    const { out } = await run("build", "avarok", "--dry-run", "--json");
    expect(JSON.parse(out)).toMatchObject({ images: [{ image: "hearth/vllm-avarok:local", outcome: "would" }] });
  });

  test("without Docker says what to do", async () => {
    const { code, err } = await run("build", "transformers-5");
    expect([code, err]).toEqual([1, expect.stringMatching(/^error: .*Docker does not answer/)]);
  });
});

describe("which images", () => {
  test("without names: those of the models in hearth.yaml", async () => {
    const file = join(folder, "hearth.yaml");
    writeFileSync(file, "models: [gpt-oss-20b, qwen2.5-1.5b-instruct, smollm2-135m-instruct]\n");
    const pulled = JSON.parse((await run("pull", "--dry-run", "--json", "--config", file)).out);
    const built = JSON.parse((await run("build", "--dry-run", "--json", "--config", file)).out);
    expect(built.images.map(({ track }: { track: string }) => track)).toEqual(["mxfp4"]);
    expect(pulled.images.length).toBeGreaterThan(0);
    expect(pulled.images.every(({ command }: { command: string }) => command.startsWith("docker pull "))).toBe(true);
    expect((await run("pull", "--dry-run", "--config", file)).err).toContain("To be built: hearth images build mxfp4");
  });

  test("where the configuration names none, the tracks are listed", async () => {
    const { code, err } = await hearthCli(["images", "pull"], { env, cwd: "/" });
    expect([code, err]).toEqual([2, expect.stringContaining("say which images: avarok, ")]);
  });

  test.each([
    [["pull", "mxfp4"], "No registry has mxfp4: `hearth images build mxfp4`."],
    [["build", "upstream"], "upstream has no Dockerfile, it comes from a registry: `hearth images pull upstream`."],
    [["pull", "upstraem"], 'There is no image track "upstraem". Did you mean upstream?'],
  ])("%j is refused with the way out", async (argv, why) => {
    const { code, err } = await run(...argv);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(why);
  });
});
