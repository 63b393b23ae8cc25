/** An SDK of Python behind the contract: a program of `python/` for each question, a JSON line each way at a time. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OwnedProcess } from "../../support/processes/owned-process.ts";
import { isolated } from "./isolated.ts";
import { installedPython, type PythonGroup, type PythonPackages } from "./python-packages.ts";
import type { Question, Sdk, SdkClient } from "./sdk-contract.ts";

interface PythonSdk {
  name: string;
  packages: PythonGroup;
  /** Of the folder `python/`. */
  program: string;
  /** A 429 is tried again by the SDK itself. */
  retries: boolean;
  overflow?: string;
}

/** What the program says; `text` and `city` are answered. */
type Said = { text: string } | { city: string } | { done: string } | { error: string };

export function pythonSdk({ name, packages, program, ...traits }: PythonSdk): Sdk<PythonPackages> {
  return {
    name,
    ...traits,
    install: () => installedPython(packages),
    async connect({ folder }, address, tries): Promise<SdkClient> {
      const ask = async (
        what: string,
        { text, image, signal, onText }: Question,
        weather?: (city: string) => string,
      ) => {
        const question = { do: what, ...address, retries: tries, text, image: image?.toString("base64") ?? null };
        const run = new OwnedProcess("python3", ["-u", file(program)], {
          env: { ...isolated, HOME: folder, PYTHONPATH: folder, PYTHONPYCACHEPREFIX: join(folder, ".compiled") },
          input: `${JSON.stringify(question)}\n`,
          name,
        });
        try {
          for (let line = 0; ; line += 1) {
            const said = await sentence(run, line);
            if ("done" in said) return said.done;
            if ("error" in said) throw new Error(said.error);
            if ("city" in said) run.write(`${JSON.stringify({ answer: weather?.(said.city) })}\n`);
            else {
              onText?.(said.text);
              run.write(`${JSON.stringify({ goOn: signal?.aborted !== true })}\n`);
            }
          }
        } finally {
          await run.end("SIGKILL");
        }
      };
      return {
        stream: (question) => ask("stream", question),
        whole: (question) => ask("whole", question),
        withTool: (text, answer) => ask("tool", { text }, answer),
      };
    },
  };
}

/** The program's sentence of this number, whatever its libraries print beside it. */
async function sentence(run: OwnedProcess, number: number): Promise<Said> {
  await run.says(new RegExp(`^(?:[^]*?^#contract .*\\n){${number + 1}}`, "m"));
  const line = run.out.split("\n").filter((each) => each.startsWith("#contract "))[number]!;
  return JSON.parse(line.slice("#contract ".length)) as Said;
}

function file(program: string): string {
  return fileURLToPath(new URL(`../python/${program}`, import.meta.url));
}
