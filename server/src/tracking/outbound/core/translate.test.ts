import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { translate } from "./translate.ts";

const data = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../../shared/data");
const corpus = join(data, "partner-data/facts/postback-templates.csv");

/** What the addresses that networks publish become; the names are theirs, the places are ours. */
const PUBLISHED: Readonly<Record<string, { readonly url: string; readonly unknown: readonly string[] }>> = {
  AdCombo: {
    url: "http://5.187.4.23/e89bcbe/postback?subid={sub4}&payout={commission}&status={status}&tid={event_id}&from=adcombo.com&lead_status=hold&sale_status=lead&rejected_status=reject",
    unknown: [],
  },
  Prodege: {
    url: "http://yoururl.com/postback/?conversion_id={event_id}&user_id={sub1}&point_value={points}&usd_value={commission}&offer_title={offer}",
    unknown: ["{points}"],
  },
  RevenueStream: {
    url: "http://track.rimrket.com/postback?cid={sub2}&payout={commission}&txid={event_id}&et={event}",
    unknown: [],
  },
};

test("addresses that networks publish are translated, and what cannot be is named", {
  skip: !existsSync(corpus) && "no folder of partner data",
}, () => {
  const rows: { network: string; template: string }[] = parse(readFileSync(corpus), { columns: true });
  assert.deepEqual(
    rows.map((row) => row.network),
    Object.keys(PUBLISHED),
  );
  for (const { network, template } of rows) {
    const { text, unknown } = translate(template, null);
    assert.equal(text, PUBLISHED[network]?.url, network);
    assert.deepEqual(
      unknown.map((one) => one.found),
      PUBLISHED[network]?.unknown,
    );
  }
});

const CASES = [
  // template, as it is pasted, as it becomes
  [null, "?a={clickid}&b=#s1#&c={sub1}", "?a={partner_click_id}&b={sub1}&c={sub1}"],
  [null, "?cid=REPLACE&payout=OPTIONAL&txid=OPTIONAL", "?cid={partner_click_id}&payout={commission}&txid={event_id}"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how some systems write their macros
  [null, "?x={{clickId}}&y=${SUBID}&z=[payout]", "?x={partner_click_id}&y={sub1}&z={commission}"],
  ["everflow", "?t={transaction_id}&p={payout_amount}", "?t={click_id}&p={commission}"],
  [null, "?t={transaction_id}", "?t={event_id}"],
  ["cake", "?r=#reqid#&t=#tid#&p=#price#", "?r={click_id}&t={event_id}&p={commission}"],
  ["affise", "?g={goal}&s={sum}&st={status}&c={sub30}", "?g={event}&s={commission}&st={status}&c={sub30}"],
  ["impact", "?a={ActionId}&p={Payout}&s={SubId2}&o={OID}", "?a={event_id}&p={commission}&s={sub2}&o={event_id}"],
  [null, "?clickid={replace}&sum={replace}", "?clickid={partner_click_id}&sum={commission}"],
  [
    null,
    "?cnv_id=CLICKID&payout=PAYOUT&tid=TRANSACTION_ID",
    "?cnv_id={partner_click_id}&payout={commission}&tid={event_id}",
  ],
  [null, "?a=%%subid%%&b=__CLICK_ID__&c=__init__", "?a={sub1}&b={click_id}&c=__init__"],
  [null, "?x=REPLACED&y=PAYOUTS", "?x=REPLACED&y=PAYOUTS"],
  [null, "?page=1#top", "?page=1#top"],
] as const;

test("names of other systems are read without regard to case, brackets of every kind", () => {
  for (const [template, pasted, becomes] of CASES) assert.equal(translate(pasted, template).text, becomes, pasted);
});

test("the mapping says what was found, what it became and what that is; ours stay ours without a word", () => {
  assert.deepEqual(translate("?a=#s2#&b={sub1}&c={ip}", null), {
    text: "?a={sub2}&b={sub1}&c={ip}",
    mapping: [{ found: "#s2#", becomes: "{sub2}", means: "sub2 of the click" }],
    unknown: [{ found: "{ip}", hint: "the visitor's address is not handed on" }],
  });
});
