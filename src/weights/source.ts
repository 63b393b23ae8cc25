/** What every kind of source gets and gives; one file a kind in sources/. */
import type { Resolutions } from "../domain/resolved.ts";
import type { HttpClient } from "./http-client.ts";
import type { Patience } from "./patience.ts";
import type { RemoteFile } from "./remote-file.ts";

export interface SourceContext {
  env: NodeJS.ProcessEnv;
  client: HttpClient;
  patience: Patience;
  /** An existing directory of our own, for programs that look around where they are started. */
  directory: string;
  /** Size that the file must have in the end. */
  bytes: number;
  /** Where the commits of branches are kept. Absent: a branch is what it is now. */
  resolutions?: Resolutions | undefined;
  /** Whether a file on this machine is the right one; reads all of it, once. */
  isRight: (path: string) => Promise<boolean>;
  signal: AbortSignal;
}

/** What a source has: a file on this machine that is used where it is, or one to fetch. Both are still unchecked. */
export type Offer = { kind: "local"; path: string } | RemoteOffer;

export interface RemoteOffer {
  kind: "remote";
  remote: RemoteFile;
  /** The part of the remote file that holds the weights. */
  from: number;
  to: number;
  packing: "stored" | "deflate";
  /** Changes when the remote's content does: a partial of another identity is thrown away. */
  identity: string;
  /** Called once the file has proved to be the right one. */
  whenRight?: () => Promise<void>;
}

/** A source that cannot give the file. The message ends the sentence "hub owner/name: ...". */
export class SourceFailure extends Error {
  override name = "SourceFailure";
}

/** It may have the file, but cannot be asked, or there is no room for it: see domain/outside.ts. */
export class SourceOutOfReach extends SourceFailure {
  override name = "SourceOutOfReach";
  readonly outside = true;
}

/** It gave a file, and not the right one. */
export class WrongBytes extends SourceFailure {
  override name = "WrongBytes";

  /** `what` it was, with what was expected. */
  constructor(what: string, cause?: unknown) {
    super(`gave wrong bytes: ${what}`, { cause });
  }
}
