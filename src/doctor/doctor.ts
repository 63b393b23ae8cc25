/** Runs every check at once, each within its time. */
import type { Check, Finding } from "./check.ts";
import { checks } from "./checks.ts";
import type { Facts } from "./facts.ts";

export type Diagnosis = Finding & { check: string };

/** A check that asks the machine twice still has its answer by then. */
const limitMilliseconds = 1800;

/** One diagnosis for each check, in their order. Never rejects: a check that fails by itself is told as a warning. */
export function diagnose(
  facts: Facts,
  all: readonly Check[] = checks,
  limit = limitMilliseconds,
): Promise<Diagnosis[]> {
  return Promise.all(all.map(async (check) => ({ check: check.name, ...(await bounded(check, facts, limit)) })));
}

async function bounded(check: Check, facts: Facts, limit: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const says = `No answer in ${limit / 1000} s: the machine may be overloaded.`;
    timer = setTimeout(() => resolve({ status: "warn", says, mend: "uptime" }), limit);
  });
  try {
    return await Promise.race([look(check, facts), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function look(check: Check, facts: Facts): Promise<Finding> {
  try {
    return await check.look(facts);
  } catch (error) {
    return { status: "warn", says: `This check failed itself: ${(error as Error).message}` };
  }
}
