import { readPreference, storePreference } from "../preferences.ts";

/** What was typed and not sent yet, kept in this browser under the form's name. Passwords are never given to it. */
export function readDraft<T extends object>(name: string): Partial<T> | undefined {
  return readPreference<Partial<T>>(`draft:${name}`);
}

export function keepDraft(name: string, values: object): void {
  storePreference(`draft:${name}`, values);
}

export function dropDraft(name: string): void {
  storePreference(`draft:${name}`, undefined);
}
