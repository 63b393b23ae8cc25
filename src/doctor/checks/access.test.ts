import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { facts } from "../../../test/support/doctor/facts.ts";
import { container, model } from "../../../test/support/model-spec.ts";
import { imagesFolder, readTracks } from "../../catalog/image-track.ts";
import { wellKnownSecret } from "../../config/access.ts";
import { config } from "./config.ts";
import { exposure } from "./exposure.ts";
import { home } from "./home.ts";
import { keys } from "./keys.ts";
import { port } from "./port.ts";
import { tokenizers } from "./tokenizers.ts";
import { weights } from "./weights.ts";

const wellKnown = createHash("sha256").update(wellKnownSecret).digest("hex");
const open = "listen: 0.0.0.0:8009\n";
const published = `keys: [{ name: ann, hash: "sha256:${wellKnown}" }]\n`;

describe("keys", () => {
  test("the well-known key is told while it works, and where somebody relies on it", async () => {
    const mend = "hearth keys create me --admin";
    expect(await keys.look(facts({}, { yaml: published }))).toMatchObject({ status: "warn", mend });
    expect(await keys.look(facts({}, { yaml: open + published }))).toMatchObject({ status: "warn", mend });
    expect(await keys.look(facts({}, { yaml: "" }))).toMatchObject({
      status: "warn",
      says: expect.stringContaining(wellKnownSecret),
      mend,
    });
  });

  test("without it, and without a key of one's own, there is the admin key", async () => {
    const revoked = { yaml: "", storedKeys: { count: 0, ever: true } };
    for (const situation of [revoked, { yaml: open }]) {
      expect(await keys.look(facts({}, situation))).toMatchObject({
        status: "pass",
        says: expect.stringContaining("hearth key"),
      });
    }
  });

  test("keys of the file and of the database are counted", async () => {
    expect(await keys.look(facts({}, { yaml: open, storedKeys: { count: 2, ever: true } }))).toEqual({
      status: "pass",
      says: "2 keys of your own.",
    });
  });
});

describe("exposure", () => {
  test("loopback is well, every network is told with the tunnel instead", async () => {
    expect(await exposure.look(facts({}))).toMatchObject({ status: "pass" });
    expect(await exposure.look(facts({}, { yaml: open }))).toMatchObject({
      status: "warn",
      says: expect.stringContaining("every network"),
      mend: expect.stringContaining("ssh -L 8009:127.0.0.1:8009"),
    });
  });
});

describe("port", () => {
  const url = "http://127.0.0.1:8009/healthz";

  test("free, ours, or taken by whom", async () => {
    expect(await port.look(facts({}))).toMatchObject({ status: "pass", says: "127.0.0.1:8009 is free." });
    const ours = { http: { [url]: '{"status":"ok","version":"0.1.0","heartbeatAgeSeconds":0.4,"queueDepth":0}' } };
    expect((await port.look(facts(ours, { server: { origin: "http://127.0.0.1:8009", pid: 71 } }))).says).toBe(
      "Hearth answers at 127.0.0.1:8009 (pid 71).",
    );
    const ss = 'LISTEN 0 511 127.0.0.1:8009 0.0.0.0:* users:(("litellm",pid=4711,fd=13))\n';
    const taken = { http: { [url]: "<html>" }, commands: { ss } };
    expect(await port.look(facts(taken))).toMatchObject({
      status: "fail",
      says: "127.0.0.1:8009 is taken by litellm (pid 4711).",
    });
  });

  test("on every network it is asked on loopback", async () => {
    expect(await port.look(facts({ http: { [url]: "no" } }, { yaml: open }))).toMatchObject({ status: "fail" });
  });
});

describe("configuration", () => {
  test("its faults, and the command that shows them all", async () => {
    const broken = { config: { faults: "hearth.yaml:1:1: polcy: unknown key.", count: 2 } };
    expect(await config.look(facts({}, broken))).toEqual({
      status: "fail",
      says: "2 faults: hearth.yaml:1:1: polcy: unknown key.",
      mend: "hearth check",
    });
    for (const check of [keys, exposure, port]) {
      expect(await check.look(facts({}, broken))).toMatchObject({ status: "skip" });
    }
  });

  test("a chosen model that is disabled is told with its reason", async () => {
    const chosen = [model("a", { status: "disabled", statusReason: "Crashes. Use `b` instead." })];
    expect((await config.look(facts({}, { chosen }))).says).toBe("a is disabled: Crashes. Use `b` instead.");
  });
});

describe("home and weights", () => {
  const path = "/home/ann/hearth";
  const spec = { file: "a.gguf", bytes: 3, sha256: "00", sources: [] };

  test("a home that others can read is told, with the mode", async () => {
    expect(await home.look(facts({ folders: { [path]: 0o700 } }))).toMatchObject({ status: "pass" });
    expect(await home.look(facts({ folders: { [path]: 0o755 } }))).toMatchObject({
      status: "warn",
      says: expect.stringContaining("mode 755"),
      mend: `chmod 700 ${path}`,
    });
  });

  test("weights count when they are there in full", async () => {
    const chosen = [model("a", { weights: spec })];
    const file = `${path}/weights/a.gguf`;
    expect(await weights.look(facts({ files: { [file]: "abc" } }, { chosen }))).toMatchObject({ status: "pass" });
    for (const files of [{}, { [file]: "ab" }]) {
      expect(await weights.look(facts({ files }, { chosen }))).toMatchObject({ status: "warn", mend: "hearth pull a" });
    }
  });
});

describe("tokenizers", () => {
  const tracks = [...readTracks(imagesFolder, []).values()];
  const own = container("gpt-oss-20b", tracks.find(({ name }) => name === "mxfp4")!.image, 25);
  const other = container("gpt-oss-20b", "vllm/vllm-openai:v0.28.0", 25);

  test("are wanted by gpt-oss models whose image does not bring them", async () => {
    expect(await tokenizers.look(facts({}, { tracks, chosen: [model("a")] }))).toMatchObject({ status: "skip" });
    expect(await tokenizers.look(facts({}, { tracks, chosen: [own] }))).toMatchObject({ status: "pass" });
    const missing = await tokenizers.look(facts({}, { tracks, chosen: [other] }));
    expect(missing).toMatchObject({ status: "fail", mend: "hearth setup" });
    expect(missing.says).toMatch(/o200k_base\.tiktoken is missing and cl100k_base\.tiktoken is missing/);
  });

  test("a damaged one is told", async () => {
    const files = { "/home/ann/hearth/encodings/o200k_base.tiktoken": "half a file" };
    expect((await tokenizers.look(facts({ files }, { tracks, chosen: [other] }))).says).toContain(
      "o200k_base.tiktoken is damaged",
    );
  });
});
