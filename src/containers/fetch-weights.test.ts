import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../test/support/folder.ts";

/** The two calls of the hub's client that the script makes, with their arguments kept. */
const library = `
import json, os
from types import SimpleNamespace as Object
class HfApi:
    def model_info(self, repo, revision, files_metadata):
        assert files_metadata
        return Object(siblings=[Object(rfilename="model.safetensors", size=100), Object(rfilename="original/a.pth", size=900)])
def snapshot_download(repo, revision, ignore_patterns):
    with open(os.path.join(os.environ["HF_HOME"], "asked.json"), "w") as file:
        json.dump([repo, revision, ignore_patterns], file)
    import time
    time.sleep(float(os.environ.get("PAUSE", "0")))
`;

const python = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!python)("the script in the container asks for what vLLM reads, and tells how far it is", async () => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, "huggingface_hub.py"), library);
    const blobs = join(folder, "hub/models--owner--name/blobs");
    mkdirSync(blobs, { recursive: true });
    // 42 of the 100 bytes that count: the copies in other formats do not.
    writeFileSync(join(blobs, "aa.incomplete"), "x".repeat(42));
    const script = join(import.meta.dirname, "fetch_weights.py");
    const run = (revision: string, pause: string) =>
      execFileSync("python3", [script, "owner/name", revision, "0"], {
        env: { ...process.env, PYTHONPATH: folder, HF_HOME: folder, PAUSE: pause },
        encoding: "utf8",
      });
    expect(run("abc", "1.5")).toBe("bytes 42 100\nbytes 100 100\n");
    const asked = () => JSON.parse(readFileSync(join(folder, "asked.json"), "utf8"));
    expect(asked()).toEqual(["owner/name", "abc", ["original/*", "metal/*"]]);
    run("", "0");
    expect(asked()[1]).toBeNull();
  });
});
