/** Resolves names once, and keeps what they stood for. */
import type { Resolutions, Resolved } from "../domain/resolved.ts";
import { ResolvedFile, withResolution } from "./resolved-file.ts";

/** The commit that a branch of a repository is at now. Rejects with a reason for people. */
export type AskHub = (repo: string, branch: string, signal: AbortSignal) => Promise<string>;

/** `home`: HEARTH_HOME. Reads and writes nothing before it is asked. `say` hears what was kept, and what could not be asked. */
export function resolutionsIn(home: string, askHub: AskHub, say: (news: string) => void): Resolutions {
  const file = new ResolvedFile(home);

  async function keep(kind: keyof Resolved, name: string, is: string): Promise<void> {
    await file.update((present) => {
      if (Object.hasOwn(present[kind], name)) return null;
      return withResolution(present, kind, name, { is, since: new Date().toISOString() });
    });
  }

  async function resolve(name: string, signal: AbortSignal): Promise<void> {
    const at = name.lastIndexOf("@");
    try {
      const commit = await askHub(name.slice(0, at), name.slice(at + 1), signal);
      await keep("commits", name, commit);
      say(`${name} is at ${commit}, which is kept for later starts: \`hearth upgrade\` moves it`);
    } catch (error) {
      signal.throwIfAborted();
      say(`${name}: the engine takes what it finds, as nobody says its commit now: ${(error as Error).message}`);
    }
  }

  return {
    read: () => file.read(),
    keep,
    async resolveCommits(branches, signal) {
      if (branches.length === 0) return;
      signal.throwIfAborted();
      const { commits } = await file.read();
      const open = branches.filter((name) => !Object.hasOwn(commits, name));
      await Promise.all(open.map((name) => resolve(name, signal)));
    },
  };
}
