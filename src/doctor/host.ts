/** The machine as the checks see it: nothing here throws, and everything is bounded in time. */
import type { DaemonFacts } from "../containers/facts.ts";
import type { DaemonFailure } from "../containers/failure.ts";

export interface Host {
  /** Runs a program without a shell. */
  run(command: readonly string[]): Promise<Ran>;
  /** Null where it is not there or may not be read. */
  readFile(path: string): Promise<string | null>;
  /** Null where it is not there or may not be seen. Follows links. */
  stat(path: string): Promise<FileFacts | null>;
  /** Of the disk that the path, or the nearest folder above it that exists, is on. */
  disk(path: string): Promise<DiskFacts | null>;
  /** GET; null where nobody listens. A listener that does not speak HTTP has status 0. */
  get(url: string): Promise<{ status: number; body: string } | null>;
  /** The container daemon as DOCKER_HOST names it, else at its usual socket. */
  daemon(): Promise<DaemonFacts | DaemonFailure>;
  /** Of these images the ones that the daemon has. */
  images(names: readonly string[]): Promise<Set<string> | DaemonFailure>;
}

export interface Ran {
  /** `missing`: there is no such program. `late`: it was ended because it took too long. */
  end: "exited" | "missing" | "late";
  /** Null where it did not exit by itself. */
  code: number | null;
  out: string;
  /** Its error output. */
  err: string;
}

export interface FileFacts {
  folder: boolean;
  bytes: number;
  /** Permission bits: 0o600. */
  mode: number;
}

export interface DiskFacts {
  freeBytes: number;
  totalBytes: number;
}
