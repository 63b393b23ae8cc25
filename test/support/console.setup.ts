/** The console as its sources make it: what tests see is what a reader of the sources expects. */
import { buildConsole } from "../../scripts/build-console.mjs";

export default buildConsole;
