/** The problem that a person reads when no source could give the file. */
import type { WeightsSpec } from "../domain/model.ts";
import { OutsideProblem } from "../domain/outside.ts";
import { Problem } from "../domain/problem.ts";
import { megabytes } from "./places.ts";

/** One source that was tried in vain. */
export interface FailedSource {
  source: string;
  reason: string;
}

/** `outside`: another try may find a source that only could not be reached this time. */
export function weightsUnavailable(
  spec: WeightsSpec,
  target: string,
  failed: FailedSource[],
  outside: boolean,
): Problem {
  const { file, bytes, sha256 } = spec;
  const tried = failed.map(({ source, reason }) => `${source}: ${reason}`).join("; ");
  const own = `weights: { file: ${file}, bytes: ${bytes}, sha256: ${sha256}, sources: [{ kind: file, path: /your/${file} }] }`;
  return new (outside ? OutsideProblem : Problem)(
    "model_unavailable",
    `The weights ${file} (${megabytes(bytes)}) could not be had. Tried: ${tried}. ` +
      `If you have the file, copy it to ${target}, or name it in the model's entry in hearth.yaml: ${own}`,
    { data: { file, bytes, sha256, path: target, tried: failed } },
  );
}
