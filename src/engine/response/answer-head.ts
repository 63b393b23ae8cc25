/** The pieces of an answer that several response shapes share. */
import { randomUUID } from "node:crypto";

export interface AnswerHead {
  id: string;
  /** Unix seconds. */
  created: number;
  model: string;
}

export function answerHead(prefix: "chatcmpl" | "cmpl", model: string): AnswerHead {
  return { id: `${prefix}-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
}
