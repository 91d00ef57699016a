import type { Query } from "./funnel.ts";

/** What the log is searched for. Everything given has to hold; `undefined` asks for nothing. */
export interface IntakeSearch {
  readonly kind?: "call" | "click" | undefined;
  readonly text?: string | undefined;
  /** An exact place, when the text was a receipt id or a click id. */
  readonly place?: { readonly lane: number; readonly seq: bigint } | undefined;
  /** An event, when the text was its id. */
  readonly eventId?: bigint | undefined;
  readonly fates?: readonly string[] | undefined;
  readonly doors?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly programIds?: readonly string[] | undefined;
  readonly partnerIds?: readonly string[] | undefined;
  readonly sourceIds?: readonly string[] | undefined;
  /** Parameters by name, in the order given; names in lower case. */
  readonly params: readonly (readonly [string, string])[];
}

/** Where a page begins and how far back it looks. Newest first. */
export interface IntakeSlice {
  /** Instants in milliseconds: `since` ≤ at < `until`. */
  readonly since: number;
  readonly until: number;
  readonly after?:
    | { readonly at: number; readonly lane: number; readonly seq: string; readonly line: number }
    | undefined;
  readonly limit: number;
}

/** Columns of `clicks` by the names that somebody searches under. */
const CLICK_PARAMETERS: Readonly<Record<string, string>> = {
  click_id: "click_id",
  link: "link_id",
  offer: "offer_id",
  partner: "partner_id",
  source: "source",
  creative: "creative",
  partner_click_id: "partner_click_id",
  ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`sub${index + 1}`, `sub${index + 1}`])),
  country: "country",
  device: "device",
  os: "os",
  browser: "browser",
  language: "language",
  referrer: "referrer_host",
  network: "network",
  user_agent: "user_agent",
  destination: "destination",
  previous_click_id: "previous_click_id",
  code: "code",
  target: "target",
};

/** Columns that a text may stand in. */
const CLICK_TEXTS = [
  ...["click_id", "partner_click_id", "source", "creative", "network", "user_agent", "destination", "referrer_host"],
  ...["code", "link_id", "partner_id", "offer_id", ...Array.from({ length: 10 }, (_, index) => `sub${index + 1}`)],
];
const CALL_TEXTS = ["external_id", "customer_ref", "click_id", "detail", "raw", "partner_id", "source_id"];

/** The newest rows of a slice, calls and clicks together, in one query. */
export function intakeQuery(search: IntakeSearch, slice: IntakeSlice): Query {
  const params: Record<string, unknown> = {
    since: String(slice.since),
    until: String(slice.until),
    limit: slice.limit,
  };
  const bind = (name: string, type: string, value: unknown): string => {
    params[name] = value;
    return `{${name}:${type}}`;
  };
  const range = [
    "{{scope}}",
    "at >= fromUnixTimestamp64Milli({since:Int64})",
    "at < fromUnixTimestamp64Milli({until:Int64})",
    ...placeConditions(search, bind),
    ...recordConditions(search, bind),
  ];
  const parts = [
    ...(search.kind === "click" ? [] : [callsPart([...range, ...callConditions(search, bind)], slice, bind)]),
    ...(search.kind === "call" || excludesClicks(search)
      ? []
      : [clicksPart([...range, ...clickConditions(search, bind)], slice, bind)]),
  ];
  const order = "order by at desc, lane desc, seq desc, line desc limit {limit:UInt32}";
  const all = parts.map((part) => `(${part} ${order})`).join("\nunion all\n");
  return { sql: `select * from (${all}) ${order}`, params };
}

/** Whether there is nothing to read at all: a search for what neither calls nor clicks can have. */
export function isImpossible(search: IntakeSearch): boolean {
  return search.kind === "click" && excludesClicks(search);
}

type Bind = (name: string, type: string, value: unknown) => string;

function placeConditions(search: IntakeSearch, bind: Bind): string[] {
  if (!search.place) return [];
  return [
    `lane = ${bind("place_lane", "UInt32", search.place.lane)}`,
    `seq = ${bind("place_seq", "UInt64", String(search.place.seq))}`,
  ];
}

function recordConditions(search: IntakeSearch, bind: Bind): string[] {
  const conditions: string[] = [];
  if (search.programIds) conditions.push(`program_id in ${bind("programs", "Array(String)", search.programIds)}`);
  if (search.partnerIds) conditions.push(`partner_id in ${bind("partners", "Array(String)", search.partnerIds)}`);
  return conditions;
}

function after(slice: IntakeSlice, line: string, bind: Bind): string[] {
  if (!slice.after) return [];
  const { at, lane, seq } = slice.after;
  return [
    `(at, lane, seq, ${line}) < (fromUnixTimestamp64Milli(${bind("after_at", "Int64", String(at))}), ${bind("after_lane", "UInt32", lane)}, ${bind("after_seq", "UInt64", seq)}, ${bind("after_line", "UInt32", slice.after.line)})`,
  ];
}

