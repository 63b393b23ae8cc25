/**
 * What clients asked to have kept, in memory and nowhere else: gone after a time, when others need the room, and with
 * this process. Nobody but its owner finds it, and no owner takes more than half of the room.
 */
import type { JsonObject } from "../../domain/json-object.ts";

export interface ShelfBounds {
  /** For all owners together; an entry counts as its JSON. */
  bytes: number;
  /** An entry that nobody has put anew for so long is gone. Milliseconds. */
  keptMs: number;
}

/** One owner's part of it. */
export interface OwnShelf {
  get(id: string): JsonObject | null;
  /** It takes the place of one of the same id. False where it is larger than what an owner may have: then nothing has changed. */
  put(id: string, value: JsonObject): boolean;
  /** The newest entry whose JSON holds `text`; only the newest few megabytes are looked through. */
  find(text: string): JsonObject | null;
  /** False where there is none. */
  delete(id: string): boolean;
}

interface Entry {
  json: Buffer;
  at: number;
}

/** No entry is larger, so that reading one holds nobody up: a million tokens, about. Bytes. */
export const largestEntry = 4 * 1024 * 1024;

/** So that a search holds nobody up. Bytes. */
const mostSearched = 8 * 1024 * 1024;

/** What an entry takes beside its JSON: a name, a place in two maps. */
const overhead = 256;

export class Shelf {
  readonly #bounds: () => ShelfBounds;
  readonly #now: () => number;
  /** By owner, then by id, the oldest first. */
  readonly #owners = new Map<string, Owned>();

  /** `bounds`: asked each time, so that changed ones hold at once. `now`: milliseconds that only grow. */
  constructor(bounds: () => ShelfBounds, now: () => number = () => performance.now()) {
    this.#bounds = bounds;
    this.#now = now;
  }

  /** `owner`: whom nobody else can be. */
  of(owner: string): OwnShelf {
    return {
      get: (id) => this.#get(owner, id),
      put: (id, value) => this.#put(owner, id, value),
      find: (text) => this.#find(owner, text),
      delete: (id) => this.#delete(owner, id),
    };
  }

  /** Of all entries. */
  get bytes(): number {
    return [...this.#owners.values()].reduce((sum, owned) => sum + owned.bytes, 0);
  }

  /** Throws away what is too old. Everything here does so too; call it now and then, so that nothing outstays its time unasked. */
  expire(): void {
    const oldest = this.#now() - this.#bounds().keptMs;
    for (const [owner, owned] of this.#owners) {
      while (owned.oldestAt < oldest) owned.dropOldest();
      if (owned.entries.size === 0) this.#owners.delete(owner);
    }
  }

  #put(owner: string, id: string, value: JsonObject): boolean {
    const json = Buffer.from(JSON.stringify(value));
    const { bytes } = this.#bounds();
    const share = bytes / 2;
    const size = json.length + overhead;
    if (size > Math.min(share, largestEntry)) return false;
    this.expire();
    const owned = this.#owners.get(owner) ?? new Owned();
    this.#owners.set(owner, owned);
    owned.delete(id);
    while (owned.bytes + size > share) owned.dropOldest();
    owned.set(id, { json, at: this.#now() });
    while (this.bytes > bytes) this.#dropOldest(owner);
    return true;
  }

  #get(owner: string, id: string): JsonObject | null {
    this.expire();
    const found = this.#owners.get(owner)?.entries.get(id);
    return found === undefined ? null : parsed(found.json);
  }

  #find(owner: string, text: string): JsonObject | null {
    this.expire();
    let searched = 0;
    for (const { json } of [...(this.#owners.get(owner)?.entries.values() ?? [])].reverse()) {
      if (json.includes(text)) return parsed(json);
      searched += json.length;
      if (searched > mostSearched) return null;
    }
    return null;
  }

  #delete(owner: string, id: string): boolean {
    this.expire();
    return this.#owners.get(owner)?.delete(id) ?? false;
  }

  /** Of the others' entries: what was just put stays. */
  #dropOldest(spared: string): void {
    const others = [...this.#owners].filter(([owner, { entries }]) => owner !== spared && entries.size > 0);
    others.sort(([, one], [, other]) => one.oldestAt - other.oldestAt)[0]?.[1].dropOldest();
  }
}

function parsed(json: Buffer): JsonObject {
  return JSON.parse(json.toString("utf8")) as JsonObject;
}

/** One owner's entries. */
class Owned {
  readonly entries = new Map<string, Entry>();
  bytes = 0;

  /** Infinite where there is none. */
  get oldestAt(): number {
    const [oldest] = this.entries.values();
    return oldest?.at ?? Number.POSITIVE_INFINITY;
  }

  set(id: string, entry: Entry): void {
    this.entries.set(id, entry);
    this.bytes += entry.json.length + overhead;
  }

  delete(id: string): boolean {
    const entry = this.entries.get(id);
    if (entry === undefined) return false;
    this.bytes -= entry.json.length + overhead;
    return this.entries.delete(id);
  }

  dropOldest(): void {
    const [id] = this.entries.keys();
    if (id !== undefined) this.delete(id);
  }
}
