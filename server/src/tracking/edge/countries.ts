import { openPlaces, type Places } from "./places.ts";

/** The country of an address as an ISO 3166-1 code, `undefined` when no table knows it. */
export type CountryOf = ((address: string) => string | undefined) & {
  /** the tables behind it: region, city and network, where they have them */
  readonly places?: Places;
};

/**
 * Opens tables of places by address in the MaxMind DB format, as what tells the country.
 * @param path of an .mmdb file, or several divided by commas; the one that comes with the program when not given
 * @throws PlacesProblem
 */
export async function openCountries(path?: string, onTrouble?: (error: Error) => void): Promise<CountryOf> {
  const paths = (path ?? "").split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
  const places = await openPlaces({ paths, ...(onTrouble === undefined ? {} : { onTrouble }) });
  return Object.assign((address: string) => places.find(address).country, { places });
}
