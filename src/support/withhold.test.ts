import fc from "fast-check";
import { expect, test } from "vitest";
import { secretsOf, shapeOf, withheld } from "./withhold.ts";

test("a secret is gone wherever it stands, also as JSON writes it", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6 }), fc.array(fc.string()), (secret, around) => {
      const text = JSON.stringify({ a: around, b: secret, c: `x${secret}y` });
      fc.pre(!"<withheld>".includes(secret) && !JSON.stringify({ a: around, b: "", c: "xy" }).includes(secret));
      expect(withheld(text, [secret])).not.toContain(JSON.stringify(secret).slice(1, -1));
    }),
  );
});

test("what has the form of a key is withheld though nobody knows it", () => {
  for (const key of ["sk-abcdefgh12345678", "hf_abcdefghijklmnop", `sha256:${"0a".repeat(32)}`]) {
    expect(withheld(`x ${key} y`, [])).toBe("x <withheld> y");
  }
  expect(withheld("authorization: Bearer abc.def", [])).toBe("authorization: Bearer <withheld>");
  expect(withheld("https://me:secret@host/x", [])).toBe("https://<withheld>@host/x");
});

test("an environment's secrets are known by their names", () => {
  expect(secretsOf({ HF_TOKEN: "a", HEARTH_API_KEY: "b", DB_PASSWORD: "c", PATH: "d", EMPTY_KEY: "" })).toEqual([
    "a",
    "b",
    "c",
  ]);
});

test("a configuration keeps its figures, switches and models, and loses every other text", () => {
  const config = {
    listen: { host: "10.0.0.7", port: 8009 },
    models: [
      {
        use: "gpt-oss-20b",
        summary: "Ann's model",
        memory: 5,
        runtime: {
          kind: "process",
          command: ["/home/ann/serve", "--port", "{port}", "--api-key=abc", "--password", "hunter22", "8"],
          env: { HF_TOKEN: "x" },
        },
        parameters: { set: { system: "a prompt" } },
      },
    ],
  };
  expect(shapeOf(config)).toEqual({
    listen: { host: "<withheld>", port: 8009 },
    models: [
      {
        use: "gpt-oss-20b",
        summary: "<withheld>",
        memory: 5,
        runtime: {
          kind: "process",
          command: ["<withheld>", "--port", "{port}", "--api-key=<withheld>", "--password", "<withheld>", "8"],
          env: { HF_TOKEN: "<withheld>" },
        },
        parameters: { set: { system: "<withheld>" } },
      },
    ],
  });
});
