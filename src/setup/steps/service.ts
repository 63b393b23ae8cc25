import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeOwn } from "../own.ts";
import { type SetupContext, type Step, skip, there, todo } from "../step.ts";
import { systemdUnit } from "../systemd-unit.ts";

const program = fileURLToPath(new URL("../../../bin/hearth.mjs", import.meta.url));

export const service: Step = {
  name: "service",
  plan(context) {
    const { layout, wants, manifest } = context;
    if (!wants.service) return [];
    if (layout.kind === "deployment") {
      return [
        skip("Docker itself starts the containers again at boot: `sudo systemctl enable docker` makes sure of it"),
      ];
    }
    const { file, text, enable } = unitFor(context);
    const next = `Have it started now and at boot: ${enable}`;
    if (existsSync(file)) {
      if (readFileSync(file, "utf8") === text) return [there(`${file}. ${next}`)];
      if (!manifest.made.some((made) => made.kind === "file" && made.path === file))
        return [skip(`${file} is yours and stays`)];
    }
    return [
      todo(`write ${file}`, () => {
        mkdirSync(dirname(file), { recursive: true });
        writeOwn(context, file, text);
        return `wrote ${file}. ${next}`;
      }),
    ];
  },
};

function unitFor({ layout, env, units }: SetupContext): { file: string; text: string; enable: string } {
  const { of, folder } = units;
  const command = [process.execPath, program, "serve"];
  const path = env.PATH ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  const enable =
    of === "system"
      ? "systemctl daemon-reload && systemctl enable --now hearth"
      : `systemctl --user daemon-reload && systemctl --user enable --now hearth && sudo loginctl enable-linger ${userInfo().username}`;
  return { file: join(folder, "hearth.service"), text: systemdUnit({ command, home: layout.root, of, path }), enable };
}
