import { expect, test } from "vitest";
import { DaemonFailure, failureOf } from "./failure.ts";

const from = (raw: object) => failureOf(raw, "start container a", "unix:///docker.sock");

test.each<[object, DaemonFailure["kind"], RegExp]>([
  [{ code: "ENOENT", message: "connect ENOENT" }, "unreachable", /Start it with `sudo systemctl start docker`/],
  [{ code: "EACCES", message: "connect EACCES" }, "forbidden", /no permission on unix:.*usermod -aG docker/],
  [{ statusCode: 403, json: { message: "refused: x" } }, "forbidden", /: refused: x\.$/],
  [{ statusCode: 401, json: { message: "wants its token" } }, "forbidden", /: wants its token\.$/],
  [{ statusCode: 404, json: { message: "No such container: a" } }, "not-found", /: No such container: a\.$/],
  [{ statusCode: 500, json: { message: "driver failed: port is already allocated" } }, "port-taken", /ss -ltnp/],
  [
    { statusCode: 500, json: { message: 'could not select device driver "" with capabilities: [[gpu]]' } },
    "no-gpu-support",
    /Install the NVIDIA container toolkit/,
  ],
  [
    {
      statusCode: 500,
      json: {
        message:
          "nvidia-container-cli: requirement error: unsatisfied condition: cuda>=13.0, please update your driver to a newer version",
      },
    },
    "old-driver",
    /Update the NVIDIA driver/,
  ],
  [{ statusCode: 502, json: { message: "the daemon does not answer" } }, "unreachable", /systemctl start docker/],
  [{ statusCode: 304 }, "not-modified", /Could not start container a/],
  [{ statusCode: 500, json: { message: "something else." } }, "other", /: something else\.$/],
])("%j is %s", (raw, kind, message) => {
  const failure = from(raw);
  expect(failure.kind).toBe(kind);
  expect(failure.message).toMatch(/^Could not start container a: /);
  expect(failure.message).toMatch(message);
});

test("a failure that is explained already stays as it is", () => {
  const first = new DaemonFailure("late", "text", "");
  expect(failureOf(first, "do another thing", "x")).toBe(first);
});
