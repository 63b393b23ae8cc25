import { once } from "node:events";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { clients } from "../../connect/clients.ts";

const folder = mkdtempSync(join(tmpdir(), "hearth-connect-"));
const home = join(folder, "user");
const able = { aliases: [], description: "A model", status: "validated", lifecycle: "normal" };
const served = [
  { ...able, id: "plain", context_window: 65_536, capabilities: ["chat"] },
  { ...able, id: "narrow", context_window: 8192, capabilities: ["chat", "tools"] },
  { ...able, id: "wide", aliases: ["big"], context_window: 131_072, capabilities: ["chat", "tools", "vision"] },
  { ...able, id: "tiny", context_window: 8192, capabilities: ["chat"], lifecycle: "utility" },
  { ...able, id: "llama-3.3-70b-instruct-fp4", context_window: 131_072, capabilities: ["chat", "tools"] },
  { ...able, id: "vectors", context_window: 8192, capabilities: ["embeddings"] },
];
const server = createServer((request, response) => {
  response.statusCode = request.headers.authorization === "Bearer KEY" ? 200 : 401;
  response.end(JSON.stringify(response.statusCode === 200 ? { data: served } : { error: { message: "wrong key" } }));
});
let url: string;

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const env = { HOME: home, HEARTH_HOME: join(folder, "state") };
const connect = (...argv: string[]) => hearthCli(["connect", ...argv], { env, cwd: folder });
const withServer = (...argv: string[]) => connect(...argv, "--url", url, "--key", "KEY");

describe("hearth connect", () => {
  test("alone lists the clients", async () => {
    const { code, out } = await connect();
    expect(code).toBe(0);
    for (const { name } of clients) expect(out).toContain(`\n${name} `);
  });

  test("prints what a client needs: address, key, the server's models with their limits", async () => {
    const { code, out } = await withServer("opencode");
    expect(code).toBe(0);
    const { provider, model, small_model } = JSON.parse(out);
    expect([model, small_model]).toEqual(["hearth/wide", "hearth/tiny"]);
    expect(provider.hearth.options).toEqual({ baseURL: `${url}/v1`, apiKey: "KEY" });
    expect(provider.hearth.models.wide).toMatchObject({ limit: { context: 131_072, output: 8192 }, attachment: true });
    expect(Object.keys(provider.hearth.models)).toEqual(["narrow", "wide", "tiny"]);
  });

  test("says what goes wrong with a chosen model, and what to use instead", async () => {
    const llama = await withServer("opencode", "--model", "llama-3.3-70b-instruct-fp4");
    expect(llama.err).toMatch(/llama-3.3-70b-instruct-fp4 does not go with OpenCode: .* Use gpt-oss-20b\./);
    expect((await withServer("opencode", "--model", "narrow")).err).toContain("takes 8192 tokens; OpenCode soon needs");
    expect((await withServer("opencode", "--model", "plain")).err).toContain("calls no tools");
    expect((await withServer("aider", "--model", "big")).err).not.toContain("does not go with");
  });

  test.each([
    [["nonsense"], "There are opencode, cline"],
    [["opencod"], "Did you mean opencode?"],
    [["opencode", "--url", "spark.local"], "--url takes an address such as"],
    [["opencode", "--write"], "It needs a key: --new-key"],
    [["env", "--write", "--key", "KEY"], "has no settings file to write"],
  ])("%j is a wrong command line", async (argv, message) => {
    expect(await connect(...argv)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  test("an unknown model is answered with the nearest", async () => {
    const { code, err } = await withServer("opencode", "--model", "wied");
    expect([code, err]).toEqual([1, expect.stringContaining("Did you mean wide?")]);
  });

  test("without a server it tells of the catalog's proved models, with a placeholder for the key", async () => {
    const { code, out, err } = await connect("codex");
    expect(code).toBe(0);
    expect(out).toContain('base_url = "http://127.0.0.1:8009/v1"');
    expect(out).toContain("export HEARTH_CLIENT_KEY=YOUR_HEARTH_KEY");
    expect(err).toContain("No Hearth runs here");
  });

  test("--new-key makes a key that is named after the client", async () => {
    const key = async () => /HEARTH_CLIENT_KEY=(\S+)/.exec((await connect("codex", "--new-key")).out)![1]!;
    const [first, second] = [await key(), await key()];
    expect(first).not.toBe(second);
    const { out } = await hearthCli(["keys", "list"], { env, cwd: folder });
    expect(out).toMatch(/^codex .*\n(.*\n)*codex-2 /m);
    expect(out).not.toContain(first);
  });
});

describe("hearth connect --write", () => {
  test.each(
    clients
      .filter(({ name }) => !["env", "open-webui", "home-assistant", "jetbrains"].includes(name))
      .map(({ name }) => name),
  )("%s: twice is once, and a new file is for its owner alone", async (name) => {
    const files = async () => JSON.parse((await withServer(name, "--write", "--json")).out).written;
    const first = await files();
    expect(first.map(({ status }: { status: string }) => status)).toEqual(first.map(() => "created"));
    const texts = first.map(({ path }: { path: string }) => readFileSync(path, "utf8"));
    for (const { path } of first) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await files()).map(({ status }: { status: string }) => status)).toEqual(first.map(() => "unchanged"));
    expect(first.map(({ path }: { path: string }) => readFileSync(path, "utf8"))).toEqual(texts);
    expect(texts).toEqual(
      JSON.parse((await withServer(name, "--json")).out).files.map(({ text }: { text: string }) => text),
    );
  });

  test("keeps the user's settings, and the old file beside the new one", async () => {
    const file = join(home, ".config/opencode/opencode.jsonc");
    const before = '{\n  // mine\n  "theme": "dark",\n}\n';
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, before, { mode: 0o644 });
    const { code, err } = await withServer("opencode", "--write");
    expect(code).toBe(0);
    const [backup] = readdirSync(dirname(file)).filter((name) => /\.bak-\d{8}T\d{6}$/.test(name));
    expect(err).toContain(`(before: ${join(dirname(file), backup!)})`);
    expect(readFileSync(join(dirname(file), backup!), "utf8")).toBe(before);
    expect(readFileSync(file, "utf8")).toContain('// mine\n  "theme": "dark"');
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(existsSync(join(dirname(file), "opencode.json"))).toBe(false);
  });

  test("a link stays a link", async () => {
    const kept = join(folder, "dotfiles.json");
    writeFileSync(kept, "{}\n");
    mkdirSync(join(home, ".claude"));
    symlinkSync(kept, join(home, ".claude/settings.json"));
    expect((await withServer("claude-code", "--write")).code).toBe(0);
    expect(lstatSync(join(home, ".claude/settings.json")).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(kept, "utf8")).env.ANTHROPIC_BASE_URL).toBe(url);
  });

  test("a broken file is refused with its place; nothing is written and no key made", async () => {
    const file = join(home, ".codex/config.toml");
    mkdirSync(dirname(file));
    writeFileSync(file, 'model = "x"\nbroken =\n');
    const { code, err } = await connect("codex", "--write", "--new-key", "--model", "gpt-oss-20b");
    expect([code, err]).toEqual([1, expect.stringContaining(`${file}:2:`)]);
    expect(readFileSync(file, "utf8")).toBe('model = "x"\nbroken =\n');
    expect(readdirSync(dirname(file))).toEqual(["config.toml"]);
    expect((await hearthCli(["keys", "list"], { env, cwd: folder })).out).not.toContain("codex-3");
  });
});
