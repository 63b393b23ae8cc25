/** What may hold a server's loop: large, deep, wide and odd requests, each as it goes over the wire. */

export interface Input {
  name: string;
  /** Of the route. */
  path: string;
  contentType: string;
  headers?: string;
  body: () => Buffer;
}

const json = "application/json";
const chat = "/v1/chat/completions";
const MB = 1024 * 1024;

export const inputs: Input[] = [
  { name: "2 million members", path: chat, contentType: json, body: () => wide(2_000_000) },
  { name: "190,000 members, translated", path: "/v1/messages", contentType: json, body: () => messages(47_000, 1) },
  { name: "60 MB in one string", path: chat, contentType: json, body: () => messages(1, 60 * MB) },
  { name: "8 MB in one string, translated", path: "/v1/messages", contentType: json, body: () => messages(1, 8 * MB) },
  {
    name: "60 MB in one string, translated",
    path: "/v1/messages",
    contentType: json,
    body: () => messages(1, 60 * MB),
  },
  { name: "60 MB of prose", path: chat, contentType: json, body: () => text("lorem ipsum ".repeat(5 * MB)) },
  { name: "60 MB and a null", path: chat, contentType: json, body: () => text("x".repeat(60 * MB), '"seed":null,') },
  {
    name: "20 MB of a picture in the history",
    path: chat,
    contentType: json,
    body: () => history(`data:image/png;base64,${"A".repeat(20 * MB)}`),
  },
  {
    name: "190,000 elements that are no messages",
    path: "/v1/messages",
    contentType: json,
    body: () => Buffer.from(`{"model":"bench","max_tokens":5,"messages":[${Array(190_000).fill(0).join(",")}]}`),
  },
  { name: "4 MB of [", path: chat, contentType: json, body: () => Buffer.alloc(4 * MB, "[") },
  { name: "8 MB of unicode escapes", path: chat, contentType: json, body: () => text("\\u00e4".repeat(1_400_000)) },
  { name: "60 MB of spaces", path: chat, contentType: json, body: () => Buffer.alloc(60 * MB, " ") },
  {
    name: "60 MB of line ends, broken at the end",
    path: chat,
    contentType: json,
    body: () => Buffer.alloc(60 * MB, "\n"),
  },
  {
    name: "a million parts of a form",
    path: "/v1/audio/transcriptions",
    contentType: "multipart/form-data; boundary=b",
    body: () => Buffer.from("--b\r\n\r\n\r\n".repeat(1_000_000)),
  },
  {
    name: "15 KB of spaces in Connection",
    path: chat,
    contentType: json,
    headers: `connection: keep-alive,${" ".repeat(15_000)}x\r\n`,
    body: () => messages(1, 10),
  },
];

function wide(members: number): Buffer {
  return Buffer.from(`{${Array.from({ length: members }, (_, index) => `"a${index}":1`).join(",")}}`);
}

function messages(count: number, length: number): Buffer {
  const content = "x".repeat(length);
  const said = Array.from({ length: count }, (_, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
  return Buffer.from(JSON.stringify({ model: "bench", max_tokens: 5, messages: said }));
}

/** `members`: more of the request, each with its comma. */
function text(escaped: string, members = ""): Buffer {
  return Buffer.from(`{"model":"bench",${members}"messages":[{"role":"user","content":"${escaped}"}]}`);
}

function history(url: string): Buffer {
  const shown = { role: "user", content: [{ type: "image_url", image_url: { url } }] };
  const said = [
    { role: "assistant", content: "A dot." },
    { role: "user", content: "Thanks." },
  ];
  return Buffer.from(JSON.stringify({ model: "bench", max_tokens: 5, messages: [shown, ...said] }));
}
