/** ensureWeights as a process of its own, for tests with several of them. Argument: spec and home as JSON. */

import { ensureWeights } from "../../../src/weights/weights.ts";
import { shortPatience } from "./weights-file.ts";

const { spec, home } = JSON.parse(process.argv[2]!);
const say = (line: object) => console.log(JSON.stringify(line));

const path = await ensureWeights(spec, {
  home,
  signal: new AbortController().signal,
  onProgress: ({ doneBytes, totalBytes }) => say({ doneBytes, totalBytes }),
  patience: { ...shortPatience, quiet: 20, firstByte: 20 },
});
say({ path });
