import type { RawHandler } from "./http-server.ts";
import type { Program } from "./program.ts";

/** A part of the program that answers HTTP requests. */
export type Door = { readonly handle: RawHandler; stop(): Promise<void> };

/** Tracking links, postbacks and pixels: bare handlers, asked first. */
export const trackingDoors: readonly ((program: Program) => Promise<Door>)[] = [];

/** Console, portal and API. */
export const applicationDoor: readonly ((program: Program) => Promise<Door>)[] = [];

/** The one-time address under which the first administrator is set up; null once there is one. */
export async function setupLink(_program: Program, _address: string): Promise<string | null> {
  return null;
}
