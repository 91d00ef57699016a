import { createHash } from "node:crypto";
import { encodeBytes } from "../../kernel/ids.ts";

/** Where secret tokens come from: given in, like the clock. */
export interface TokenSource {
  /** 256 random bits as 52 letters that survive any system. */
  next(): string;
}

export function tokenSource(randomBytes: (count: number) => Uint8Array): TokenSource {
  return { next: () => encodeBytes(randomBytes(32)) };
}

/** What is kept of a token. It has 256 random bits, so a plain hash is enough: there is nothing to guess. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Marks an API key, so that scanners for leaked secrets know one when they see it. */
export const API_KEY_PREFIX = "tbk_";
