/** What must not leave the machine in a file for strangers: keys, tokens, passwords, and whoever's names. */

const hidden = "<withheld>";
/** Names of values that are secrets. */
const secretName = /key|token|secret|passw|credential|auth/i;
/** Shorter ones are words, and would be found everywhere. */
const shortestSecret = 6;

/** Values of an environment that are secrets by their names. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => (secretName.test(name) && value ? [value] : []));
}

/** Forms that keys have, whatever they are called. */
const forms: [form: RegExp, instead: string][] = [
  [/\b(?:sk|hf|ghp|gho|glpat|xox[abp]|nvapi)[-_][\w-]{8,}/g, hidden],
  [/\bBearer\s+[\w.~+/=-]+/gi, `Bearer ${hidden}`],
  [/\bsha256:[0-9a-f]{64}\b/g, hidden],
  [/\b(?:https?|ssh):\/\/[^\s/@"]{1,200}@/g, `https://${hidden}@`],
];

/** The text without these secrets, and without what has the form of one. */
export function withheld(text: string, secrets: readonly string[]): string {
  const known = [...new Set(secrets)]
    .filter((secret) => secret.length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  let safe = text;
  for (const secret of known) safe = safe.replaceAll(secret, hidden);
  for (const [form, instead] of forms) safe = safe.replace(form, instead);
  return safe;
}

/** Texts of a configuration that say nothing of anybody. */
const tellingNames = new Set([
  ...["id", "use", "kind", "image", "driver", "lifecycle", "status", "level", "open", "store", "whenBusy", "role"],
  ...["capabilities", "fixups", "priority", "eagerness", "fallback", "platform", "from"],
]);

/**
 * The shape of a configuration: figures, switches and the names of models stay, every other text is withheld. Flags of
 * commands stay without their values.
 */
export function shapeOf(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => (name === "command" ? flagOf(each) : shapeOf(each, name)));
  if (typeof value === "object" && value !== null) {
    // Names below `env` are the user's own; what they hold is nobody's business.
    if (name === "env") return Object.fromEntries(Object.keys(value).map((variable) => [variable, hidden]));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner, key)]));
  }
  return typeof value === "string" && !tellingNames.has(name) ? hidden : value;
}

function flagOf(word: unknown): unknown {
  if (typeof word !== "string") return hidden;
  const flag = /^--?[A-Za-z][\w-]*/.exec(word)?.[0];
  if (flag !== undefined) return flag === word ? flag : `${flag}=${hidden}`;
  return /^(?:\{\w+\}|\d+(?:\.\d+)?)$/.test(word) ? word : hidden;
}
