/**
 * Which repositories have been fetched whole, so that no start of an engine looks for them again. Whoever takes one
 * away behind our back has its engine fetch it.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { weightsFolder } from "./kept-files.ts";

interface Fetched {
  place: string;
  repo: string;
  revision: string | null;
}

export interface FetchedRepositories {
  /** `place`: the volume or folder that it lies in. */
  has(place: string, wanted: Pick<Fetched, "repo" | "revision">): Promise<boolean>;
  add(place: string, wanted: Pick<Fetched, "repo" | "revision">): Promise<void>;
  forget(repo: string): Promise<void>;
}

export function fetchedRepositories(home: string): FetchedRepositories {
  const folder = join(weightsFolder(home), ".state");
  const file = join(folder, "repositories.json");

  async function all(): Promise<Fetched[]> {
    try {
      return JSON.parse(await readFile(file, "utf8"));
    } catch {
      // None yet, or cut short by a crash: they are looked for once more.
      return [];
    }
  }

  async function write(fetched: Fetched[]): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, JSON.stringify(fetched));
    await rename(`${file}.new`, file);
  }

  const isSame =
    (place: string, { repo, revision }: Pick<Fetched, "repo" | "revision">) =>
    (one: Fetched) =>
      one.place === place && one.repo === repo && one.revision === revision;

  return {
    has: async (place, wanted) => (await all()).some(isSame(place, wanted)),
    async add(place, wanted) {
      const others = (await all()).filter((one) => !isSame(place, wanted)(one));
      await write([...others, { place, repo: wanted.repo, revision: wanted.revision }]);
    },
    forget: async (repo) => write((await all()).filter((one) => one.repo !== repo)),
  };
}
