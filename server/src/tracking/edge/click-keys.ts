import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import { type ClickIds, clickIds, type Sign } from "../core/click-id.ts";

/**
 * Click ids under the deployment's keys, the newest first. Old keys are kept as long as clicks signed with them may count.
 * @param keys at least one, each of at least 16 bytes
 */
export function clickIdsOf(keys: readonly Uint8Array[]): ClickIds {
  if (keys.some((key) => key.length < 16)) throw new RangeError("a click key needs at least 16 bytes");
  const [newest, ...older] = keys.map(signer);
  if (newest === undefined) throw new RangeError("click ids need a key");
  return clickIds([newest, ...older], timingSafeEqual);
}

function signer(secret: Uint8Array): Sign {
  // A key object is prepared once; a key given as bytes would be prepared for every click.
  const key = createSecretKey(secret);
  return (payload) => createHmac("sha256", key).update(payload).digest();
}
