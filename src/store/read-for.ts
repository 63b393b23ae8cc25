/** Reading what is kept, for somebody who waits for it. */
import { Problem } from "../domain/problem.ts";
import type { Outbox } from "./outbox.ts";
import { patiently } from "./patience.ts";
import type { Answer, ReadingTask, TaskOf } from "./tasks.ts";

/** Rejects with a Problem (`store_unavailable`). */
export async function readFor<N extends ReadingTask>(
  outbox: Pick<Outbox, "ask">,
  name: N,
  input: TaskOf<N>["input"],
): Promise<Answer<N>> {
  try {
    return await patiently(outbox.ask(name, input));
  } catch (error) {
    throw new Problem("store_unavailable", `The records cannot be read. ${(error as Error).message}`);
  }
}
