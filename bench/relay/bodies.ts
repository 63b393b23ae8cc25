/** Request bodies of the bench, and the sign in them by which the stub engine knows what to answer. */

/** A chat request of `bytes` bytes for a whole answer. `model` comes last, as the Python SDK writes it. */
export function chatBody(bytes: number, model = "bench"): Buffer {
  return padded(bytes, (text) => ({ user: "bench", messages: messages(text), temperature: 0.7, model }));
}

/** A 2 KB chat request for a stream without end: an event every `everyMs`, or with 0 as fast as they are taken. */
export function streamBody(everyMs: number, model = "bench"): Buffer {
  return padded(2048, (text) => ({ user: `stream ${everyMs}`, stream: true, messages: messages(text), model }));
}

/** Pace in milliseconds that the first bytes of a body ask for, or null where they ask for a whole answer. */
export function requestedStream(opening: string): number | null {
  const found = /^\{"user":"stream (\d+)"/.exec(opening);
  return found === null ? null : Number(found[1]);
}

function messages(text: string): object[] {
  return [
    { role: "system", content: "You are a helpful assistant." },
    { role: "user", content: text },
  ];
}

/** Prose with a line end and quotes now and then, as prompts have them. */
const paragraph =
  "A relay passes on what it is given and adds as little as it can to the way. Nobody who asks for an answer wants " +
  'to wait for the plumbing, and so they asked: "what does it cost?" Nobody knew before it was measured.\n';

/** As much text as makes the body exactly `bytes` long. */
function padded(bytes: number, build: (text: string) => object): Buffer {
  const shortest = JSON.stringify(build("")).length;
  const perRound = JSON.stringify(paragraph).length - 2;
  const rounds = Math.max(0, Math.floor((bytes - shortest) / perRound));
  const text = paragraph.repeat(rounds) + "x".repeat(Math.max(0, bytes - shortest - rounds * perRound));
  return Buffer.from(JSON.stringify(build(text)));
}

/** A whole HTTP request as it goes over the wire. */
export function requestBytes(body: Buffer, key: string): Buffer {
  const head =
    "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: bench\r\naccept: */*\r\n" +
    `authorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
