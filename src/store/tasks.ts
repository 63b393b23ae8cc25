/** What the store's thread can be asked to do: plain data, since it crosses between threads. */
import type { MemoryUse } from "../domain/memory-use.ts";
import type { RequestRecord } from "../domain/request-record.ts";
import type { UsageFilter, UsageRow } from "../domain/usage.ts";
import type { ServiceTimes } from "../domain/work.ts";
import type { AuditEntry, EngineRecord, OwnKeysState, SpentTokens, StoredKey } from "./rows.ts";

interface Inputs {
  addKey: StoredKey;
  setKey: StoredKey;
  removeKey: { name: string };
  setOwnKeys: Exclude<OwnKeysState, "unknown">;
  /** All of them: what else was there is gone. */
  setEngines: EngineRecord[];
  /** Of those that are not among them what is known stays. */
  setServiceTimes: ReadonlyMap<string, ServiceTimes>;
  setMemoryUse: MemoryUse & { model: string; settings: string };
  addLoad: { model: string; seconds: number; at: number };
  /** `body`: the events as JSON. */
  addEvents: { at: number; body: string };
  addCheckpoint: { at: number; body: string };
  addRequests: RequestRecord[];
  /** Records that are older go; sums of them stay. */
  keepRequests: { days: number };
  findRequests: RequestFilter;
  findUsage: UsageFilter;
  addAudit: AuditEntry;
  findAudit: { limit: number };
  modelUses: null;
  /** Shows that the file takes writes. */
  proveStore: null;
  proveJournal: null;
}

export interface RequestFilter {
  /** At most so many, the newest first. */
  limit: number;
  /** Of this key only. */
  key?: string | undefined;
  /** Of this model only, asked for or served. */
  model?: string | undefined;
  /** That came at this time or later, and before that one. Seconds since the epoch. */
  from?: number | undefined;
  to?: number | undefined;
  /** Older than where an earlier answer ended: its `next`. */
  before?: number | undefined;
}

export interface FoundRequests {
  requests: RequestRecord[];
  /** Where the next ones begin; null where there are no more. */
  next: number | null;
}

export type TaskName = keyof Inputs;

/** What comes of a task; of most nothing but that it is done. */
export type Answer<N extends TaskName> = N extends keyof Answers ? Answers[N] : undefined;

interface Answers {
  findRequests: FoundRequests;
  findUsage: UsageRow[];
  findAudit: AuditEntry[];
  modelUses: Map<string, number>;
}

export type ReadingTask = keyof Answers;

/** They write nothing: that they work says nothing of a disk. */
export const readingTasks: ReadonlySet<TaskName> = new Set<ReadingTask>([
  "findRequests",
  "findUsage",
  "findAudit",
  "modelUses",
]);

export interface TaskOf<N extends TaskName> {
  name: N;
  input: Inputs[N];
}

export type Task = { [N in TaskName]: TaskOf<N> }[TaskName];

/** How the thread does each of them. What one throws is its failure. */
export type Doers = { [N in TaskName]: (input: Inputs[N]) => Answer<N> };

export type StoreFile = "hearth.db" | "journal.db";

const journalTasks: ReadonlySet<TaskName> = new Set(["addEvents", "addCheckpoint", "proveJournal"]);

/** The journal is apart: it is written with every request and worth no wait for the disk; keys are. */
export function fileOf(name: TaskName): StoreFile {
  return journalTasks.has(name) ? "journal.db" : "hearth.db";
}

export function proofOf(file: StoreFile): "proveStore" | "proveJournal" {
  return file === "journal.db" ? "proveJournal" : "proveStore";
}

/** Why something was not done. */
export interface Failure {
  /** For the log: names the file. */
  message: string;
  /** What to do; for everybody. */
  remedy: string;
  /** It may be over by itself. */
  passes: boolean;
}

export type Outcome = { answer: Answer<TaskName> } | { failure: Failure };

/** What is needed in memory from the start. */
export interface Opened {
  instance: string;
  keys: StoredKey[];
  ownKeys: OwnKeysState;
  /** When keys were used last, seconds since the epoch. */
  keyUses: Map<string, number>;
  /** Of this month. */
  spent: SpentTokens[];
  engines: EngineRecord[];
  /** By model: seconds, oldest first. */
  loads: Map<string, number[]>;
  serviceTimes: Map<string, ServiceTimes>;
  /** By `useKey`. */
  memoryUses: Map<string, MemoryUse>;
  /** What the journal's last part takes: a checkpoint and what follows it. Bytes. */
  journalTail: number;
  /** The journal was damaged and is begun anew: why. */
  journalLost: string | null;
}

/** What the thread is started with. */
export interface ThreadOrder {
  home: string;
  /** Folder of compiled modules; null where none are kept. */
  compileCache: string | null;
}

/** `stopping`: the next Hearth on this home may wait for it. */
export type ToThread = { tasks: Task[] } | { stopping: true } | { close: true };
/** `notice`: a sentence for the log, while it opens the home. */
export type FromThread = { opened: Opened } | { refused: string } | { notice: string } | { outcomes: Outcome[] };
