import { hostname } from "node:os";
import type { Running } from "../database/index.ts";
import type { ShippingContext } from "../reporting/index.ts";
import {
  type ClickIds,
  type CountryOf,
  clickIdsOf,
  edgeCatalogue,
  type IntakeLog,
  openCountries,
  openIntakeLog,
  openRoutes,
  type RouteSource,
  type Vault,
} from "../tracking/index.ts";
import { sealWith } from "./http/seal.ts";
import type { Program } from "./program.ts";

/** Click ids under this deployment's key: the same in every process and on every machine that shares the secret. */
export function clickIdsFor(program: Program): ClickIds {
  return clickIdsOf([program.key("click ids")]);
}

/** Opens and seals what the operator entrusts: secrets of event sources and postbacks. */
export function vaultFor(program: Program): Vault {
  return sealWith(program.key("vault"));
}

/** What the way to ClickHouse is given. */
export function shippingOf(program: Program): ShippingContext {
  return { db: program.database.db, analytics: program.analytics, clickIds: clickIdsFor(program) };
}

/** What the tracking doors of one process share: its lane of the intake log, and what it knows of links, offers and sources. */
export type TrackingParts = Running & {
  readonly log: IntakeLog;
  readonly routes: RouteSource;
  readonly clickIds: ClickIds;
  readonly vault: Vault;
  readonly country: CountryOf;
};

export async function openTracking(program: Program): Promise<TrackingParts> {
  const { database, clock, configuration } = program;
  const trouble = (error: Error): void => program.log.error({ err: error }, "tracking has trouble with its database");
  const country = await openCountries(configuration.geoDatabase);
  const log = await openIntakeLog({
    pool: database.pool,
    clock,
    writer: `${configuration.role} on ${hostname()}`,
    onTrouble: trouble,
  });
  const catalogue = () => edgeCatalogue(database.db);
  const routes = await openRoutes({ db: database.db, pool: database.pool, catalogue, onTrouble: trouble });
  return {
    log,
    routes,
    country,
    clickIds: clickIdsFor(program),
    vault: vaultFor(program),
    stop: async () => {
      await routes.close();
      await log.close();
    },
  };
}
