import { DaemonFailure } from "../../containers/failure.ts";
import { type Check, pass, skip, warn } from "../check.ts";

export const images: Check = {
  name: "images",
  async look({ chosen, daemon, host }) {
    const wanted = new Set(chosen.flatMap(({ runtime }) => (runtime.kind === "container" ? [runtime.image] : [])));
    if (wanted.size === 0)
      return skip("No chosen model runs in a container. Images of others come with their first start.");
    const facts = await daemon();
    if (facts instanceof DaemonFailure) return skip("Docker does not answer, so its images are not known.");
    const present = await host.images([...wanted]);
    if (present instanceof DaemonFailure) return skip(present.message);
    const missing = [...wanted].filter((image) => !present.has(image));
    if (missing.length === 0) return pass(`${wanted.size} of ${wanted.size} images of the chosen models are here.`);
    const says = `${missing.length} of ${wanted.size} images are missing (${missing.join(", ")}): the first start has to get them.`;
    return warn(says, "hearth setup");
  },
};
