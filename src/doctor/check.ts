/** One thing that `hearth doctor` looks at: a file in checks/ exports one of these, and checks.ts lists it. */
import type { Facts } from "./facts.ts";

export interface Check {
  /** As scripts name it: `page-cache`. */
  name: string;
  look(facts: Facts): Promise<Finding> | Finding;
}

export type Status = "pass" | "warn" | "fail" | "skip";

export interface Finding {
  status: Status;
  /** One sentence with the numbers. */
  says: string;
  /** The command that mends it, ready to be pasted. */
  mend?: string;
}

export const pass = (says: string): Finding => ({ status: "pass", says });
/** There is nothing to look at here. */
export const skip = (says: string): Finding => ({ status: "skip", says });
/** Works, but worse than it could or not for long. */
export const warn = (says: string, mend?: string): Finding => finding("warn", says, mend);
/** Hearth or its models do not work like this. */
export const fail = (says: string, mend?: string): Finding => finding("fail", says, mend);

function finding(status: Status, says: string, mend: string | undefined): Finding {
  return { status, says, ...(mend === undefined ? {} : { mend }) };
}
