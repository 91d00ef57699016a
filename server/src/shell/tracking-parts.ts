import { hostname } from "node:os";
import type { Running } from "../database/index.ts";
import type { ShippingContext } from "../reporting/index.ts";
import {
  type ClickIds,
  type ClickKeyRing,
  type CountryOf,
  type IntakeLog,
  openClickKeyRing,
  openCountries,
  openIntakeLog,
  openRoutes,
  PlacesProblem,
  type RouteSource,
  type Vault,
} from "../tracking/index.ts";
import { catalogueOf } from "./edge-programs.ts";
import { sealWith } from "./http/seal.ts";
import type { Program } from "./program.ts";
import { StartupProblem } from "./startup-problem.ts";

/** Well within the time that a new key waits before it signs. */
const KEYS_READ_MS = 10_000;
const rings = new WeakMap<Program, Promise<ClickKeyRing>>();

/** Click ids under this deployment's keys: the same in every process and on every machine that shares the secret. */
export async function clickIdsFor(program: Program): Promise<ClickIds> {
  const ring = rings.get(program) ?? openRing(program);
  rings.set(program, ring);
  return (await ring).clickIds;
}

async function openRing(program: Program): Promise<ClickKeyRing> {
  const { db, pool } = program.database;
  const vault = vaultFor(program);
  const ring = openClickKeyRing({ db, clock: program.clock, first: program.key("click ids"), vault });
  await ring.reload().catch(unreadable);
  // Ends with the pool: whoever has closed it issues and reads no more ids.
  const timer = setInterval(() => {
    if (pool.ended) return clearInterval(timer);
    ring
      .reload()
      .catch((error: Error) => program.log.warn({ err: error }, "click keys could not be read; it is tried again"));
  }, KEYS_READ_MS).unref();
  return ring;
}

function unreadable(error: Error): never {
  if (!/authenticate data/.test(error.message)) throw error;
  throw new StartupProblem(
    "The keys of click IDs cannot be opened: the secret (TRIBUTARY_SECRET, or the file `secret` in the data folder) is not the one they were sealed with. Give the old one back; docs/runbooks/click-keys.md says more.",
  );
}

/** Opens and seals what the operator entrusts: secrets of event sources and postbacks. */
export function vaultFor(program: Pick<Program, "key">): Vault {
  return sealWith(program.key("vault"));
}

/** What the way to ClickHouse is given. */
export async function shippingOf(program: Program): Promise<ShippingContext> {
  return { db: program.database.db, analytics: program.analytics, clickIds: await clickIdsFor(program) };
}

/** What the tracking doors of one process share: its lane of the intake log, and what it knows of links, offers and sources. */
export type TrackingParts = Running & {
  readonly log: IntakeLog;
  readonly routes: RouteSource;
  readonly clickIds: ClickIds;
  readonly vault: Vault;
  readonly country: CountryOf;
};

function noPlaces(error: Error): never {
  if (!(error instanceof PlacesProblem)) throw error;
  throw new StartupProblem(`The setting GEO_DATABASE is wrong. ${error.message}`);
}

export async function openTracking(program: Program): Promise<TrackingParts> {
  const { database, clock, configuration } = program;
  const trouble = (error: Error): void => program.log.error({ err: error }, "tracking has trouble with its database");
  const country = await openCountries(configuration.geoDatabase, trouble).catch(noPlaces);
  const log = await openIntakeLog({
    pool: database.pool,
    clock,
    writer: `${configuration.role} on ${hostname()}`,
    onTrouble: trouble,
  });
  const catalogue = () => catalogueOf(database.db, clock.now());
  const routes = await openRoutes({ db: database.db, pool: database.pool, clock, catalogue, onTrouble: trouble });
  return {
    log,
    routes,
    country,
    clickIds: await clickIdsFor(program),
    vault: vaultFor(program),
    stop: async () => {
      country.places?.close();
      await routes.close();
      await log.close();
    },
  };
}
