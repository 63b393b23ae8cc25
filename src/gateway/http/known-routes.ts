/** Every route that this server has, by path: what a path that was typed wrong may have meant, and which methods one takes. */
import { nearestName, nearestNames } from "../../domain/nearest.ts";
import { relayRoutes } from "../dialects/relayed.ts";

export class KnownRoutes {
  /** Paths without a name in them. */
  readonly #fixed = new Map<string, Set<string>>();
  readonly #patterns: { matches: RegExp; methods: Set<string> }[] = [];

  constructor() {
    for (const { path, also = [] } of relayRoutes) {
      for (const one of [path, ...also]) this.add(one.split("?", 1)[0]!.replace(/\{[a-z]+\}/, "*"), ["POST"]);
    }
  }

  /** `url`: as a router has it, `:name` and `*` standing for names. */
  add(url: string, methods: string[]): void {
    if (/\/:|\*/.test(url)) {
      this.#patterns.push({ matches: asPattern(url), methods: new Set(methods) });
      return;
    }
    const known = this.#fixed.get(url) ?? new Set();
    this.#fixed.set(url, known);
    for (const method of methods) known.add(method);
  }

  has(path: string): boolean {
    return this.#fixed.has(path) || this.#patterns.some(({ matches }) => matches.test(path));
  }

  /** Empty of a path that no route has. */
  methodsOf(path: string): Set<string> {
    const patterns = this.#patterns.filter(({ matches }) => matches.test(path));
    return new Set([...(this.#fixed.get(path) ?? []), ...patterns.flatMap(({ methods }) => [...methods])]);
  }

  /** A path of this method's that is written like it, or goes on from it; of the same API where there is one. */
  nearest(method: string, path: string): string | null {
    const paths = [...this.#fixed].filter(([, methods]) => methods.has(method)).map(([known]) => known);
    const api = /^\/[^/]*\//.exec(path)?.[0] ?? path;
    const own = paths.filter((known) => known.startsWith(api));
    const longer = own.find((known) => known.startsWith(`${path}/`));
    return nearestName(path, own) ?? longer ?? nearestNames(path, paths, 1)[0] ?? null;
  }
}

/** `*` stands for a name, which is never empty; `:name` for one without slashes. */
function asPattern(url: string): RegExp {
  const source = url.split(/(\/:[^/]+|\*)/).map((part) => {
    if (part === "*") return ".+";
    return part.startsWith("/:") ? "/[^/]+" : RegExp.escape(part);
  });
  return new RegExp(`^${source.join("")}$`);
}
