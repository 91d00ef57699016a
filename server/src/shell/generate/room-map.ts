import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../../..");
const START = "<!-- room map: written by `npm run generate` from server/rooms.json -->";
const END = "<!-- end of the room map -->";

type RoomMap = Readonly<Record<string, readonly string[]>>;

/** ARCHITECTURE.md with its picture of the rooms drawn anew. @throws when the page has lost the place for it */
export function architecturePage(): string {
  const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`ARCHITECTURE.md needs the lines "${START}" and "${END}"`);
  return `${page.slice(0, start)}${START}\n\n${roomPicture()}\n${page.slice(end)}`;
}

function roomPicture(): string {
  const rooms = JSON.parse(readFileSync(join(root, "server/rooms.json"), "utf8")) as RoomMap;
  const built = (room: string): boolean => existsSync(join(root, "server/src", room, "index.ts"));
  return drawRooms(rooms, built);
}

/** Open to nearly every room: their arrows would hide the others. */
const EVERYWHERE = new Set(["audit", "access"]);

/**
 * A mermaid picture of who may call whom. An arrow that follows from two others is left out (partners → programs says it for pipeline too);
 * rooms that are planned but not built yet are dashed.
 */
export function drawRooms(rooms: RoomMap, built: (room: string) => boolean): string {
  const drawn = Object.keys(rooms).filter((room) => !EVERYWHERE.has(room));
  const below = (room: string): readonly string[] => (rooms[room] ?? []).filter((other) => !EVERYWHERE.has(other));
  const reaches = (from: string, to: string): boolean => below(from).some((next) => next === to || reaches(next, to));
  const arrows = drawn.flatMap((room) =>
    below(room)
      .filter((other) => !below(room).some((via) => via !== other && reaches(via, other)))
      .map((other) => `  ${room} --> ${other}`),
  );
  const planned = drawn.filter((room) => !built(room));
  return [
    "```mermaid",
    "flowchart TB",
    ...drawn.map((room) => `  ${room}`),
    ...arrows,
    ...(planned.length === 0
      ? []
      : ["  classDef planned stroke-dasharray: 4 4", `  class ${planned.join(",")} planned`]),
    "```",
    "",
  ].join("\n");
}
