/** Who uses the machine now, as the gateway knows it; given by the composition root. */
import type { KeyConfig } from "../config/types.ts";
import type { KeyGauges } from "../domain/limits/key-limits.ts";
import type { OpenRequestView } from "../domain/open-request.ts";

export interface People {
  /** How full the limits of a key are. */
  gauges(key: KeyConfig): KeyGauges;
  /** Requests that wait or are answered, the oldest first: of the key of this name, or of all. */
  open(key?: string): OpenRequestView[];
}
