import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { hearthCli } from "../support/cli.ts";
import { withFolder } from "../support/folder.ts";

const guides = ["docs/getting-started.md", "docs/troubleshooting.md", "docs/security.md", "docs/remote-access.md"];
const textOf = (path: string) => readFileSync(path, "utf8");
const isThere = (program: string) => spawnSync("which", [program]).status === 0;

const pages = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md")];

test.each(pages)("every link of %s leads somewhere", (guide) => {
  const links = [...textOf(guide).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
  for (const link of links.filter((one) => !one.startsWith("http"))) {
    const [path, anchor] = link.split("#");
    const file = path === "" ? guide : resolve(dirname(guide), path!);
    expect(existsSync(file), link).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(file), link).toContain(anchor);
  }
});

test.each(["CONTRIBUTING.md", "docs/architecture.md", "docs/scheduler.md"])(
  "every file that %s names is there",
  (page) => {
    const named = [...textOf(page).matchAll(/`((?:src|test|scripts|docs|bench|catalog)\/[\w./-]+)`/g)].map(
      ([, path]) => path!,
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  },
);

/** As GitHub makes them. */
function anchorsOf(file: string): string[] {
  return [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

test.each(guides)("every command and option that %s names exists", async (guide) => {
  const lines = [...textOf(guide).matchAll(/(?:npx hearth|`hearth|npm run) ([a-z]+(?: [a-z]+)?)([^`#\n]*)/g)];
  expect(lines.length).toBeGreaterThan(0);
  for (const [line, words, rest] of lines) {
    const [first, second] = words!.split(" ");
    const group = first === "keys" || (first === "models" && ["choose", "show"].includes(second ?? ""));
    const name = group ? [first!, second!] : [first!];
    const { code, out } = await hearthCli([...name, "--help"]);
    expect([line, code]).toEqual([line, 0]);
    for (const [flag] of rest!.matchAll(/--[a-z][a-z-]+/g)) expect(out, line).toContain(flag);
  }
});

const block = (guide: string, start: string) => {
  const found = [...textOf(guide).matchAll(/```\w*\n([\s\S]*?)```/g)].find(([, text]) => text!.startsWith(start));
  return found![1]!;
};

test("the Caddyfile of the guide is one", async ({ skip }) => {
  if (!isThere("caddy")) skip("no caddy here");
  await withFolder(async (folder) => {
    const file = join(folder, "Caddyfile");
    writeFileSync(file, block("docs/security.md", "# Caddyfile"));
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const json = execFileSync("caddy", ["adapt", "--config", file], { encoding: "utf8", env, stdio: "pipe" });
    expect(json).toContain('"flush_interval":-1');
  });
});

test("nginx takes the guide's settings", async ({ skip }) => {
  if (!isThere("nginx") || !isThere("openssl")) skip("no nginx or no openssl here");
  await withFolder(async (folder) => {
    const files = ["-keyout", join(folder, "key"), "-out", join(folder, "pem")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", ...files], {
      stdio: "ignore",
    });
    const server = block("docs/security.md", "server {")
      .replace("/etc/ssl/hearth.pem", join(folder, "pem"))
      .replace("/etc/ssl/hearth.key", join(folder, "key"));
    const file = join(folder, "nginx.conf");
    writeFileSync(file, `pid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${server}}\n`);
    const { status, stderr } = spawnSync("nginx", ["-t", "-q", "-c", file], { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });
});
