import { createHash } from "node:crypto";
import { join } from "node:path";
import { bringsTokenizers, readsTokenizers, tokenizerFiles } from "../../catalog/tokenizers.ts";
import { type Check, fail, pass, skip } from "../check.ts";

export const tokenizers: Check = {
  name: "tokenizers",
  async look({ chosen, tracks, encodings, host }) {
    const readers = chosen.filter(readsTokenizers);
    if (readers.length === 0) return skip("No gpt-oss model is chosen, and no other needs tokenizer files.");
    const needy = readers.filter((spec) => !bringsTokenizers(spec, tracks));
    if (needy.length === 0) return pass("The images of the chosen gpt-oss models bring their tokenizer files.");
    const wrong: string[] = [];
    for (const { name, sha256 } of tokenizerFiles) {
      const text = await host.readFile(join(encodings, name));
      if (text === null) wrong.push(`${name} is missing`);
      else if (createHash("sha256").update(text).digest("hex") !== sha256) wrong.push(`${name} is damaged`);
    }
    if (wrong.length === 0)
      return pass(`${tokenizerFiles.length} tokenizer files are in ${encodings}, checksums right.`);
    const names = needy.map(({ id }) => id).join(", ");
    return fail(`${names} cannot read a prompt: in ${encodings}, ${wrong.join(" and ")}.`, "hearth setup");
  },
};
