/** The address under which Hearth takes a key as a part of the path, for clients that have no field for one. */
export function withKey(origin: string, key: string): string {
  return `${origin}/k/${encodeURIComponent(key)}`;
}
