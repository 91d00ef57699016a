import type { StoredCall, StoredLine } from "../../tracking/index.ts";

const LONGEST = 2_000;

/**
 * Every parameter of one event of a call under one flat name, as somebody would search for it: the event's own fields, its
 * measures, quantities and dimensions, and what stood in the query of a postback or pixel, by the names it was sent under.
 * Names are lower case; a name that occurs twice keeps the first value.
 * @param address of the caller as it may be kept: whole for a server of the operator, the network for a visitor
 */
export function callParameters(
  call: StoredCall,
  line: StoredLine | undefined,
  address: string | undefined,
): readonly (readonly [string, string])[] {
  const found = new Map<string, string>();
  const add = (name: string, value: string | undefined): void => {
    const key = keyOf(name);
    if (value !== undefined && value !== "" && !found.has(key)) found.set(key, value.slice(0, LONGEST));
  };
  for (const [name, value] of sentQuery(call.raw)) add(name, value);
  if (line && !("refused" in line)) addEvent(line, add);
  const refused = line && "refused" in line ? line.refused : call.refused;
  if (refused?.field !== undefined) add(refused.field, refused.value);
  add("ip", address);
  add("user_agent", call.ua);
  add("file", call.file);
  return [...found];
}

const keys = new Map<string, string>();
const KEYS_KEPT = 2_000;

/** Nearly all names are the same few. */
function keyOf(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= KEYS_KEPT) keys.clear();
  const key = name.toLowerCase().slice(0, 100);
  keys.set(name, key);
  return key;
}

function addEvent(
  event: Exclude<StoredLine, { refused: unknown }>,
  add: (name: string, value: string | undefined) => void,
): void {
  add("type", event.type);
  add("external_id", event.externalId);
  add("customer", event.customerRef);
  add("currency", event.currency);
  add("click_id", event.clickId ?? event.badClickId);
  add("code", event.code);
  add("partner", event.partnerHint);
  if (event.void) add("void", "true");
  for (const fields of [event.measures, event.quantities, event.dimensions]) {
    for (const [name, value] of Object.entries(fields ?? {})) add(name, value);
  }
  add("notes", event.notes?.join(" "));
}

/** The pairs of a query or form. JSON and anything else that is not one has none. */
function sentQuery(raw: string | undefined): Iterable<[string, string]> {
  if (raw === undefined || raw.startsWith("{") || raw.startsWith("[")) return [];
  return new URLSearchParams(raw);
}
