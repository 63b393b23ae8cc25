/** The control API as the page uses it. EventSource cannot send a key, so the event stream is read by fetch. */

const prefix = "/hearth/v1";

/** An answer that is no success; `status` 401 and 403 mean that the key is wrong. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(path, key, init = {}) {
  const answer = await fetch(prefix + path, {
    ...init,
    headers: { authorization: `Bearer ${key}` },
    cache: "no-store",
  });
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => null);
  throw new ApiError(answer.status, body?.error?.message ?? `Hearth answered ${answer.status}.`);
}

/** `action` is start, stop, pin, unpin or clear. */
export function act(key, model, action) {
  return request(`/models/${encodeURIComponent(model)}/${action}`, key, { method: "POST" });
}

/** Calls `onEvent(name, data)` for each event until the stream ends. Throws an ApiError where it is refused. */
export async function watch(key, onEvent, signal) {
  const { body } = await request("/events", key, { signal });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const frames = rest.split("\n\n");
    rest = frames.pop();
    for (const frame of frames) {
      const event = parseFrame(frame);
      if (event !== null) onEvent(event.name, event.data);
    }
  }
}

/** One server-sent event, or null for a comment. */
export function parseFrame(frame) {
  let name = "message";
  let data = "";
  for (const line of frame.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("data: ")) data += line.slice(6);
  }
  return data === "" ? null : { name, data: JSON.parse(data) };
}
