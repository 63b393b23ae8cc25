import { type Step, there } from "../step.ts";

/** Where Hearth itself is to run in containers, nothing goes without. */
export const docker: Step = {
  name: "docker",
  async plan({ layout, containers }) {
    if (layout.kind === "home") return [];
    const missing = await containers.missing();
    if (missing !== null) throw new Error(`${missing} Hearth runs in containers here: run this again when it answers.`);
    return [there("Docker answers")];
  },
};
