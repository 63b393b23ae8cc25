/** The numbers of a response's events, which its clients expect to follow each other. */

const name = '"sequence_number":';

/** What comes after the last event in `said`, the end of a stream; 0 where it has none. Within text the quotes would be escaped. */
export function nextSequence(said: string): number {
  const at = said.lastIndexOf(name);
  const last = at < 0 ? undefined : /^\s*(\d+)/.exec(said.slice(at + name.length, at + name.length + 20))?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}
