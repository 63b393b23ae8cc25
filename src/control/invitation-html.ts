/** What the page of an invitation says. */
import type { Invitation } from "./invitations.ts";

export const pageStyle = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 1.5rem; }
button { font: inherit; padding: .6rem 1.2rem; }
code { font: .9rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; user-select: all; }
dt { margin-top: 1rem; font-weight: 600; }
dd { margin: .2rem 0 0; }
`;

export function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (sign) => names[sign]!);
}

export function invitationHtml({ settings, by }: Invitation): string {
  return wordsHtml(
    `Hello, ${escaped(settings.name)}`,
    `${escaped(by)} invites you to use the language models of this machine. The button makes a key that is yours alone. ` +
      `It is shown once, so press it on the device that is to keep it.</p>
<form method="post"><button>Make my key</button></form><p>`,
  );
}

export function keyHtml({ name, secret, origin }: { name: string; secret: string; origin: string }): string {
  const settings = [
    ["Address for apps that speak OpenAI's API", `${origin}/v1`],
    ["Address for apps that speak Anthropic's or Ollama's API", origin],
    ["Address for apps that have no field for a key", `${origin}/k/${secret}`],
    ["In a browser: the console", `${origin}/`],
    ["Claude Code", `ANTHROPIC_BASE_URL=${origin} ANTHROPIC_AUTH_TOKEN=${secret} claude`],
    ["Tools that read the variables of OpenAI", `OPENAI_BASE_URL=${origin}/v1 OPENAI_API_KEY=${secret}`],
    ["To try it", `curl ${origin}/v1/models -H "Authorization: Bearer ${secret}"`],
  ] as const;
  const list = settings.map(([what, value]) => `<dt>${what}</dt><dd><code>${escaped(value)}</code></dd>`).join("\n");
  return wordsHtml(
    `Your key, ${escaped(name)}`,
    `<code>${escaped(secret)}</code></p>
<p>Keep it now: it is not shown again, and this link no longer works. Whoever has it is you.</p>
<dl>
${list}
</dl><p>`,
  );
}

/** `words`: HTML. */
export function wordsHtml(title: string, words: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hearth</title>
<style>${pageStyle}</style>
<h1>${title}</h1>
<p>${words}</p>
</html>
`;
}
