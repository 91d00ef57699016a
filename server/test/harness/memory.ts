import { accessSync, constants, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MEMORY = "/dev/shm";
const ROOM_BYTES = 6e9;

/**
 * Where tests keep what lives for minutes: in memory where there is room for it, else in the folder for temporary files. A database is a
 * thousand files; on disks (ext4 looks past every file that was removed of late) making one takes up to a second of processor time.
 */
export function shortLived(): string {
  const given = tmpdir();
  if (given.startsWith(`${MEMORY}/`)) return given;
  return hasRoom() && mayHoldPrograms() ? MEMORY : given;
}

function hasRoom(): boolean {
  if (!existsSync(MEMORY) || process.availableMemory() < ROOM_BYTES) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM_BYTES;
}

/** In many containers nothing there may be run, and the browser is unpacked beside the rest. */
function mayHoldPrograms(): boolean {
  try {
    const folder = mkdtempSync(join(MEMORY, "tributary-"));
    const program = join(folder, "program");
    writeFileSync(program, "", { mode: 0o700 });
    try {
      accessSync(program, constants.X_OK);
      return true;
    } finally {
      rmSync(folder, { recursive: true });
    }
  } catch {
    return false;
  }
}
