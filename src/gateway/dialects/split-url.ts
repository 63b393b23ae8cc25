/** A request's target in its two parts. `query`: without its `?`, empty where there is none. */
export function splitUrl(url: string): { path: string; query: string } {
  const start = url.indexOf("?");
  return start < 0 ? { path: url, query: "" } : { path: url.slice(0, start), query: url.slice(start + 1) };
}
