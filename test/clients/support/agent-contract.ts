/** What every coding agent must see of Hearth, set up by `hearth connect` alone: one suite, passed by each. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { connectedFolders } from "./agent-folders.ts";
import type { AgentCommand } from "./agent-run.ts";
import { model, pixel, type ScriptedHearth, test, tooLong } from "./clients-test.ts";
import { installed, type PackageGroup, type Packages } from "./packages.ts";

export interface Task {
  prompt: string;
  /** A file to show to the model. */
  image?: string;
  origin: string;
  key: string;
}

export interface Agent {
  /** As in `hearth connect <name>`. */
  name: Exclude<PackageGroup, "sdks">;
  command(packages: Packages, task: Task): AgentCommand;
  /** Its own tool call that writes a file. */
  writeFile(path: string, text: string): { name: string; arguments: object };
  /** Where it takes images only by a tool: the call that reads one. Null: it takes none. */
  readImage?: ((path: string) => { name: string; arguments: object }) | null;
  /** It sends images in a form of its own making. */
  recodesImages?: true;
  /** An answer that breaks off: it tries again, or says this. */
  afterCrash: "tries again" | RegExp;
  /** Its own words for a prompt that is too long, where it does not show ours; or it makes the prompt fit by itself. */
  tooLong?: RegExp | "makes it fit";
}

export async function agentContract(agent: Agent): Promise<void> {
  const packages = await installed(agent.name);
  if ("missing" in packages) {
    test(agent.name, ({ skip }) => skip(packages.missing));
    return;
  }
  const connected = connectedFolders(agent.name);

  const begin = async (hearth: ScriptedHearth, prompt: string, image?: Buffer) => {
    const { cwd, run: start } = await connected(hearth);
    if (image !== undefined) writeFileSync(join(cwd, "image.png"), image);
    const task = {
      prompt,
      origin: hearth.origin,
      key: hearth.key,
      ...(image === undefined ? {} : { image: join(cwd, "image.png") }),
    };
    return { run: start(agent.command(packages, task)), cwd };
  };
  const finish = async (hearth: ScriptedHearth, prompt: string, image?: Buffer) => {
    const { run, cwd } = await begin(hearth, prompt, image);
    return { code: (await run.ends()).code, output: run.log, cwd };
  };

  describe(agent.name, () => {
    test("edits a file, with the first request starting the model", async ({ scripted }) => {
      const hearth = await scripted({ loadMs: 3500, context: 131_072 });
      const { run, cwd } = await begin(hearth, "Write poem.txt");
      const file = join(cwd, "poem.txt");
      hearth.play({
        turns: [
          { tokens: 0, calls: [agent.writeFile(file, "The sea is wide.\n")] },
          { say: "finished", tokens: 1 },
        ],
        plain: { say: "title", tokens: 1 },
      });
      const { code } = await run.ends();
      expect(run.log).toContain("finished");
      expect(existsSync(file) && readFileSync(file, "utf8")).toBe("The sea is wide.\n");
      expect(code).toBe(0);
      expect(hearth.server.stats(model, "start")).toHaveLength(1);
    });

    if (agent.readImage !== null)
      test("shows an image to the model", async ({ scripted }) => {
        const hearth = await scripted({ context: 131_072 });
        const { run, cwd } = await begin(hearth, "What is in image.png?", pixel);
        const read = agent.readImage?.(join(cwd, "image.png"));
        const answer = { say: "pixel", tokens: 1 };
        hearth.play({ turns: [...(read === undefined ? [] : [{ tokens: 0, calls: [read] }]), answer], plain: answer });
        expect([(await run.ends()).code, run.log]).toEqual([0, expect.stringContaining("pixel")]);
        const images = JSON.stringify(hearth.sent()).match(/data:image\/[a-z]+;base64,[\w+/=]+/g) ?? [];
        if (agent.recodesImages) expect(images).not.toEqual([]);
        else expect(images).toContain(`data:image/png;base64,${pixel.toString("base64")}`);
      });

    const fits = agent.tooLong === "makes it fit";
    test(`${fits ? "makes 40,000 tokens fit" : "says that 40,000 tokens are too many for"} a window of 32,768`, async ({
      scripted,
    }) => {
      const hearth = await scripted();
      const { output } = await finish(hearth, tooLong);
      expect(output.replaceAll(tooLong.trim(), "")).toMatch(
        agent.tooLong === "makes it fit" ? /word8/ : (agent.tooLong ?? /maximum context length is 32768 tokens/),
      );
    });

    test(`an answer that breaks off: ${agent.afterCrash === "tries again" ? "tries again" : "says so"}`, async ({
      scripted,
    }) => {
      const broken = {
        tokens: 9,
        fate: "crash",
        after: 3,
        tag: "c",
        once: agent.afterCrash === "tries again",
      } as const;
      const hearth = await scripted({
        context: 131_072,
        script: { turns: [broken], plain: { say: "title", tokens: 1 } },
      });
      const { output } = await finish(hearth, "Say something");
      if (agent.afterCrash === "tries again") expect(output).toContain("word9");
      else expect(output).toMatch(agent.afterCrash);
      expect(hearth.server.stats(model, "crash").length).toBeGreaterThan(0);
    });

    test("asks again when a model is not free at once", async ({ scripted }) => {
      const answer = { say: "served", tokens: 1 };
      const busy = { policy: { whenBusy: "reject" } };
      const hearth = await scripted({
        loadMs: 3000,
        context: 131_072,
        config: busy,
        script: { turns: [answer], plain: answer },
      });
      const { output } = await finish(hearth, "Say something");
      expect(output).toContain("served");
      expect(hearth.server.log).toContain('"status":429');
    });

    test("its end ends the engine's work", async ({ scripted }) => {
      const hanging = { tokens: 9, fate: "hang", after: 3, tag: "h" } as const;
      const hearth = await scripted({
        context: 131_072,
        script: { turns: [hanging], plain: { say: "title", tokens: 1 } },
      });
      const { run } = await begin(hearth, "Say something");
      await hearth.server.until("the question", async () => hearth.server.stats(model, "request", "h").length > 0);
      run.interrupt();
      expect(await hearth.server.untilStats(model, "abort", "h")).toBeTruthy();
    });
  });
}
