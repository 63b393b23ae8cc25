/** From a request to the call that goes on, or to the reason why none does. */
import type { IncomingMessage } from "node:http";
import { type Call, calls } from "./calls.ts";
import type { Onward } from "./daemon.ts";
import { Refusal } from "./refusal.ts";
import type { Settings } from "./settings.ts";

/** Null: there is no such container. Throws a Refusal. */
export async function admit(request: IncomingMessage, settings: Settings): Promise<Onward | null> {
  // The daemon's own version counts, whatever the caller asks for.
  const url = URL.parse(request.url!.replace(/^\/v\d+\.\d+(?=\/)/, ""), "http://guard");
  if (url === null) throw new Refusal("its address is none.");
  const { pathname, searchParams: query } = url;
  for (const call of calls) {
    const caught = call.method === request.method ? call.path.exec(pathname) : null;
    if (caught === null) continue;
    checkQuery(query, call);
    return call.admit({ request, name: caught[1] ?? "", query }, settings);
  }
  throw new Refusal(`the guard does not pass ${request.method} ${pathname} on.`);
}

function checkQuery(query: URLSearchParams, call: Call): void {
  for (const name of new Set(query.keys())) {
    const rule = call.query[name];
    const [value, ...more] = query.getAll(name);
    if (rule === undefined || !Object.hasOwn(call.query, name))
      throw new Refusal(`the query's ${name} is not allowed.`);
    if (more.length > 0) throw new Refusal(`the query has ${name} twice.`);
    if (!rule.test(value!)) throw new Refusal(`the query's ${name} must not be ${JSON.stringify(value)}.`);
  }
}
