/** The nearest of the names that would have been right, for "did you mean": null where nothing is near. */
export function nearestName(wrong: string, names: Iterable<string>): string | null {
  const given = wrong.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(given.length * 0.4)) + 1;
  for (const name of names) {
    const distance = editDistance(given, name.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Up to `count` names near a wrong one, nearest first: a name that begins with or contains it counts as near too. */
export function nearestNames(wrong: string, names: Iterable<string>, count = 3): string[] {
  const given = wrong.toLowerCase();
  const limit = Math.max(1, Math.floor(given.length * 0.4));
  const ranked: { name: string; rank: number }[] = [];
  for (const name of new Set(names)) {
    const other = name.toLowerCase();
    const distance = editDistance(given, other, limit + 1);
    if (distance <= limit) ranked.push({ name, rank: distance });
    else if (given.length >= 3 && (other.includes(given) || given.includes(other))) {
      ranked.push({ name, rank: limit + Math.abs(other.length - given.length) });
    }
  }
  ranked.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
  return ranked.slice(0, count).map(({ name }) => name);
}

/** Edits from `a` to `b` (insert, delete, replace, swap of neighbours); `atLeast` where they are that many or more. */
function editDistance(a: string, b: string, atLeast: number): number {
  if (Math.abs(a.length - b.length) >= atLeast) return atLeast;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, before[column - 2]! + 1);
      }
      current.push(cost);
    }
    before = above;
    above = current;
  }
  return Math.min(atLeast, above[b.length]!);
}
