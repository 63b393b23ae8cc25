/** Holds imports against the table of the house. */
import { dirname } from "node:path";
import type { Room } from "./house.ts";
import type { Import } from "./imports.ts";

type Rooms = Readonly<Record<string, Room>>;
type Homes = Readonly<Record<string, readonly string[]>>;

/** What breaks the table, a sentence each; none is good. */
export function faultsOf(imports: Import[], rooms: Rooms, homes: Homes): string[] {
  return [...imports.flatMap((one) => faultOf(one, rooms, homes) ?? []), ...circlesOf(rooms)];
}

/** Lines of the table that nothing needs any more, as `catalog -> link`. */
export function unusedEdges(imports: Import[], rooms: Rooms): string[] {
  const used = new Set(imports.map(({ file, target }) => `${roomOf(file, rooms)} -> ${roomOf(target, rooms)}`));
  const allowed = Object.entries(rooms).flatMap(([room, { imports }]) => imports.map((to) => `${room} -> ${to}`));
  return allowed.filter((edge) => !used.has(edge));
}

function faultOf({ file, line, target }: Import, rooms: Rooms, homes: Homes): string | null {
  const where = `${file}:${line} imports ${target}`;
  const room = roomOf(file, rooms);
  if (room === null) return `${where}, and its folder is not in the table.`;
  if (!target.startsWith("src/")) {
    if (room === "domain") return `${where}: domain is pure: no I/O, no clock, no randomness. Pass it in.`;
    const home = homes[target];
    return home && !home.includes(room) ? `${where}: only ${home.join(", ")} may.` : null;
  }
  const other = roomOf(target, rooms);
  if (other === null) return `${where}, whose folder is not in the table.`;
  const { imports } = rooms[room]!;
  if (room === other || imports.includes(other)) return null;
  return `${where}: ${room} may import ${imports.length === 0 ? "no other folder" : `only ${imports.join(", ")}`}.`;
}

/** The line that holds for a file of `src`: its folder's, or the nearest folder's above. Null: none does. */
export function roomOf(file: string, rooms: Rooms): string | null {
  const own = dirname(file.replace(/^src\//, ""));
  if (own === ".") return "." in rooms ? own : null;
  for (let folder = own; folder !== "."; folder = dirname(folder)) if (folder in rooms) return folder;
  return null;
}

function circlesOf(rooms: Rooms): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (room: string, path: string[]) => {
    if (path.includes(room)) circles.push(`A circle: ${[...path.slice(path.indexOf(room)), room].join(" -> ")}.`);
    if (done.has(room) || path.includes(room)) return;
    for (const next of rooms[room]?.imports ?? []) visit(next, [...path, room]);
    done.add(room);
  };
  for (const room of Object.keys(rooms)) visit(room, []);
  return circles;
}