function callConditions(search: IntakeSearch, bind: Bind): string[] {
  const conditions: string[] = [];
  if (search.eventId !== undefined) {
    conditions.push(`event_id = ${bind("event", "UInt64", String(search.eventId))}`);
  }
  if (search.fates) conditions.push(`fate in ${bind("fates", "Array(String)", search.fates)}`);
  if (search.doors) conditions.push(`door in ${bind("doors", "Array(String)", search.doors)}`);
  if (search.types) conditions.push(`type in ${bind("types", "Array(String)", search.types)}`);
  if (search.sourceIds) conditions.push(`source_id in ${bind("sources", "Array(String)", search.sourceIds)}`);
  if (search.reason !== undefined) conditions.push(`reason = ${bind("reason", "String", search.reason)}`);
  search.params.forEach(([name, value], index) => {
    conditions.push(`params[${bind(`name${index}`, "String", name)}] = ${bind(`value${index}`, "String", value)}`);
  });
  if (search.text !== undefined && !search.place) {
    const text = bind("text", "String", search.text);
    const found = CALL_TEXTS.map((column) => `positionCaseInsensitiveUTF8(${column}, ${text}) > 0`);
    found.push(`arrayExists(value -> positionCaseInsensitiveUTF8(value, ${text}) > 0, mapValues(params))`);
    conditions.push(`(${found.join(" or ")})`);
  }
  return conditions;
}

/** Clicks have no type, source or fate of an event: a search for one of these is not about clicks. */
function excludesClicks(search: IntakeSearch): boolean {
  const clickFates =
    search.fates === undefined || search.fates.some((fate) => fate === "counted" || fate === "uncounted");
  const knownNames = search.params.every(([name]) => name in CLICK_PARAMETERS);
  const door = search.doors === undefined || search.doors.includes("link");
  return (
    search.eventId !== undefined ||
    !clickFates ||
    !knownNames ||
    !door ||
    search.types !== undefined ||
    search.sourceIds !== undefined
  );
}

function clickConditions(search: IntakeSearch, bind: Bind): string[] {
  const conditions: string[] = [];
  if (search.fates && !search.fates.includes("uncounted")) conditions.push("verdict = 'click'");
  if (search.fates && !search.fates.includes("counted")) conditions.push("verdict != 'click'");
  if (search.reason !== undefined) conditions.push(`verdict = ${bind("reason", "String", search.reason)}`);
  search.params.forEach(([name, value], index) => {
    conditions.push(`${CLICK_PARAMETERS[name]} = ${bind(`value${index}`, "String", value)}`);
  });
  if (search.text !== undefined && !search.place) {
    const text = bind("text", "String", search.text);
    const found = CLICK_TEXTS.map((column) => `positionCaseInsensitiveUTF8(${column}, ${text}) > 0`);
    conditions.push(`(${found.join(" or ")})`);
  }
  return conditions;
}

function callsPart(conditions: readonly string[], slice: IntakeSlice, bind: Bind): string {
  const columns = [
    ...["'call' as kind", "at", "lane", "seq", "line", "toString(door) as door", "toString(fate) as fate"],
    ...[
      "toString(reason) as reason",
      "detail",
      "toString(program_id) as program_id",
      "toString(partner_id) as partner_id",
    ],
    ...[
      "toString(source_id) as source_id",
      "toString(type) as type",
      "external_id",
      "customer_ref",
      "event_id",
      "click_id",
    ],
    ...["cast(params, 'Map(String, String)') as params", "raw"],
  ];
  return `select ${columns.join(", ")} from intake final where ${[...conditions, ...after(slice, "line", bind)].join(" and ")}`;
}

function clicksPart(conditions: readonly string[], slice: IntakeSlice, bind: Bind): string {
  const pairs = Object.entries(CLICK_PARAMETERS).map(([name, column]) => `'${name}', toString(${column})`);
  const columns = [
    ...["'click' as kind", "at", "lane", "seq", "toUInt32(0) as line", "'link' as door"],
    ...[
      "if(verdict = 'click', 'counted', 'uncounted') as fate",
      "if(verdict = 'click', '', toString(verdict)) as reason",
    ],
    ...["'' as detail", "toString(program_id) as program_id", "toString(partner_id) as partner_id", "'' as source_id"],
    ...["'click' as type", "'' as external_id", "'' as customer_ref", "toUInt64(0) as event_id", "click_id"],
    ...[`mapFilter((name, value) -> value != '', map(${pairs.join(", ")})) as params`, "'' as raw"],
  ];
  const where = [...conditions, ...after(slice, "toUInt32(0)", bind)];
  return `select ${columns.join(", ")} from clicks where ${where.join(" and ")}`;
}
