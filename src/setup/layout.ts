/** Where set-up puts things: into the state directory, or into a folder with a docker-compose.yml. */
import { join } from "node:path";

export interface Layout {
  /** `home`: Hearth runs on this machine itself. `deployment`: as containers. */
  kind: "home" | "deployment";
  /** Absolute. */
  root: string;
  /** Folders, parents first, with their modes. */
  folders: { path: string; mode: number }[];
  envFile: string;
  configFile: string;
  /** tiktoken files, for images that do not bring them. */
  encodings: string;
  /** Null where nothing is composed. */
  composeOverride: string | null;
  /** What set-up has made here, so that it can be undone. */
  manifest: string;
}

const manifestName = ".hearth-setup.json";

export function homeLayout(home: string): Layout {
  return {
    kind: "home",
    root: home,
    folders: [{ path: home, mode: 0o700 }],
    envFile: join(home, ".env"),
    configFile: join(home, "hearth.yaml"),
    encodings: join(home, "encodings"),
    composeOverride: null,
    manifest: join(home, manifestName),
  };
}

/** Containers of another user read `config`, so it is open to all. */
export function deploymentLayout(folder: string): Layout {
  const config = join(folder, "config");
  return {
    kind: "deployment",
    root: folder,
    folders: [folder, config].map((path) => ({ path, mode: 0o755 })),
    envFile: join(folder, ".env"),
    configFile: join(config, "hearth.yaml"),
    encodings: join(folder, "encodings"),
    composeOverride: join(folder, "docker-compose.override.yml"),
    manifest: join(folder, manifestName),
  };
}
