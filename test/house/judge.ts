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

/** Permissions of the table that nothing needs any more, as `catalog -> link`. */
export function unusedEdges(imports: Import[], rooms: Rooms): string[] {
  const line = (file: string) => roomOf(file, rooms)?.line;
  const used = new Set(imports.map(({ file, target }) => `${line(file)} -> ${line(target)}`));
  const allowed = Object.entries(rooms).flatMap(([from, { imports }]) => imports.map((to) => `${from} -> ${to}`));
  return allowed.filter((edge) => !used.has(edge));
}

function faultOf({ file, line, target }: Import, rooms: Rooms, homes: Homes): string | null {
  const where = `${file}:${line} imports ${target}`;
  const room = roomOf(file, rooms);
  if (room === null) return `${where}, and its folder is not in the table.`;
  if (!target.startsWith("src/")) {
    if (room.line === "domain") return `${where}: domain is pure: no I/O, no clock, no randomness. Pass it in.`;
    const home = homes[target];
    return home && !home.some((one) => file.startsWith(`src/${one}/`))
      ? `${where}: only ${home.join(", ")} may.`
      : null;
  }
  const other = roomOf(target, rooms);
  if (other === null) return `${where}, whose folder is not in the table.`;
  const { imports } = rooms[room.line]!;
  if (room.folder === other.folder || imports.includes(other.line)) return null;
  const allowed = imports.length === 0 ? "no other folder" : `only ${imports.join(", ")}`;
  return `${where}: ${room.folder} may import ${allowed}.`;
}

/** Where a file of `src` belongs: the line of the table that says most exactly what it is. Null: none does. */
function roomOf(file: string, rooms: Rooms): { line: string; folder: string } | null {
  const own = file.replace(/^src\//, "");
  for (let path = own; path !== "."; path = dirname(path)) {
    if (path in rooms) return { line: path, folder: path };
    const each = `${dirname(path)}/*`;
    if (path !== own && each in rooms) return { line: each, folder: path };
  }
  return dirname(own) === "." && "." in rooms ? { line: ".", folder: "." } : null;
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
