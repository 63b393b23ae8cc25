import { CliError } from "./command.ts";

/** For work whose errors are made for people: what it throws is printed as a sentence, without where in the code it was. */
export async function inWords<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}
