/** catalog/images as far as it can be judged without building: Dockerfiles, pins, licenses, entry points. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dockerfileFaults, isPinned } from "../../test/support/catalog/dockerfile-faults.ts";
import { baseImages, parseDockerfile } from "../domain/dockerfile.ts";
import { catalogFolders, readCatalog } from "./catalog.ts";
import { type ImageTrack, readTracks } from "./image-track.ts";
import { resolveModels } from "./resolve.ts";

const tracks = readTracks(catalogFolders.images, []);
const all = [...tracks.values()].map((track) => [track.name, track] as const);
const built = all.filter(([, { build }]) => build !== undefined);
const dockerfileOf = ({ folder, build }: ImageTrack) => readFileSync(join(folder, build!.dockerfile), "utf8");

describe("every Dockerfile", () => {
  test.each(built)("%s has no fault", (_, track) => {
    expect(dockerfileFaults(dockerfileOf(track), track.build!.args ?? {})).toEqual([]);
  });

  test.each(built)("%s is built from the base that image.yaml names", (_, track) => {
    expect(baseImages(parseDockerfile(dockerfileOf(track)), track.build!.args ?? {})).toEqual([track.build!.base]);
  });

  test.each(built)("%s has not been built by this project, and says so", (_, track) => {
    expect(dockerfileOf(track)).toMatch(/Has not been built by this project/);
  });

  test.each(built)("%s has the entry point that image.yaml says", (_, track) => {
    const { text } = parseDockerfile(dockerfileOf(track)).find(({ keyword }) => keyword === "ENTRYPOINT") ?? {};
    const upon = all.find(([, { image }]) => image === track.build!.base)?.[1];
    // NVIDIA's images run the command that they are given; another track's image passes its own entry point on.
    const inherited = upon?.entry ?? "command";
    expect(text === undefined ? inherited : styleOf[text]).toBe(track.entry);
  });
});

const styleOf: Record<string, ImageTrack["entry"]> = { '["vllm"]': "vllm", '["vllm", "serve"]': "vllm-serve" };

describe("every track", () => {
  test.each(all)("%s is pinned, unless somebody else's tool makes it", (_, { image, source }) => {
    expect(source === "local" || isPinned(image)).toBe(true);
  });

  test.each(all)(
    "%s names its license, and NVIDIA's where it is built upon NVIDIA's",
    (_, { license, image, build }) => {
      expect(license).toMatch(/Apache-2\.0|MIT|BSD/);
      const nvidia = /^nvcr\.io\/|^nvidia\//.test(build?.base ?? image);
      expect(license.includes("NVIDIA Deep Learning Container License") || !nvidia).toBe(true);
    },
  );

  test.each(all.filter(([, { source }]) => source === "build"))(
    "%s, which is built, has a Dockerfile",
    (_, { build }) => {
      expect(build).toBeDefined();
    },
  );
});

/** What an image puts before its command. */
const before: Record<ImageTrack["entry"], string[]> = {
  "vllm-serve": ["vllm", "serve"],
  vllm: ["vllm"],
  command: [],
  replaced: [],
};

test("every model's command starts its track's server, whatever the image puts before it", () => {
  const catalog = readCatalog();
  for (const { id, runtime } of resolveModels([], catalog)) {
    const { track, facts } = catalog.get(id)!;
    if (track === undefined || runtime.kind !== "container") continue;
    const words = [...(runtime.entrypoint ?? before[track.entry]), ...runtime.command];
    const start = {
      vllm: ["vllm", "serve", facts.hub!.repo],
      sglang: ["python3", "-m", "sglang.launch_server", "--model-path", facts.hub!.repo],
    }[track.engine];
    expect([id, words.slice(0, start.length)]).toEqual([id, start]);
    expect([id, runtime.entrypoint !== undefined]).toEqual([id, track.entry === "replaced"]);
  }
});

describe("the check of Dockerfiles finds", () => {
  const sha = "4".repeat(64);
  test.each<[string, string, string[]]>([
    ["what is no instruction", "FROM a:1\nRNU x\n", ["line 2: RNU is no instruction."]],
    ["no base", "RUN x\n", ["there is no FROM."]],
    [
      "a base that moves",
      "FROM a:latest\n",
      ['its base "a:latest" is not pinned.', "line 1: `latest` is another thing tomorrow."],
    ],
    ["a base without a tag", "ARG BASE=a\nFROM $BASE\n", ['its base "a" is not pinned.']],
    ["an argument without a value", "FROM a:1\nARG X\nRUN echo $X\n", ["image.yaml gives X no value."]],
    ["an argument that nothing uses", "FROM a:1\nARG X=1\n", ["ARG X is not used."]],
    ["a variable that nothing sets", "FROM a:1\nRUN echo $X\n", ["X is set nowhere."]],
    ["a mount of BuildKit", "FROM a:1\nRUN --mount=type=cache,target=/x y\n", ["line 2: --mount needs BuildKit."]],
    ["a here-document", "FROM a:1\nRUN cat <<EOF && x\n", ["line 2: a here-document needs BuildKit."]],
    ["a script from the network", "FROM a:1\nRUN curl https://x.y/z.sh | sh\n", ["line 2: runs what it downloads."]],
    [
      "a download without a checksum",
      "FROM a:1\nADD https://x.y/z.bin /\n",
      ["line 2: z.bin is not checked by its SHA-256."],
    ],
    [
      "a clone of what is there today",
      "FROM a:1\nRUN git clone https://x.y/z\n",
      ["line 2: a clone is not of a commit or release that an argument names."],
    ],
  ])("%s", (_, text, faults) => {
    expect(dockerfileFaults(text, {})).toEqual(faults);
  });

  test("an argument that the Dockerfile does not have, or that moves", () => {
    expect(dockerfileFaults("FROM a:1\n", { X: "1" })).toEqual(["there is no ARG X."]);
    const moving = "FROM a:1\nARG REF\nRUN echo $REF\n";
    expect(dockerfileFaults(moving, { REF: "main" })).toEqual(["REF is main, which is another thing tomorrow."]);
  });

  test("nothing where a download is checked", () => {
    const checked = `FROM a:1\nADD https://x.y/z.bin /opt/\nRUN cd /opt && echo "${sha}  z.bin" | sha256sum --check -\n`;
    expect(dockerfileFaults(checked, {})).toEqual([]);
  });
});

describe("docs/images.md", () => {
  const page = readFileSync(new URL("../../docs/images.md", import.meta.url), "utf8");

  test.each(all)("says of %s which image it is, how it is got and under which license", (name, track) => {
    const row = page.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? "";
    const [, , image, , how, license] = row.split("|").map((cell) => cell.trim());
    expect(image).toBe(`\`${track.image.split("@")[0]}\``);
    expect(how).toMatch(track.source === "build" ? /^built/ : /^pulled/);
    expect(how!.includes("login")).toBe(track.registryLogin !== undefined);
    expect(license).toBe(track.license.replace(/ \(NVIDIA Deep Learning Container License\)$/, ""));
  });
});
