import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { StartupProblem } from "../startup-problem.ts";

/**
 * How a PostgreSQL binary is started. PostgreSQL refuses to run as root, so root hands it to the system user `postgres`;
 * an ordinary user runs it as himself.
 */
export type PostgresUser = {
  /** Owner for PostgreSQL's own folders; null when this process is an ordinary user. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Program and arguments to put before the binary's own. */
  command(binary: string, args: readonly string[]): { file: string; args: string[]; uid?: number; gid?: number };
};

/** @param mustReach paths that the server process has to be able to open: the binary, and the data folder as `folder/.`; @param cluster the cluster, if there is one already */
export function postgresUser(mustReach: readonly string[], cluster: string): PostgresUser {
  if (process.getuid?.() !== 0) {
    return { owner: null, command: (binary, args) => ({ file: binary, args: [...args] }) };
  }
  const owner = ownerOf(cluster) ?? findUser("postgres") ?? createUser() ?? findUser("nobody");
  if (!owner) {
    throw new StartupProblem(
      'PostgreSQL does not run as root and the system user "postgres" could not be created: create it (useradd --system postgres) or start Tributary as an ordinary user.',
    );
  }
  if (canReach(mustReach, "/usr/bin/env", ["test"], owner)) {
    return { owner, command: (binary, args) => ({ file: binary, args: [...args], ...owner }) };
  }
  return throughCapability(mustReach, owner);
}

/**
 * Under a closed folder such as /root the `postgres` user cannot reach its own files. `setpriv` gives the server process the one
 * capability to pass closed folders, and nothing else of root.
 */
function throughCapability(mustReach: readonly string[], owner: { uid: number; gid: number }): PostgresUser {
  for (const capability of ["+dac_read_search", "+dac_override"]) {
    const prefix = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"];
    prefix.push(`--inh-caps=${capability}`, `--ambient-caps=${capability}`);
    if (!canReach(mustReach, "setpriv", [...prefix, "test"], null)) continue;
    return { owner, command: (binary, args) => ({ file: "setpriv", args: [...prefix, binary, ...args] }) };
  }
  throw new StartupProblem(
    `PostgreSQL does not run as root, and its user "postgres" cannot reach ${mustReach.join(" and ")}: put the project and the data folder where other users may pass (chmod o+x on the folders above), or start Tributary as an ordinary user.`,
  );
}

function canReach(
  paths: readonly string[],
  file: string,
  args: readonly string[],
  owner: { uid: number; gid: number } | null,
): boolean {
  // Asking whether a file exists uses the rights that opening it would; `test -x` would not count a capability.
  return paths.every((path) => spawnSync(file, [...args, "-e", path], { stdio: "ignore", ...owner }).status === 0);
}

/** Whoever made the cluster goes on with it: an ordinary user's data folder that root starts once stays that user's. */
function ownerOf(cluster: string): { uid: number; gid: number } | null {
  const stat = statSync(cluster, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : null;
}

function findUser(name: string): { uid: number; gid: number } | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

function createUser(): { uid: number; gid: number } | null {
  spawnSync("groupadd", ["--system", "postgres"], { stdio: "ignore" });
  const options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"];
  const withGroup = spawnSync("useradd", [...options, "--gid", "postgres", "postgres"], { stdio: "ignore" });
  if (withGroup.status !== 0) spawnSync("useradd", [...options, "postgres"], { stdio: "ignore" });
  return findUser("postgres");
}
