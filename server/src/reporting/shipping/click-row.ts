import { SUB_IDS } from "@tributary/contract";
import type { StoredClick, StoredImpression } from "../../tracking/index.ts";
import { dayCutter } from "../core/days.ts";
import type { RowBinary } from "../core/row-binary.ts";
import { type Device, deviceReader } from "./device.ts";
import { networkOf } from "./network.ts";

/** Columns of an insert into `clicks`, in the order in which {@link clickWriter} writes them. */
export const CLICK_COLUMNS = [
  "lane",
  "seq",
  "program_id",
  "partner_id",
  "day",
  "at",
  "offer_id",
  "link_id",
  "verdict",
  "target",
  "country",
  "device",
  "os",
  "browser",
  "language",
  "source",
  "creative",
  "referrer_host",
  "landing_id",
  ...SUB_IDS,
  "click_id",
  "previous_click_id",
  "partner_click_id",
  "destination",
  "code",
  "network",
  "user_agent",
  "smart_id",
  "chosen",
  "rule",
  "cap_id",
  "region",
  "city",
  "asn",
] as const;

/** A click, or an ad that was shown: the two are recorded alike. */
type Visit = StoredClick | StoredImpression;

/** Time zone of a program, for cutting its days; UTC for a click of no program. */
export type ZoneOf = (programId: string | undefined) => string;

/** What a click says about its visitor: the same on the click, on the customer it won and on the customer's events. */
export interface Audience {
  readonly country: string;
  readonly device: string;
  readonly os: string;
  readonly browser: string;
  readonly language: string;
  readonly source: string;
  readonly creative: string;
  readonly referrerHost: string;
  /** page of a landing set */
  readonly landing: string;
  readonly subs: readonly (string | undefined)[];
  readonly partnerClickId: string;
}

/** Reads the visitor's side of a click. */
export function audienceReader(): (click: Visit) => Audience {
  const device = deviceReader();
  return (click) => {
    const seen = deviceOf(click, device);
    return {
      country: click.country ?? "",
      device: seen.kind,
      os: seen.os,
      browser: seen.browser,
      language: click.language ?? "",
      source: click.source ?? "",
      creative: click.creative ?? "",
      referrerHost: hostOf(click.referer),
      landing: click.landing ?? "",
      subs: subsOf(click),
      partnerClickId: click.partnerClickId ?? "",
    };
  };
}

function deviceOf(click: Visit, read: (userAgent: string | undefined) => Device): Device {
  if (click.device !== undefined && click.os !== undefined && click.browser !== undefined) {
    return { kind: click.device, os: click.os, browser: click.browser };
  }
  const seen = read(click.ua);
  return {
    kind: click.device ?? seen.kind,
    os: click.os ?? seen.os,
    browser: click.browser ?? seen.browser,
  };
}

function subsOf(click: Visit): (string | undefined)[] {
  const { sub1, sub2, sub3, sub4, sub5, sub6, sub7, sub8, sub9, sub10 } = click;
  return [sub1, sub2, sub3, sub4, sub5, sub6, sub7, sub8, sub9, sub10];
}

const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)/i;

/** `https://www.News.example/x?y` → `news.example`; empty when there is no host. */
export function hostOf(address: string | undefined): string {
  if (!address) return "";
  return HOST.exec(address)?.[1]?.toLowerCase().slice(0, 253) ?? "";
}

/** Writes clicks as rows of {@link CLICK_COLUMNS}. */
export function clickWriter(zoneOf: ZoneOf): (rows: RowBinary, lane: number, seq: bigint, click: Visit) => void {
  const audienceOf = audienceReader();
  const cut = dayCutter();
  return (rows, lane, seq, click) => {
    rows.uint32(lane);
    rows.uint64(seq);
    rows.text(click.programId);
    rows.text(click.partnerId);
    rows.uint16(cut(click.at, zoneOf(click.programId)));
    rows.milliseconds(click.at);
    rows.text(click.offerId);
    rows.text(click.linkId);
    rows.text(click.verdict);
    rows.text(click.to);
    writeAudience(rows, audienceOf(click));
    rows.text(click.id);
    rows.text(click.prev);
    rows.text(click.partnerClickId);
    rows.text(click.deepLink ?? click.refusedLink);
    rows.text(click.code);
    rows.text(networkOf(click.ip));
    rows.text(click.ua);
    rows.text(click.smartId);
    rows.text(click.chosen);
    rows.text(click.rule);
    rows.text(click.capId);
    rows.text(click.region);
    rows.text(click.city);
    rows.uint32(click.asn ?? 0);
  };
}

/** country, device, os, browser, language, source, creative, referrer_host, landing_id, sub1 … sub10 */
export function writeAudience(rows: RowBinary, audience: Audience): void {
  rows.text(audience.country);
  rows.text(audience.device);
  rows.text(audience.os);
  rows.text(audience.browser);
  rows.text(audience.language);
  rows.text(audience.source);
  rows.text(audience.creative);
  rows.text(audience.referrerHost);
  rows.text(audience.landing);
  for (const sub of audience.subs) rows.text(sub);
}
