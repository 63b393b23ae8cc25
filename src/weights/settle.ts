import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Gives a checked file its name, so that even a power cut leaves either all of it or nothing under that name. */
export async function settle(from: string, target: string): Promise<void> {
  await sync(from);
  await rename(from, target);
  await sync(dirname(target));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
