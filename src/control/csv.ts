/** Comma-separated values (RFC 4180), as spreadsheets read them. */

/** One line, its end included. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = String(value);
  // A spreadsheet would take a name that begins like this for a formula, and run it.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** An object's values by the path to each: `tokens.in`. Lists are one cell. */
export function flattened(value: object, prefix = ""): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (Array.isArray(inner)) flat[prefix + name] = inner.join(" ");
    else if (typeof inner === "object" && inner !== null) Object.assign(flat, flattened(inner, `${prefix}${name}.`));
    else flat[prefix + name] = inner;
  }
  return flat;
}
