/** Where spans of requests go, if anybody wants them. */
import type { IncomingHttpHeaders } from "node:http";
import type { RequestRecord } from "../../domain/request-record.ts";

/** Each request is begun once and finished once; nothing here waits for a collector. */
export interface Tracing {
  /** A request has come; its `traceparent` says whose part it is. */
  begin(id: string, headers: IncomingHttpHeaders): void;
  /** Its engine is asked now, perhaps again: the `traceparent` that the engine is told; null where it is not traced. */
  asked(id: string): string | null;
  finished(record: RequestRecord): void;
}
