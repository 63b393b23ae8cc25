/** Moves kept commits and digests to what their branches and tags stand for now, and back again. */
import type { Resolution, Resolved } from "../domain/resolved.ts";
import { type ResolvedFile, withResolution } from "./resolved-file.ts";

/** A kept name. */
export interface Kept {
  kind: keyof Resolved;
  name: string;
}

/** What became of one: `to` equals `from` where nothing has moved. */
export type Move = Kept & { from: string } & ({ to: string } | { unknown: string });

/** What a name stands for now. Rejects with a reason for people. */
export type AskNow = (kept: Kept) => Promise<string>;

/** Asks for each, one after the other, and changes nothing. `wanted`: which of the kept names. */
export async function movesNow(file: ResolvedFile, wanted: (kept: Kept) => boolean, ask: AskNow): Promise<Move[]> {
  const moves: Move[] = [];
  for (const { kind, name, resolution } of entries(await file.read())) {
    if (!wanted({ kind, name })) continue;
    const found = await ask({ kind, name }).then(
      (to) => ({ to }),
      (error: Error) => ({ unknown: error.message }),
    );
    moves.push({ kind, name, from: resolution.is, ...found });
  }
  return moves;
}

/** From here to where each was before its last upgrade; nothing for those that never moved. Changes nothing. */
export async function movesBack(file: ResolvedFile, wanted: (kept: Kept) => boolean): Promise<Move[]> {
  return entries(await file.read()).flatMap(({ kind, name, resolution: { is, before } }): Move[] =>
    before === undefined || !wanted({ kind, name }) ? [] : [{ kind, name, from: is, to: before }],
  );
}

/** Keeps where each has moved to, and what it was. What somebody else has moved meanwhile stays as he left it. */
export async function carryOut(file: ResolvedFile, moves: readonly Move[]): Promise<void> {
  const since = new Date().toISOString();
  await file.update((present) =>
    moves.reduce((resolved, move) => {
      if (!hasMoved(move) || resolved[move.kind][move.name]?.is !== move.from) return resolved;
      return withResolution(resolved, move.kind, move.name, { is: move.to, since, before: move.from });
    }, present),
  );
}

export function hasMoved(move: Move): move is Extract<Move, { to: string }> {
  return "to" in move && move.to !== move.from;
}

function entries(resolved: Resolved): (Kept & { resolution: Resolution })[] {
  return (["commits", "digests"] as const).flatMap((kind) =>
    Object.entries(resolved[kind])
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, resolution]) => ({ kind, name, resolution })),
  );
}
