import { instanceIn } from "./thread/instance.ts";
import { makePrivate } from "./thread/private-home.ts";

/**
 * The name of a home, beside a running Hearth too. For commands: it waits for the disk. Makes the home where there is
 * none; throws an Error that says what is in the way.
 */
export function instanceOf(home: string): string {
  makePrivate(home, () => {});
  return instanceIn(home);
}
