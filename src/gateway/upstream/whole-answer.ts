import type { AnswerHead } from "./answer-head.ts";
import { contentsOf } from "./chunks.ts";
import type { AnswerListener } from "./connection.ts";
import type { EnginePool } from "./pool.ts";

/** Posts, or asks where `body` is null, and waits for the whole answer. Rejects where the engine fails, and when `signal` aborts, which cancels it. */
export function wholeAnswer(
  pool: EnginePool,
  { path, headers, body, signal }: { path: string; headers: string[]; body: Buffer | null; signal: AbortSignal },
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const contents: Buffer[] = [];
    let status = 0;
    const listener: AnswerListener = {
      begun(head: AnswerHead) {
        status = head.status;
      },
      data: (bytes) => contents.push(bytes),
      chunks: (bytes) => contents.push(...contentsOf(bytes)),
      ended() {
        signal.removeEventListener("abort", cancel);
        resolve({ status, body: Buffer.concat(contents) });
      },
      failed(error) {
        signal.removeEventListener("abort", cancel);
        reject(error);
      },
    };
    const connection = body === null ? pool.get(path, headers, listener) : pool.post(path, headers, body, listener);
    const cancel = () => {
      connection.close();
      reject(signal.reason);
    };
    signal.addEventListener("abort", cancel);
  });
}
