/** An MCP server over stdio with one tool, by hand: the protocol is what the agents bring along. */
import { createInterface } from "node:readline";

const tool = {
  name: "read_note",
  description: "Reads a note",
  inputSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
};

const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: "notes", version: "1" },
  }),
  "tools/list": () => ({ tools: [tool] }),
  "tools/call": ({ arguments: { name } }) => ({ content: [{ type: "text", text: `The note ${name} says: buy milk` }] }),
  ping: () => ({}),
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const result = answers[method]?.(params);
  const said = result === undefined ? { error: { code: -32601, message: `no ${method} here` } } : { result };
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...said })}\n`);
});
