import type { StoreHealth } from "../../../src/domain/store-health.ts";

export const wellStore: StoreHealth = { status: "ok", problem: null, queued: 0, failedWrites: 0, droppedWrites: 0 };
