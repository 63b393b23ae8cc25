import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ConfigError, type ConfigIssue } from "./issue.ts";
import { loadConfig, parseConfig } from "./load.ts";
import { loadHome } from "./load-home.ts";

const home = { HOME: "/home/ann" };
const parse = (text: string, env: Record<string, string> = {}) =>
  parseConfig(text, "/etc/hearth.yaml", { cwd: "/srv", env: { ...home, ...env } }).config;

function faults(text: string, env: Record<string, string> = {}): ConfigIssue[] {
  try {
    parse(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

test("nothing at all is a configuration", () => {
  expect(parse("")).toMatchObject({
    home: "/home/ann/.local/share/hearth",
    listen: { host: "127.0.0.1", port: 8009 },
    driver: "auto",
    memory: { budget: "auto", floor: "auto" },
    policy: { idleStop: 1200, hold: { streaming: 1800, buffered: 240 }, maxWait: 900 },
    keys: [],
    models: [],
  });
});

test("sizes and durations are understood; keys with nothing behind them are absent", () => {
  const config = parse("memory: { budget: 10GB, floor: 8GiB }\npolicy:\n  idleStop: 1h30m\n  hold:\nkeys:\nmodels:\n");
  expect(config.memory).toEqual({ budget: 10e9, floor: 8 * 1024 ** 3 });
  expect(config.policy.idleStop).toBe(5400);
});

test.each([
  ["0.0.0.0:80", { host: "0.0.0.0", port: 80 }],
  ["'[::1]:8009'", { host: "::1", port: 8009 }],
  ["9000", { host: "127.0.0.1", port: 9000 }],
])("listen: %s", (text, listen) => {
  expect(parse(`listen: ${text}`).listen).toEqual(listen);
});

test("a wrong key is named with its place and the one that was meant", () => {
  expect(faults("policy:\n  idelStop: 20m\n")).toEqual([
    {
      file: "/etc/hearth.yaml",
      line: 2,
      column: 3,
      length: 8,
      path: "policy.idelStop",
      message: "unknown key.",
      nearest: "idleStop",
    },
  ]);
});

test.each([
  [
    "policy: { idleStop: 20 }",
    1,
    21,
    "expected a duration such as 500ms, 240s, 20m or 1h30m (0 without a unit), got 20.",
  ],
  ["listen: here", 1, 9, "expected an address such as"],
  ["listen: 127.0.0.1:99999", 1, 9, "expected an address such as"],
  ["driver: dokcer", 1, 9, 'expected one of auto, process, docker, got "dokcer".'],
  ["memory: 8GiB", 1, 9, 'expected keys with values, got "8GiB".'],
  ["memory:\n  floor: 8 gigs", 2, 10, 'expected auto, or a size such as 8GiB, 10GB or 64MiB, got "8 gigs".'],
  ["limits: { queue: 0 }", 1, 18, "expected at least 1, got 0."],
  ["keys:\n  - hash: abc\n    name: x", 2, 11, "expected `sha256:` and 64"],
  ["keys: [{ name: ann }]", 1, 8, "missing: text is needed."],
  ["- a\n- b", 1, 1, "expected keys with values, got a list."],
  ["models:\n  - context: 5", 2, 5, "needs `use` (a model of the catalog) or `id` (a model of its own)."],
  ["models:\n  - id: chat", 2, 9, '"chat" is reserved: "chat" is the name of a route.'],
  [
    "models:\n  - id: a\n    runtime: { kind: embedded, command: [x] }",
    3,
    41,
    "does not belong to a runtime of kind embedded.",
  ],
  [
    "models:\n  - use: a\n    weights: { sources: [{ kind: hubb }] }",
    3,
    34,
    'expected one of file, hub, pypi, got "hubb".',
  ],
  ["listen: 1\nlisten: 2", 2, 1, "Map keys must be unique."],
  ["listen: [", 1, 10, "must be sufficiently indented and end with a ]"],
  ["a: &x [*x, *x]\nb: *y", 2, 4, "There is no anchor &y before this alias"],
])("%j", (text, line, column, message) => {
  const found = faults(text).map((fault) => ({ line: fault.line, column: fault.column, message: fault.message }));
  expect(found).toContainEqual({ line, column, message: expect.stringContaining(message) });
});

test.each([
  [
    "{ hours: Mon-Fri 7-18 }",
    30,
    "models[0].warm.hours",
    'expected hours of the week such as Mon-Fri 7:30-18:00, Sat 9:00-12:00, got "Mon-Fri 7-18".',
  ],
  [
    '{ hours: "9:00-17:00", zone: Europa/Berlin }',
    50,
    "models[0].warm.zone",
    'expected the name of a time zone such as Europe/Berlin, got "Europa/Berlin".',
  ],
  ["later", 21, "models[0].warm", /^expected `start`, or `\{ hours: .* got "later"\.$/],
])("warm: %s is refused where it is wrong, with what was expected", (written, column, path, message) => {
  const expected = typeof message === "string" ? message : expect.stringMatching(message);
  expect(faults(`models:\n  - { use: a, warm: ${written} }\n`)).toEqual([
    expect.objectContaining({ line: 2, column, path, message: expected }),
  ]);
});

test("hours in which a model is warm are understood", () => {
  const { models } = parse(
    'models: [{ use: a, warm: { hours: "Mon 8:00-9:00", zone: UTC } }, { use: b, warm: start }]',
  );
  expect(models.map(({ fields }) => fields.warm)).toEqual([{ ranges: [{ from: 480, to: 540 }], zone: "UTC" }, "start"]);
});

test("every fault is told at once", () => {
  const text = "lisen: 1\npolicy:\n  idleStop: soon\n  whenBusy: wait\n";
  expect(faults(text).map(({ path, nearest }) => [path, nearest])).toEqual([
    ["policy.idleStop", undefined],
    ["policy.whenBusy", undefined],
    ["lisen", "listen"],
  ]);
});

test("a name that is given twice is refused with the place of the first", () => {
  const hash = (digit: string) => `sha256:${digit.repeat(64)}`;
  const text = `keys:\n  - { name: ann, hash: "${hash("a")}" }\n  - { name: ann, hash: "${hash("b")}" }\n`;
  expect(faults(text)).toEqual([
    expect.objectContaining({
      line: 3,
      column: 13,
      path: "keys[1].name",
      message: "the same name as keys[0] in line 2.",
    }),
  ]);
});

test("the environment wins over the file", () => {
  const config = parse("listen: 127.0.0.1:1\npolicy: { idleStop: 1m, whenBusy: reject }\n", {
    HEARTH_LISTEN: "127.0.0.1:2",
    HEARTH_POLICY_IDLE_STOP: "0",
    HEARTH_POLICY_HOLD_BUFFERED: "5s",
    HEARTH_LIMITS_QUEUE: "7",
    HEARTH_CORS_ORIGINS: "https://a.example, https://b.example",
    HEARTH_MODELS: "one,two",
    HEARTH_HOME: "state",
  });
  expect(config.listen.port).toBe(2);
  expect(config.policy).toMatchObject({ idleStop: 0, whenBusy: "reject", hold: { buffered: 5 } });
  expect(config.limits.queue).toBe(7);
  expect(config.cors.origins).toEqual(["https://a.example", "https://b.example"]);
  expect(config.models.map(({ use }) => use)).toEqual(["one", "two"]);
  expect(config.home).toBe("/srv/state");
});

test("a wrong value in the environment is told by the variable's name", () => {
  expect(faults("", { HEARTH_POLICY_MAX_WAIT: "long" })).toEqual([
    expect.objectContaining({ file: "$HEARTH_POLICY_MAX_WAIT", path: "policy.maxWait" }),
  ]);
});

test("a HEARTH_ variable that nobody reads is a warning with the nearest name", () => {
  const { warnings } = parseConfig("", null, { cwd: "/", env: { HEARTH_POLICY_IDLESTOP: "5m", HEARTH_CONFIG: "x" } });
  expect(warnings).toEqual([
    "HEARTH_POLICY_IDLESTOP is set, but Hearth knows no such variable. Did you mean HEARTH_POLICY_IDLE_STOP?",
  ]);
});

test("HEARTH_API_KEY, or else VLLM_API_KEY, is the first key and may do everything", () => {
  const text = `keys: [{ name: ann, hash: "sha256:${"a".repeat(64)}" }]`;
  const [first, second] = parse(text, { HEARTH_API_KEY: "abc", VLLM_API_KEY: "other" }).keys;
  expect(first).toMatchObject({ name: "environment", role: "admin", models: ["*"] });
  expect(first?.hash).toBe("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(second).toMatchObject({ name: "ann", role: "user", models: ["*"], priority: "interactive" });
  expect(parse("", { VLLM_API_KEY: "abc" }).keys[0]?.hash).toBe(first?.hash);
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-config-"));
  for (const name of ["work", "state", "other"]) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the file is sought in the working directory, then in the state directory; --config and HEARTH_CONFIG name one", () => {
  const env = { ...home, HEARTH_HOME: join(folder, "state") };
  const file = (name: string) => join(folder, name, "hearth.yaml");
  const read = (options = {}) => loadConfig({ cwd: join(folder, "work"), env, ...options }).config.file;
  expect(read()).toBeNull();
  writeFileSync(file("state"), "");
  expect(read()).toBe(file("state"));
  writeFileSync(file("work"), "home: ../other\n");
  expect(read()).toBe(file("work"));
  writeFileSync(file("other"), "");
  expect(read({ env: { ...env, HEARTH_CONFIG: "../other/hearth.yaml" } })).toBe(file("other"));
  expect(read({ env: { ...env, HEARTH_CONFIG: "/nowhere" }, file: file("other") })).toBe(file("other"));
  expect(loadConfig({ cwd: join(folder, "work"), env: home }).config.home).toBe(join(folder, "other"));
});

test("commands find the same home as the server, also while another option of its file is wrong", () => {
  const file = join(folder, "work", "hearth.yaml");
  const options = { cwd: join(folder, "work"), env: home };
  const same = (changes: object = {}) => {
    const found = loadHome({ ...options, ...changes });
    expect(loadConfig({ ...options, ...changes }).config.home).toBe(found);
    return found;
  };
  expect(same()).toBe("/home/ann/.local/share/hearth");
  writeFileSync(file, "home: ../other\n");
  expect(same()).toBe(join(folder, "other"));
  expect(same({ env: { ...home, HEARTH_HOME: "here" } })).toBe(join(folder, "work", "here"));
  expect(same({ cwd: folder, file: "work/hearth.yaml" })).toBe(join(folder, "other"));
  writeFileSync(file, "home: ../other\npolcy: {}\n");
  expect(loadHome(options)).toBe(join(folder, "other"));
  writeFileSync(file, "home: [");
  expect(() => loadHome(options)).toThrow(ConfigError);
});

test("a file that was asked for must exist", () => {
  const load = () => loadConfig({ cwd: folder, env: home, file: "nowhere.yaml" });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(`${join(folder, "nowhere.yaml")}:1:1: there is no such file.`);
});

/** Text that is nearly, or not at all, a configuration. */
const almostYaml = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ..."policy: |models:|keys:|listen: |memory: |home: |  idleStop: |  - use: |  - id: |    runtime: |&a |*a |!!set |<<: |? |: |- |[ |] |{ |} |# |\"|'|>|%YAML 1.1\n|---\n|...\n|\t|__proto__: |constructor: |null|~|0|20m|8GiB|1e999|.nan".split(
            "|",
          ),
        ),
        fc.constantFrom("\n", " ", "\n  ", "\r\n", "\u2028", "\0"),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join("")),
  fc.json({ maxDepth: 4 }),
  fc
    .dictionary(
      fc.constantFrom("policy", "models", "keys", "listen", "memory", "home", "cors", "limits", "log", "driver"),
      fc.jsonValue(),
    )
    .map((value) => JSON.stringify(value)),
);

test("any text is a configuration, or refused with the place of every fault", () => {
  fc.assert(
    fc.property(almostYaml, (text) => {
      let issues: ConfigIssue[];
      try {
        parse(text);
        return;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        issues = error.issues;
      }
      expect(issues.length).toBeGreaterThan(0);
      const lines = text.split("\n");
      for (const { file, line, column, length, message } of issues) {
        expect(file).toBe("/etc/hearth.yaml");
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        expect(length).toBeGreaterThan(0);
        expect(message).not.toBe("");
      }
    }),
    { numRuns: 2000 },
  );
});
