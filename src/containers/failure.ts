/** What the daemon's errors mean, and what to do about them. */
import { newerDriver } from "../domain/newer-driver.ts";

/** An error of dockerode: an HTTP status of the daemon, or a system error of the connection. */
interface RawError {
  statusCode?: number;
  json?: { message?: string };
  code?: string;
  message?: string;
}

export type FailureKind =
  | "unreachable" // no daemon
  | "forbidden" // no permission on the socket, refused by the guard, or without its token
  | "not-found"
  | "conflict"
  | "not-modified" // it is as it should be already
  | "port-taken"
  | "no-gpu-support"
  | "old-driver" // the image's CUDA wants a newer one
  | "no-image" // neither here nor where it should come from
  | "foreign-image" // for processors of another kind
  | "disk-full"
  | "no-login" // the registry wants one
  | "no-network" // the registry cannot be reached
  | "late" // no answer in time
  | "other";

/** These say nothing about the model whose container was to start. */
const outsideKinds = new Set<FailureKind>([
  "unreachable",
  "forbidden",
  "no-gpu-support",
  "old-driver",
  "no-image",
  "foreign-image",
  "disk-full",
  "no-login",
  "no-network",
  "late",
]);

export class DaemonFailure extends Error {
  readonly kind: FailureKind;
  /** It has nothing to do with the model: see domain/outside.ts. */
  readonly outside: boolean;
  /** The daemon's own words. */
  readonly said: string;

  constructor(kind: FailureKind, message: string, said: string, cause?: unknown) {
    super(message, { cause });
    this.name = "DaemonFailure";
    this.kind = kind;
    this.outside = outsideKinds.has(kind);
    this.said = said;
  }
}

/** `what` completes "could not". */
export function failureOf(error: unknown, what: string, address: string): DaemonFailure {
  if (error instanceof DaemonFailure) return error;
  const raw = error as RawError;
  const said = (raw.json?.message ?? raw.message ?? String(error)).trim();
  const kind = kindOf(raw, said);
  return new DaemonFailure(kind, `Could not ${what}: ${explain(kind, said, address)}`, said, error);
}

const portTaken = /port is already allocated|address already in use/i;
const oldDriver = /unsatisfied condition: (cuda\S*|driver\S*)|update your driver to a newer version/i;
const noGpuSupport = /could not select device driver|nvidia-container|unresolvable CDI devices/i;
export const diskFull = /no space left on device|disk quota exceeded/i;
const noPermission = /EACCES|EPERM/;

function kindOf({ statusCode, code }: RawError, said: string): FailureKind {
  if (statusCode === undefined) return noPermission.test(code ?? "") ? "forbidden" : "unreachable";
  if (portTaken.test(said)) return "port-taken";
  if (oldDriver.test(said)) return "old-driver";
  if (noGpuSupport.test(said)) return "no-gpu-support";
  if (diskFull.test(said)) return "disk-full";
  const byStatus: Record<number, FailureKind> = {
    304: "not-modified",
    401: "forbidden",
    403: "forbidden",
    404: "not-found",
    409: "conflict",
    502: "unreachable",
  };
  return byStatus[statusCode] ?? "other";
}

function explain(kind: FailureKind, said: string, address: string): string {
  const sentence = said.endsWith(".") ? said : `${said}.`;
  switch (kind) {
    case "unreachable":
      return `Docker does not answer at ${address} (${said}). Start it with \`sudo systemctl start docker\`.`;
    case "forbidden":
      return noPermission.test(said)
        ? `no permission on ${address}. Run \`sudo usermod -aG docker $USER\` and log in again.`
        : sentence;
    case "port-taken":
      return `its port is taken (${said}). \`ss -ltnp\` shows by whom.`;
    case "no-gpu-support":
      return (
        `Docker cannot pass a GPU on (${said}). Install the NVIDIA container toolkit, run ` +
        "`sudo nvidia-ctk runtime configure --runtime=docker` and `sudo systemctl restart docker`."
      );
    case "old-driver":
      return `${sentence} ${newerDriver}`;
    default:
      return sentence;
  }
}
