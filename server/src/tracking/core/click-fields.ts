import { SUB_IDS } from "@tributary/contract";
import { decodeLenient, eachPair } from "./query.ts";
import { cutText, storable } from "./stored.ts";

/** What a tracking link's query says, decoded and cut. */
export interface ClickInput {
  /** by canonical name: sub1 … sub10, partnerClickId, source, creative */
  readonly fields: ReadonlyMap<ClickField, string>;
  /** deep link as asked for, not checked */
  readonly deepLink: string | undefined;
  readonly other: ReadonlyMap<string, string> | undefined;
  /** fields whose value was cut */
  readonly cut: readonly string[] | undefined;
}

export type ClickField = (typeof SUB_IDS)[number] | "partnerClickId" | "source" | "creative";

/** Longest values that are kept, in UTF-16 units; what is longer is cut and the field named in the record's `cut`. */
export const FIELD_LENGTHS = {
  sub: 255,
  partnerClickId: 512,
  source: 255,
  creative: 255,
  deepLink: 2000,
  other: 200,
} as const;
const OTHER_FIELDS = 20;
const OTHER_NAME_LENGTH = 64;

/**
 * Names under which a parameter is understood: the canonical one and those that partners' tools use (Everflow, TUNE, CAKE, Affise,
 * Scaleo, impact). Names are read in the given case and in lower case.
 */
export const CLICK_PARAMETERS: Readonly<Record<ClickField | "deepLink", readonly string[]>> = {
  sub1: ["sub1", "s1", "subid1", "sub_id1", "aff_sub", "aff_sub1", "subid", "sub_id", "sub"],
  sub2: ["sub2", "s2", "subid2", "sub_id2", "aff_sub2"],
  sub3: ["sub3", "s3", "subid3", "sub_id3", "aff_sub3"],
  sub4: ["sub4", "s4", "subid4", "sub_id4", "aff_sub4"],
  sub5: ["sub5", "s5", "subid5", "sub_id5", "aff_sub5"],
  sub6: ["sub6", "s6", "subid6", "sub_id6"],
  sub7: ["sub7", "s7", "subid7", "sub_id7"],
  sub8: ["sub8", "s8", "subid8", "sub_id8"],
  sub9: ["sub9", "s9", "subid9", "sub_id9"],
  sub10: ["sub10", "s10", "subid10", "sub_id10"],
  partnerClickId: ["click_id", "clickid", "cid", "aff_click_id", "partner_click_id"],
  source: ["source", "source_id", "src"],
  creative: ["creative", "creative_id", "banner", "banner_id"],
  deepLink: ["url", "dl", "deep_link", "deeplink", "u"],
};

const BY_NAME = new Map<string, ClickField | "deepLink">(
  Object.entries(CLICK_PARAMETERS).flatMap(([field, names]) =>
    names.map((name) => [name, field as ClickField | "deepLink"] as const),
  ),
);

const LENGTH_BY_FIELD = new Map<ClickField | "deepLink", number>([
  ...SUB_IDS.map((field) => [field, FIELD_LENGTHS.sub] as const),
  ["partnerClickId", FIELD_LENGTHS.partnerClickId],
  ["source", FIELD_LENGTHS.source],
  ["creative", FIELD_LENGTHS.creative],
  ["deepLink", Number.POSITIVE_INFINITY],
]);

/**
 * Reads the query of a tracking link. Nothing makes it fail: a visitor is waiting. When a parameter comes twice the first one
 * counts and the second is kept among the others.
 * @param from where the query starts, behind the `?`
 */
export function readClickInput(url: string, from: number): ClickInput {
  const fields = new Map<ClickField, string>();
  let deepLink: string | undefined;
  let other: Map<string, string> | undefined;
  let cut: string[] | undefined;
  eachPair(url, from, (rawName, rawValue) => {
    if (rawValue === "") return;
    const field = BY_NAME.get(rawName) ?? BY_NAME.get(rawName.toLowerCase());
    const taken = field === "deepLink" ? deepLink !== undefined : field !== undefined && fields.has(field);
    if (field === undefined || taken) {
      other ??= new Map();
      keepOther(other, rawName, rawValue);
      return;
    }
    const value = storable(decodeLenient(rawValue));
    const kept = cutText(value, LENGTH_BY_FIELD.get(field) ?? FIELD_LENGTHS.other);
    if (kept.length < value.length) {
      cut ??= [];
      cut.push(field);
    }
    if (field === "deepLink") deepLink = kept;
    else fields.set(field, kept);
  });
  return { fields, deepLink, other, cut };
}

function keepOther(other: Map<string, string>, rawName: string, rawValue: string): void {
  if (other.size >= OTHER_FIELDS || rawName.length > OTHER_NAME_LENGTH) return;
  const name = storable(decodeLenient(rawName));
  // What is cut away anyway is not worth decoding: nine letters of the encoding are at most one that is kept.
  if (!other.has(name))
    other.set(name, cutText(storable(decodeLenient(rawValue.slice(0, FIELD_LENGTHS.other * 9))), FIELD_LENGTHS.other));
}
