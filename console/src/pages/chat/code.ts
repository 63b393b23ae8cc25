/** The same question for other programs: a command, or a few lines of Python or TypeScript. The key is left to its owner. */
import { bodyOf, type Wanted } from "./ask.ts";

export const forms = ["curl", "Python", "TypeScript"] as const;
export type Form = (typeof forms)[number];

export function codeFor(form: Form, wanted: Wanted, origin: string): string {
  const body = JSON.stringify(bodyOf(wanted), null, 2);
  if (form === "curl") {
    return [
      `curl ${origin}/v1/chat/completions \\`,
      `  -H "Authorization: Bearer $HEARTH_API_KEY" \\`,
      `  -H "Content-Type: application/json" \\`,
      `  -d '${body.replaceAll("'", "'\\''")}'`,
    ].join("\n");
  }
  if (form === "Python") {
    return [
      "import json",
      "import os",
      "from openai import OpenAI",
      "",
      `client = OpenAI(base_url=${JSON.stringify(`${origin}/v1`)}, api_key=os.environ["HEARTH_API_KEY"])`,
      `wanted = json.loads(${JSON.stringify(JSON.stringify(bodyOf(wanted)))})`,
      "answer = client.chat.completions.create(**wanted)",
      "print(answer.choices[0].message.content)",
    ].join("\n");
  }
  return [
    'import OpenAI from "openai";',
    "",
    `const client = new OpenAI({ baseURL: ${JSON.stringify(`${origin}/v1`)}, apiKey: process.env.HEARTH_API_KEY });`,
    `const answer = await client.chat.completions.create(${body});`,
    "console.log(answer.choices[0].message.content);",
  ].join("\n");
}
