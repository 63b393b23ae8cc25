import { DaemonFailure } from "../../containers/failure.ts";
import { type Check, fail, pass, skip } from "../check.ts";

/** Docker asks this program, found in its own PATH, to put GPUs into containers. */
const hook = "/usr/bin/nvidia-container-runtime-hook";

export const toolkit: Check = {
  name: "nvidia-toolkit",
  async look({ gpus, daemon, host }) {
    if ((await gpus()).kind === "none") return skip("Without a GPU there is nothing to pass on to containers.");
    const facts = await daemon();
    if (facts instanceof DaemonFailure) return skip("Docker does not answer, so what it can do with GPUs is unknown.");
    const { end, out } = await host.run(["nvidia-ctk", "--version"]);
    const version = /version (\S+)/.exec(out)?.[1];
    const configured = facts.runtimes.includes("nvidia");
    if (configured || (await host.stat(hook)) !== null) {
      return pass(`Containers can use the GPU (NVIDIA container toolkit${version ? ` ${version}` : ""}).`);
    }
    if (end === "missing") {
      return fail(
        "The NVIDIA container toolkit is missing: no container can use the GPU.",
        `sudo apt-get install -y nvidia-container-toolkit && ${configure}`,
      );
    }
    return fail("The NVIDIA container toolkit is here, but Docker does not know of it.", configure);
  },
};

const configure = "sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker";
