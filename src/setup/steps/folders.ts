import { statSync } from "node:fs";
import { makeOwnFolder } from "../own.ts";
import { type Plan, type Step, there, todo } from "../step.ts";

export const folders: Step = {
  name: "folders",
  plan(context) {
    const { layout } = context;
    return layout.folders.map(({ path, mode }): Plan => {
      const facts = statSync(path, { throwIfNoEntry: false });
      if (facts?.isDirectory()) return there(path);
      return todo(`make ${path}`, () => {
        if (facts !== undefined)
          throw new Error(`${path} is in the way: it is no folder. Move it, and run this again.`);
        makeOwnFolder(context, path, mode);
        return `made ${path}`;
      });
    });
  },
};
