/** The store's thread: takes the home that it is given, says what is in it, and does one batch of tasks after another. */
import { parentPort, workerData } from "node:worker_threads";
import type {
  Doers,
  Failure,
  FromThread,
  Outcome,
  StoreFile,
  Task,
  TaskName,
  TaskOf,
  ThreadOrder,
  ToThread,
} from "../tasks.ts";
import { fileOf } from "../tasks.ts";
import { explained, StoreFailure } from "./failure.ts";
import { type Files, openFiles } from "./files.ts";

const port = parentPort!;
const tell = (message: FromThread) => port.postMessage(message);

try {
  serve(await openFiles((workerData as ThreadOrder).home, (notice) => tell({ notice })));
} catch (error) {
  tell({ refused: (error as Error).message });
}

function serve({ opened, doers, stopping, close }: Files): void {
  port.on("message", (message: ToThread) => {
    if ("tasks" in message) return tell({ outcomes: doAll(doers, message.tasks) });
    if ("stopping" in message) return stopping();
    close();
    port.close();
  });
  tell({ opened });
}

/** A file that has just refused one task is not asked again in the same batch: each try may take seconds. */
function doAll(doers: Doers, tasks: Task[]): Outcome[] {
  const refused = new Map<StoreFile, Failure>();
  return tasks.map((task) => {
    const file = fileOf(task.name);
    const before = refused.get(file);
    if (before !== undefined) return { failure: before };
    try {
      return { answer: explained(file, () => perform(doers, task)) };
    } catch (error) {
      const failure = failureOf(error);
      // Of the journal nothing may follow what is missing.
      if (failure.passes || file === "journal.db") refused.set(file, failure);
      return { failure };
    }
  });
}

function perform<N extends TaskName>(doers: Doers, { name, input }: TaskOf<N>) {
  return doers[name](input);
}

function failureOf(error: unknown): Failure {
  if (error instanceof StoreFailure) {
    const { message, remedy, passes } = error;
    return { message, remedy, passes };
  }
  return { message: String(error), remedy: "This is a fault in Hearth: please report it.", passes: false };
}
