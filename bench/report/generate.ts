import type { Analytics } from "../../server/src/database/index.ts";

/** First day and number of days of the clicks. */
export const FROM = "2026-01-01";
export const DAYS = 90;
export const TO = "2026-04-01";
const STEP = 1_000_000;

/**
 * Fills `clicks` inside the engine: 2,000 partners of which the first have most of the traffic, 20,000 links, 30 offers, 3 programs,
 * 30 countries, 7 % bots, some 10,000 first sub IDs; and customers, one for every twenty clicks.
 */
export async function generate(
  analytics: Analytics,
  clicks: number,
  onProgress: (done: number) => void,
): Promise<void> {
  for (let from = 0; from < clicks; from += STEP) {
    await analytics.command({ query: clicksSql(from, Math.min(STEP, clicks - from), clicks) });
    onProgress(Math.min(clicks, from + STEP));
  }
  await analytics.command({ query: customersSql(Math.floor(clicks / 20)) });
}

const SKEWED = `
  toUInt32(floor(2000 * pow((cityHash64(number, 1) % 1000003) / 1000003, 3))) as partner,
  toUInt32(floor(10 * pow((cityHash64(number, 2) % 10007) / 10007, 2))) as link,
  cityHash64(number, 3) as other,
  cityHash64(number, 4) as more`;
const RECORDS = `concat('prg_', toString(partner % 3)), concat('prt_', leftPad(toString(partner), 26, '0'))`;
const OFFER_AND_LINK = `concat('ofr_', leftPad(toString((partner * 7 + link) % 30), 26, '0')), concat('lnk_', leftPad(toString(partner * 10 + link), 26, '0'))`;
const COUNTRIES = `['DE','ES','GB','FR','IT','PL','BR','MX','IN','ZA','NG','TH','VN','ID','MY','PH','JP','AE','TR','CO','AR','CL','PE','PT','NL','SE','NO','DK','FI','CZ']`;
const COUNTRY = `${COUNTRIES}[1 + toUInt32(floor(30 * pow((more % 1000) / 1000, 2)))]`;
const DEVICE = `['mobile', 'desktop', 'tablet'][1 + (other % 7 > 3) + (other % 97 = 0)]`;
const SOURCE = `['google', 'facebook', 'native', 'email', 'push'][1 + more % 5]`;
const SUB1 = `concat('camp-', toString(partner % 50), '-', toString(other % 200))`;

function clicksSql(from: number, count: number, all: number): string {
  return `insert into clicks (program_id, partner_id, offer_id, link_id, day, at, lane, seq, verdict, target, country, device, os, browser,
      language, source, creative, referrer_host, sub1, sub2, click_id, network, user_agent)
    with ${SKEWED}, toDateTime64('${FROM} 00:00:00', 3, 'UTC') + (number * ${DAYS * 86_400} / ${all}) as moment
    select ${RECORDS}, ${OFFER_AND_LINK}, toDate(moment), moment, 1, number, if(other % 100 < 93, 'click', 'bot'), 'landing',
      ${COUNTRY}, ${DEVICE}, ['Android', 'iOS', 'Windows', 'macOS'][1 + other % 4], ['Chrome', 'Safari', 'Firefox', 'Edge'][1 + more % 4],
      ['en', 'es', 'de', 'pt'][1 + other % 4], ${SOURCE}, concat('banner-', toString(other % 40)), ['google.com', 'facebook.com', ''][1 + more % 3],
      ${SUB1}, concat('adset-', toString(cityHash64(number, 6) % 5000)), substring(lower(hex(sipHash128(number))), 1, 30),
      concat('203.0.', toString(other % 250), '.0/24'),
      concat('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/', toString(other % 400), ' Safari/537.36')
    from numbers(${from}, ${count})`;
}

function customersSql(count: number): string {
  return `insert into customers (program_id, partner_id, offer_id, link_id, customer_id, version, customer_ref, first_seen, cohort_day,
      registered_at, registered_day, kyc_day, ftd_day, ftd_minor, ftd_currency, second_deposit_day, country, device, source, sub1)
    with ${SKEWED}, toDate('${FROM}') + toUInt32(number * ${DAYS} / ${count}) as first
    select ${RECORDS}, ${OFFER_AND_LINK}, number, 1, concat('c', toString(number)), toDateTime64(first, 3, 'UTC'), first, toDateTime64(first, 3, 'UTC'), first,
      if(more % 10 < 6, first + 1, toDate(0)), if(more % 10 < 3, first + 2, toDate(0)), if(more % 10 < 3, 10000 + other % 50000, 0),
      if(more % 10 < 3, ['EUR', 'USD'][1 + other % 2], ''), if(more % 10 < 1, first + 9, toDate(0)), ${COUNTRY}, ${DEVICE}, ${SOURCE}, ${SUB1}
    from numbers(${count})`;
}
