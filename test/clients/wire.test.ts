/**
 * What the coding agents say on the wire in one real session: an MCP server's tool, a picture, a PDF, a sub-agent and an
 * edit. The record is compared with the files of `wire/`; after a new version of an agent, look at what has changed and
 * write them anew with `npx vitest run --project clients test/clients/wire.test.ts -u`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect } from "vitest";
import { connectedFolders } from "./support/agent-folders.ts";
import type { AgentCommand } from "./support/agent-run.ts";
import { pixel, type ScriptedHearth, test } from "./support/clients-test.ts";
import { installed, type Packages } from "./support/packages.ts";

const node = process.execPath;
const script = fileURLToPath(new URL("./support/mcp-notes.mjs", import.meta.url));

type Call = { name: string; arguments: object };

interface Session {
  agent: "claude-code" | "codex" | "opencode";
  prepare?(cwd: string): void;
  command(packages: Packages, key: string): AgentCommand;
  /** Its own tool calls, one a turn. */
  calls(cwd: string): Call[];
}

const task = "Say hello as a sub-agent";

const sessions: Session[] = [
  {
    agent: "claude-code",
    prepare(cwd) {
      const servers = { mcpServers: { notes: { command: node, args: [script] } } };
      writeFileSync(join(cwd, "mcp.json"), JSON.stringify(servers));
    },
    command: ({ program }) => ({
      program,
      args: ["--print", "--mcp-config", "mcp.json", "--dangerously-skip-permissions", "--", "Do it all"],
      env: { DISABLE_AUTOUPDATER: "1", IS_SANDBOX: "1" },
    }),
    calls: (cwd) => [
      { name: "mcp__notes__read_note", arguments: { name: "shopping" } },
      { name: "Read", arguments: { file_path: join(cwd, "image.png") } },
      { name: "Read", arguments: { file_path: join(cwd, "paper.pdf") } },
      { name: "Agent", arguments: { description: "hello", prompt: task, subagent_type: "general-purpose" } },
      { name: "Write", arguments: { file_path: join(cwd, "poem.txt"), content: "The sea is wide.\n" } },
    ],
  },
  {
    agent: "codex",
    command: ({ program }, key) => ({
      program,
      args: [
        ...["exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", "--enable", "multi_agent"],
        ...["-c", `mcp_servers.notes.command=${JSON.stringify(node)}`],
        ...["-c", `mcp_servers.notes.args=${JSON.stringify([script])}`],
        ...["--", "Do it all"],
      ],
      env: { HEARTH_CLIENT_KEY: key },
    }),
    calls: (cwd) => [
      { name: "mcp__notes__read_note", arguments: { name: "shopping" } },
      { name: "view_image", arguments: { path: join(cwd, "image.png") } },
      { name: "exec_command", arguments: { cmd: `echo 'The sea is wide.' > '${join(cwd, "poem.txt")}'` } },
    ],
  },
  {
    agent: "opencode",
    prepare(cwd) {
      const mcp = { notes: { type: "local", command: [node, script] } };
      writeFileSync(join(cwd, "opencode.json"), JSON.stringify({ mcp }));
    },
    command: ({ program }) => ({
      program,
      args: ["run", "--", "Do it all"],
      env: { OPENCODE_DISABLE_AUTOUPDATE: "1", OPENCODE_DISABLE_MODELS_FETCH: "1", OPENCODE_DISABLE_LSP_DOWNLOAD: "1" },
    }),
    calls: (cwd) => [
      { name: "notes_read_note", arguments: { name: "shopping" } },
      { name: "read", arguments: { filePath: join(cwd, "image.png") } },
      { name: "read", arguments: { filePath: join(cwd, "paper.pdf") } },
      { name: "task", arguments: { description: "hello", prompt: task, subagent_type: "general" } },
      { name: "write", arguments: { filePath: join(cwd, "poem.txt"), content: "The sea is wide.\n" } },
    ],
  },
];

describe("a whole session", () => {
  for (const session of sessions) {
    const connected = connectedFolders(session.agent);
    test(`of ${session.agent}`, async ({ scripted, skip }) => {
      const packages = await installed(session.agent);
      if ("missing" in packages) return skip(packages.missing);
      const hearth = await scripted({ context: 131_072 });
      const { cwd, run } = await connected(hearth);
      writeFileSync(join(cwd, "image.png"), pixel);
      writeFileSync(join(cwd, "paper.pdf"), paper);
      session.prepare?.(cwd);
      hearth.play({
        turns: [...session.calls(cwd).map((call) => ({ tokens: 0, calls: [call] })), { say: "finished", tokens: 1 }],
        others: [{ saying: task, turns: [{ say: "hello", tokens: 1 }] }],
        plain: { say: "title", tokens: 1 },
      });
      const agent = run(session.command(packages, hearth.key));
      expect((await agent.ends()).code, agent.log).toBe(0);
      expect(agent.log).toContain("finished");
      expect(readFileSync(join(cwd, "poem.txt"), "utf8")).toBe("The sea is wide.\n");
      await expect(`${JSON.stringify(await recordOf(hearth), null, 2)}\n`).toMatchFileSnapshot(
        `wire/${session.agent}.json`,
      );
    });
  }
});

/** Kinds of requests, not how many: titles and probes come as they like. */
async function recordOf(hearth: ScriptedHearth): Promise<object> {
  const { requests } = (await hearth.server.get("/hearth/v1/requests?limit=1000")).json;
  const kinds = requests.map(({ route, status, problem, streaming, fixups }: Record<string, unknown>) =>
    JSON.stringify({ route, status, problem, streaming, fixups }),
  );
  const sent = hearth.sent();
  const conversation = sent.toSorted((a, b) => (a.body.messages?.length ?? 0) - (b.body.messages?.length ?? 0)).at(-1)!;
  return {
    requests: [...new Set<string>(kinds)].sort().map((kind) => JSON.parse(kind)),
    engine: {
      paths: [...new Set(sent.map(({ path }) => path))].sort(),
      conversation: conversation.body.messages.map(shapeOf).filter(isNoReminder),
    },
  };
}

/** An agent slips in its own reminders at moments that nobody can foretell. */
function isNoReminder(shape: string, index: number): boolean {
  return index <= 1 || !/^user( text)+$/.test(shape);
}

// biome-ignore lint/suspicious/noExplicitAny: messages of every shape
function shapeOf({ role, content, tool_calls: calls }: any): string {
  const parts = typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []);
  const said = parts.map(({ type, text = "" }: { type: string; text?: string }) => {
    const marked = /\[[^\]]*(?:cannot|no model here can)[^\]]*\]/.exec(text)?.[0];
    return marked ?? (text.includes("buy milk") ? "the note" : type);
  });
  const called = (calls ?? []).map((call: { function: { name: string } }) => `calls ${call.function.name}`);
  return [role, ...said, ...called].join(" ");
}

/** One page that says nothing. */
const paper = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000053 00000 n 
0000000102 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
162
%%EOF
`;
