/** A model of the catalog, as read from its file. */
import type { ModelFields } from "../config/schema/model.ts";
import type { YamlSource } from "../config/yaml-source.ts";
import type { EngineVersion } from "./engine-version.ts";
import type { ImageTrack } from "./image-track.ts";
import type { CatalogFields } from "./schema.ts";

export interface CatalogModel {
  id: string;
  /** The folder that it is in. */
  family: string;
  /** What `hearth.yaml` could say of it too. */
  fields: ModelFields;
  /** All that its file says. */
  facts: CatalogFields;
  /** Of the image that serves it; absent where no container does. */
  track?: ImageTrack;
  /** What that image's engine understands. */
  release?: EngineVersion;
  /** The file itself. */
  at: { file: string; line: number; column: number };
  source: YamlSource;
}

export type Catalog = ReadonlyMap<string, CatalogModel>;
