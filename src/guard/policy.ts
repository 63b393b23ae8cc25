import type { Names } from "./names.ts";

/** What engines may be made of. Whatever is not listed is refused. */
export interface Policy {
  /** Images that may be pulled, looked at and run, as the catalog writes them: `vllm/vllm-openai@sha256:...`. */
  images: Names;
  /** Of those, the ones that may be built. Who builds an image decides what is in it. */
  builds: Names;
  /** Folders and files of the host, absolute. `binds.ts` says what may be done with them. */
  binds: readonly string[];
  /** Variables that engines may have, besides those that every engine may. */
  env: Names;
  /** Images whose engines may be told to run as root. Others run as their image says, or as a number that is not 0. */
  root: Names;
  volumes: Names;
  devices: Names;
  /** Networks that an engine joins. None: it is published on 127.0.0.1 of the host instead. */
  networks: readonly string[];
}
