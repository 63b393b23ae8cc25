/** Seconds that `Prefer: wait=N` (RFC 7240) allows, or null where it does not say. */
export function preferredWait(header: string | string[] | undefined): number | null {
  if (header === undefined) return null;
  const found = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9}(?:\.\d{1,3})?)/i.exec(String(header));
  return found === null ? null : Number(found[1]);
}
