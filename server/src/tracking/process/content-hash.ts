import { hash } from "node:crypto";
import type { StoredEvent } from "../contracts.ts";

const VOID = "void";

/**
 * Equal for two events of one key exactly when they say the same: the first 16 bytes of SHA-256, base64url. The order of
 * names does not matter. A time that was not sent is left out: it is the time of arrival. All reversals say the same.
 */
export function contentHash(event: StoredEvent): string {
  if (event.void === true) return VOID;
  let text = `${event.customerRef}\0${event.timeGiven === false ? "" : event.at}\0${event.currency ?? ""}`;
  text += `\0${event.clickId ?? ""}\0${event.badClickId ?? ""}\0${event.code ?? ""}\0${event.partnerHint ?? ""}`;
  text += sorted(event.measures) + sorted(event.quantities) + sorted(event.dimensions);
  return hash("sha256", text, "base64url").slice(0, 22);
}

function sorted(values: Readonly<Record<string, string>> | undefined): string {
  if (values === undefined) return "\0";
  const names = Object.keys(values);
  if (names.length > 1) names.sort();
  let text = "\0";
  for (const name of names) text += `${name}=${values[name]}\0`;
  return text;
}
