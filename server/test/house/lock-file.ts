/**
 * `npm run lock`: completes package-lock.json after `npm install`. A library with native parts names one optional package per platform. npm leaves
 * those out of the lock file that it could not reach when it was written, and `npm ci` then refuses the whole file. An entry needs no more than
 * version and platform: npm skips it on every other one, and on its own fetches that version.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { read, root } from "./sources.ts";

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dev?: boolean;
  readonly license?: string;
  readonly [field: string]: unknown;
}
export interface LockFile {
  readonly packages: Readonly<Record<string, Locked>>;
  readonly [field: string]: unknown;
}

export function readLock(): LockFile {
  return JSON.parse(read("package-lock.json")) as LockFile;
}

/** Optional packages that are named by another one and have no entry where npm would look for it: path → entry. */
export function missingEntries(lock: LockFile): Readonly<Record<string, Locked>> {
  const missing: Record<string, Locked> = {};
  for (const [path, { optionalDependencies, dev, license }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      if (isFound(lock, path, name) || !/^\d+\.\d+\.\d+/.test(version)) continue;
      const top = `node_modules/${name}`;
      const taken = missing[top] !== undefined && missing[top].version !== version;
      const entry = {
        version,
        ...(dev ? { dev: true } : {}),
        // A native part comes under the licence of the library that it is a part of.
        ...(license ? { license } : {}),
        optional: true,
        ...platformOf(name),
      };
      missing[taken ? `${path}/node_modules/${name}` : top] = entry;
    }
  }
  return missing;
}

/** Looks as Node does: beside the package, then in every folder above. */
function isFound(lock: LockFile, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    if (lock.packages[folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`] !== undefined)
      return true;
    if (folder === "") return false;
  }
}

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "ppc64le",
  "riscv64",
  "s390x",
  "x64",
  "wasm32",
];

/** What the package's own manifest would say, read from its name: `…-linux-arm64-musl`. */
function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => SYSTEMS.includes(word === "windows" ? "win32" : word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const libc = words.includes("musl") ? ["musl"] : os.includes("linux") && words.includes("gnu") ? ["glibc"] : [];
  return {
    ...(os.length > 0 ? { os } : {}),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  };
}

function complete(): void {
  const lock = readLock();
  const missing = missingEntries(lock);
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(join(root, "package-lock.json"), `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  process.stdout.write(`${Object.keys(missing).length} entries added\n`);
}

if (import.meta.main) complete();
