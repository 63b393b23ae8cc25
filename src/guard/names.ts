/** Lists of names in which `*` stands for any text without a slash. */
export type Names = readonly string[];

export function covers(names: Names, name: string): boolean {
  return names.some((pattern) => toRegExp(pattern).test(name));
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/\\s]*")}$`);
}
