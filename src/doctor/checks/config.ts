import { type Check, fail, pass, warn } from "../check.ts";

export const config: Check = {
  name: "configuration",
  look({ config: read, warnings, chosen }) {
    if ("faults" in read)
      return fail(`${read.count} fault${read.count === 1 ? "" : "s"}: ${read.faults}`, "hearth check");
    const disabled = chosen.find(({ status }) => status === "disabled");
    if (disabled !== undefined) {
      return warn(
        `${disabled.id} is disabled: ${disabled.statusReason ?? "the catalog says so"}`,
        "hearth models choose",
      );
    }
    if (warnings.length > 0) return warn(warnings.join(" "), "env | grep HEARTH_");
    const models =
      chosen.length === 0 ? "every model that runs here" : `models: ${chosen.map(({ id }) => id).join(", ")}`;
    return pass(`${read.file ?? "No file, the defaults"}; ${models}.`);
  },
};
