import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bringsTokenizers, encodingsVariable, readsTokenizers, type TokenizerFile } from "../../catalog/tokenizers.ts";
import { httpClient } from "../../weights/http-client.ts";
import { explain, HttpStatusFailure } from "../../weights/network-failure.ts";
import { usualPatience } from "../../weights/patience.ts";
import { digest } from "../manifest.ts";
import { makeOwnFolder, writeOwn } from "../own.ts";
import { Dispensable, type Plan, type SetupContext, type Step, skip, there, todo } from "../step.ts";

export const tokenizers: Step = {
  name: "tokenizers",
  plan(context) {
    if (!context.models.some(readsTokenizers))
      return [skip("no gpt-oss model is chosen, and no other needs these files")];
    return context.tokenizers.files.map((file) => plan(file, context));
  },
};

function plan(file: TokenizerFile, context: SetupContext): Plan {
  const path = join(context.layout.encodings, file.name);
  if (existsSync(path)) {
    if (digest(readFileSync(path)) === file.sha256) return there(path);
    return todo(`replace ${path}, which is damaged`, () => bring(file, path, context));
  }
  return todo(`fetch ${file.name} from ${new URL(context.tokenizers.url).host}`, () => bring(file, path, context));
}

async function bring(file: TokenizerFile, path: string, context: SetupContext): Promise<string> {
  const local = context.env[encodingsVariable];
  const copy = local === undefined ? null : readIfRight(join(local, file.name), file);
  const content = copy ?? (await fetchFile(file, path, context));
  // Read by the users of containers.
  if (!existsSync(context.layout.encodings)) makeOwnFolder(context, context.layout.encodings, 0o755);
  writeOwn(context, path, content);
  return `${copy === null ? "fetched" : `copied from ${local}:`} ${path}, checksum right`;
}

function readIfRight(path: string, { sha256 }: TokenizerFile): Buffer | null {
  const content = existsSync(path) ? readFileSync(path) : null;
  return content !== null && digest(content) === sha256 ? content : null;
}

async function fetchFile(file: TokenizerFile, path: string, context: SetupContext): Promise<Uint8Array> {
  const { env, signal, tokenizers: source } = context;
  const url = `${source.url}/${file.name}`;
  const client = httpClient(usualPatience, env, signal);
  const byHand = `Get ${url} on a machine with network, put it to ${path} and run this again: it checks the file.`;
  try {
    const response = await client.fetch(url);
    if (response.status !== 200) throw new HttpStatusFailure(response.status, url);
    const content = new Uint8Array(await response.arrayBuffer());
    const sum = digest(content);
    if (sum === file.sha256) return content;
    throw new Error(`what came has the checksum ${sum}, not ${file.sha256}`);
  } catch (error) {
    signal.throwIfAborted();
    const failed = `${file.name} could not be fetched: ${explain(error).replace(/\.$/, "")}`;
    if (isNeeded(context)) throw new Error(`${failed}. ${byHand}`, { cause: error });
    throw new Dispensable(`${failed}. The images of the chosen models bring it.`, { cause: error });
  } finally {
    await client.close();
  }
}

function isNeeded({ models, tracks }: SetupContext): boolean {
  return models.some((spec) => readsTokenizers(spec) && !bringsTokenizers(spec, tracks));
}
