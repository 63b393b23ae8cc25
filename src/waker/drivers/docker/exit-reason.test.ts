import { expect, test } from "vitest";
import { type EndContext, type EndState, exitReason } from "./exit-reason.ts";

const state: EndState = { Status: "exited", OOMKilled: false, ExitCode: 0, Error: "" };
const context: EndContext = { stopped: false, foreignSignal: null, kernelKills: 0 };

test.each<[Partial<EndState>, Partial<EndContext>, string]>([
  [{}, {}, "exited by itself with code 0"],
  [{ ExitCode: 1 }, {}, "exited with code 1"],
  [{ ExitCode: 1, Error: "device is gone" }, {}, "exited with code 1 (device is gone)"],
  [{ ExitCode: 127 }, {}, "could not run its command (code 127): see its log"],
  [{ ExitCode: 137, OOMKilled: true }, {}, "was killed by the kernel: out of memory (its container's limit)"],
  [
    { ExitCode: 1, OOMKilled: true },
    {},
    "exited with code 1 after the kernel had killed one of its processes: out of memory",
  ],
  [{ ExitCode: 137 }, { kernelKills: 1 }, "was killed by the kernel: the machine is out of memory"],
  [{ ExitCode: 137 }, { foreignSignal: 9, kernelKills: 1 }, "was stopped from outside with SIGKILL"],
  [{ ExitCode: 137 }, { kernelKills: null }, "was killed by SIGKILL, which Hearth did not send"],
  [{ ExitCode: 139 }, {}, "was ended by SIGSEGV"],
  [{ ExitCode: 0 }, { stopped: true }, "was stopped"],
  [{ ExitCode: 137, OOMKilled: true }, { stopped: true }, "was stopped with SIGKILL"],
  [
    { Status: "created", ExitCode: 128, Error: "port is already allocated" },
    {},
    "could not be started: port is already allocated",
  ],
])("%j, %j: %s", (changed, known, text) => {
  expect(exitReason({ ...state, ...changed }, { ...context, ...known }).text).toBe(text);
});

test("a code above 128 is a signal", () => {
  expect(exitReason({ ...state, ExitCode: 143 }, context)).toMatchObject({ code: 143, signal: "SIGTERM" });
  expect(exitReason({ ...state, ExitCode: 255 }, context)).toMatchObject({ code: 255, signal: "signal 127" });
  expect(exitReason({ ...state, ExitCode: 2 }, context)).toMatchObject({ code: 2, signal: null });
});
