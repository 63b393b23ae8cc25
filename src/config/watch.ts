/** Notices that the configuration file has changed, however its editor writes. */
import { type FSWatcher, realpathSync, watch } from "node:fs";
import { dirname } from "node:path";
import { readText } from "./read-text.ts";

export interface ConfigWatch {
  close(): void;
}

/** An editor that writes in two steps, or in place, is done by then. */
const quietMs = 100;
/** A folder in which something else changes all the time is never quiet. */
const longestMs = 1000;

/**
 * Calls back whenever the text of `file` is another one. The folders of the file and of what it links to are watched,
 * not the file: editors put a new file in its place, and Kubernetes changes a link two folders away. A file that is
 * missing for a moment is waited for. Without a file nothing is watched.
 */
export function watchConfig(file: string | null, onChange: () => void): ConfigWatch {
  if (file === null) return { close() {} };
  let known = textOf(file);
  let timer: NodeJS.Timeout | undefined;
  let stirredAt: number | null = null;
  let watchers: FSWatcher[] = [];

  const look = () => {
    stirredAt = null;
    watchFolders();
    const text = textOf(file);
    if (text === null || text === known) return;
    known = text;
    onChange();
  };
  const stir = () => {
    const now = performance.now();
    stirredAt ??= now;
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(quietMs, Math.max(0, stirredAt + longestMs - now)));
  };
  function watchFolders(): void {
    for (const watcher of watchers) watcher.close();
    watchers = foldersOf(file!).flatMap((folder) => {
      try {
        // A folder that vanishes is no reason to end: the file's own folder is looked at again with the next event.
        return [watch(folder, { persistent: false }, stir).on("error", () => {})];
      } catch {
        return [];
      }
    });
  }

  watchFolders();
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function foldersOf(file: string): string[] {
  const folders = [dirname(file)];
  try {
    folders.push(dirname(realpathSync(file)));
  } catch {
    // Missing for a moment.
  }
  return [...new Set(folders)];
}

function textOf(file: string): string | null {
  try {
    return readText(file);
  } catch {
    return null;
  }
}
