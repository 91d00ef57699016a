import { timingSafeEqual } from "node:crypto";
import { type ClickIds, clickIds } from "../core/click-id.ts";
import { hmacSha256 } from "../core/sign.ts";

/**
 * Click ids under the deployment's keys, the newest first. Old keys are kept as long as clicks signed with them may count.
 * @param keys at least one, each of 16 to 64 bytes
 */
export function clickIdsOf(keys: readonly Uint8Array[]): ClickIds {
  if (keys.some((key) => key.length < 16)) throw new RangeError("a click key needs at least 16 bytes");
  const [newest, ...older] = keys.map(hmacSha256);
  if (newest === undefined) throw new RangeError("click ids need a key");
  return clickIds([newest, ...older], timingSafeEqual);
}
