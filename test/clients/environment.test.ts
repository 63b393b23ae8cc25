import { afterEach, describe, expect } from "vitest";
import { hearthCli } from "../support/cli.ts";
import { model, test } from "./support/clients-test.ts";
import { installed } from "./support/packages.ts";

const packages = await installed("sdks");
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

describe("the variables of `hearth connect env` are all that an SDK needs", () => {
  test.for([
    [
      "openai",
      async (OpenAI) => {
        const body = { model: process.env.OPENAI_MODEL, messages: [{ role: "user", content: "hi" }] };
        return (await new OpenAI().chat.completions.create(body)).choices[0].message.content;
      },
    ],
    [
      "@anthropic-ai/sdk",
      async (Anthropic) => {
        const body = {
          model: process.env.ANTHROPIC_MODEL,
          max_tokens: 50,
          messages: [{ role: "user", content: "hi" }],
        };
        return (await new Anthropic().messages.create(body)).content[0].text;
      },
    ],
    // biome-ignore lint/suspicious/noExplicitAny: their types are not installed here
  ] as [string, (sdk: any) => Promise<string>][])("%s", async ([name, ask], { scripted, skip }) => {
    if ("missing" in packages) return skip(packages.missing);
    const hearth = await scripted({ script: { turns: [], plain: { say: "hello", tokens: 1 } } });
    const env = { HOME: hearth.server.home, HEARTH_HOME: hearth.server.home };
    const { out } = await hearthCli(["connect", "env", "--url", hearth.origin, "--key", hearth.key], { env });
    for (const [, variable, value] of out.matchAll(/^export (\w+)=(.*)$/gm)) process.env[variable!] = value;
    expect(process.env.OPENAI_MODEL).toBe(model);
    expect(await ask((await packages.load(name)).default)).toBe("hello ");
  });
});
