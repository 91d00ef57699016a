import assert from "node:assert/strict";
import { test } from "node:test";
import { POSTBACK_MACROS } from "@tributary/contract";
import type { Refusal } from "../../../kernel/refusal.ts";
import { readClickInput } from "../../core/click-fields.ts";
import { resolveTemplate } from "../resolve.ts";
import { fillBody, fillUrl, unknownMacros } from "./macros.ts";
import { sampleValues } from "./occasions.ts";
import { TEMPLATE_WORDS_ES } from "./template-words-es.ts";
import { originOf, TEMPLATES } from "./templates.ts";

const KNOWN = new Set(Object.keys(POSTBACK_MACROS));
const values = { ...sampleValues("prg_1", "ofr_1", new Date("2026-03-01T10:00:00Z")), status: "approved" };

function example(name: string, without: readonly string[] = []) {
  const template = TEMPLATES.find((one) => one.name === name);
  const settings = (template?.settings ?? []).filter((one) => !without.includes(one.name));
  return resolveTemplate({
    template: name,
    settings: Object.fromEntries(settings.map((one) => [one.name, one.example])),
    method: "GET",
    url: "",
    body: null,
    statusWords: {},
  });
}

/** The call that each template makes for the example values: compared with the vendors' documents. */
const CALLS: Readonly<Record<string, string>> = {
  voluum: "https://abcde.voluumtrk.com/postback?cid=test-partner-click&payout=25.00&txid=evt_test&et=test&currency=EUR",
  redtrack:
    "https://abcde.rdtk.io/postback?clickid=test-partner-click&sum=25.00&currency=EUR&type=test&status=approved&externalid=evt_test",
  keitaro:
    "https://track.example.com/e89bcbe/postback?subid=test-partner-click&payout=25.00&currency=EUR&status=approved&tid=evt_test&from=tributary",
  binom:
    "https://track.example.com/click.php?cnv_id=test-partner-click&payout=25.00&cnv_currency=EUR&cnv_status=approved&cnv_status2=test",
  bemob:
    "https://abcde.bemobtrcks.com/postback?cid=test-partner-click&payout=25.00&txid=evt_test&status=approved&conversion_type=test",
  everflow:
    "https://www.abc1trk.com/?nid=137&transaction_id=test-partner-click&amount=25.00&order_id=evt_test&adv1=test&verification_token=k3J%E2%80%A6",
  tune: "https://abc.go2cloud.org/aff_lsr?offer_id=42&transaction_id=test-partner-click&amount=25.00&adv_sub=test&adv_unique1=evt_test&status=approved&security_token=9f2c%E2%80%A6",
  cake: "https://abc.cakemarketing.com/p.ashx?o=1042&e=3&r=test-partner-click&t=evt_test&p=25.00",
  affise:
    "https://abc.affise.com/postback?clickid=test-partner-click&action_id=evt_test&sum=25.00&status=approved&goal=1&secure=a1b2%E2%80%A6",
  scaleo:
    "https://abc.scaletrk.com/track/conv-addchange?click_id=test-partner-click&token=f81d%E2%80%A6&goal_alias=ftd&amount=25.00&conv_status=approved&adv_order_id=evt_test",
  impact: "https://api.impact.com/Advertisers/IRxxxx/Conversions",
  generic:
    "https://track.example.com/postback?clickid=test-partner-click&payout=25.00&currency=EUR&event=test&status=approved&txid=evt_test",
};

test("every tracker and network is called as its documents say", () => {
  const made = TEMPLATES.filter((one) => one.kind !== "ads").map((one) => {
    const { url, body } = example(one.name);
    assert.deepEqual(unknownMacros(url + (body ?? ""), KNOWN), [], one.name);
    assert.doesNotMatch(url + (body ?? ""), /[<>]/, one.name);
    return [one.name, fillUrl(url, values)];
  });
  assert.deepEqual(Object.fromEntries(made), CALLS);
});

test("impact.com is sent a form, with its own case", () => {
  const { body, method, credentials } = example("impact");
  assert.equal(method, "POST");
  assert.deepEqual(credentials, { authToken: "…" });
  assert.equal(
    fillBody(body ?? "", values),
    "CampaignId=12345&EventTypeCode=FTD&EventDate=2026-03-01T10%3A00%3A00Z&ClickId=test-partner-click&OrderId=evt_test&Amount=25.00&CurrencyCode=EUR&CustomerId=%2A%2A%2Atest",
  );
});

test("the parameter that the tracking link is given is read as the partner's click id", () => {
  for (const one of TEMPLATES.filter((template) => template.kind !== "ads")) {
    const query = `/c/x?${one.clickIdParameter}=their-id`;
    const read = readClickInput(query, query.indexOf("?") + 1);
    assert.equal(read.fields.get("partnerClickId"), "their-id", one.name);
  }
});

test("what is optional and left empty leaves no parameter behind", () => {
  assert.doesNotMatch(example("everflow", ["token"]).url, /verification_token/);
  assert.match(example("cake", ["event"]).url, /p\.ashx\?o=1042&r=/);
});

test("what is required is asked for by name, and a setting cannot become another parameter", () => {
  assert.throws(
    () => example("keitaro", ["key"]),
    (error: Refusal) => error.complaints.map((one) => one.field).join() === "settings.key",
  );
  const sly = resolveTemplate({
    template: "everflow",
    settings: { domain: "trk.example", nid: "1&transaction_id=evil#" },
    method: "GET",
    url: "",
    body: null,
    statusWords: {},
  });
  assert.match(sly.url, /nid=1%26transaction_id%3Devil%23&transaction_id=\{partner_click_id\}/);
});

const HOSTS = [
  ["trk.example", "https://trk.example"],
  ["http://5.187.4.23/e89bcbe/postback", "http://5.187.4.23"],
  ["https://trk.example:8443/x?y", "https://trk.example:8443"],
  ["user:pass@trk.example", undefined],
  ["", undefined],
] as const;

test("a host may be pasted with its scheme, port and path", () => {
  for (const [entered, origin] of HOSTS) assert.equal(originOf(entered), origin, entered);
});

test("everything that a template says has its words in Spanish", () => {
  const said = TEMPLATES.flatMap(({ settings, notes }) => [
    ...settings.flatMap(({ title, hint }) => [title, hint]),
    ...notes,
  ]).filter((text) => text !== "");
  assert.deepEqual(
    [...new Set(said)].filter((text) => !Object.hasOwn(TEMPLATE_WORDS_ES, text)),
    [],
  );
  assert.deepEqual(
    Object.keys(TEMPLATE_WORDS_ES).filter((text) => !said.includes(text)),
    [],
  );
});
