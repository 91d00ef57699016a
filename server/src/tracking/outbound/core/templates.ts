import type { PostbackTemplate } from "@tributary/contract";
import { POSTBACK_MACROS } from "@tributary/contract";
import { AD_TEMPLATES } from "./ad-templates.ts";
import { TEMPLATE_WORDS_ES } from "./template-words-es.ts";

type Setting = PostbackTemplate["settings"][number];

const domain = (example: string, title = "Tracking domain"): Setting => ({
  name: "domain",
  title,
  hint: "The host name only, as it stands in your postback address there.",
  example,
  kind: "host",
  required: true,
});
const text = (name: string, title: string, hint: string, example: string, required = true): Setting => ({
  name,
  title,
  hint,
  example,
  kind: "text",
  required,
});

interface Shape {
  readonly name: string;
  readonly title: string;
  readonly kind: PostbackTemplate["kind"];
  readonly settings: readonly Setting[];
  readonly method?: "GET" | "POST";
  readonly url: string;
  readonly body?: string;
  readonly statusWords?: Readonly<Record<string, string>>;
  readonly occasions?: readonly string[];
  readonly clickIdToken: string;
  readonly notes?: readonly string[];
  readonly source: string;
}

const APPROVED = { accrued: "approved", held: "pending", released: "approved", reversed: "rejected" };
const CALL = "{partner_click_id}";

/** How partners' own trackers and networks want to be called. `<name>` is filled in once, `{macro}` at every call. */
const SHAPES: readonly Shape[] = [
  {
    name: "voluum",
    title: "Voluum",
    kind: "tracker",
    settings: [domain("abcde.voluumtrk.com")],
    url: `https://<domain>/postback?cid=${CALL}&payout={commission}&txid={event_id}&et={event}&currency={currency}`,
    clickIdToken: "{clickid}",
    notes: [
      "et names a custom conversion: create conversions of these names in Voluum, or it counts as the standard one.",
      "txid keeps several conversions of one click apart.",
    ],
    source: "doc.voluum.com, Postback URL",
  },
  {
    name: "redtrack",
    title: "RedTrack",
    kind: "tracker",
    settings: [domain("abcde.rdtk.io")],
    url: `https://<domain>/postback?clickid=${CALL}&sum={commission}&currency={currency}&type={event}&status={status}&externalid={event_id}`,
    statusWords: APPROVED,
    clickIdToken: "{clickid}",
    notes: ["type must be one of the conversion types of your RedTrack account."],
    source: "help.redtrack.io, Postback URL",
  },
  {
    name: "keitaro",
    title: "Keitaro",
    kind: "tracker",
    settings: [
      domain("track.example.com", "Tracker's domain or address"),
      text("key", "Postback key", "The part of your postback address between the domain and /postback.", "e89bcbe"),
    ],
    url: `https://<domain>/<key>/postback?subid=${CALL}&payout={commission}&currency={currency}&status={status}&tid={event_id}&from=tributary`,
    statusWords: { accrued: "sale", held: "lead", released: "sale", reversed: "rejected", registration: "lead" },
    clickIdToken: "{subid}",
    notes: ["tid keeps several conversions of one click apart; without it a second one changes the first."],
    source: "docs.keitaro.io, S2S postback; partner-data/facts/postback-templates.csv (AdCombo)",
  },
  {
    name: "binom",
    title: "Binom",
    kind: "tracker",
    settings: [
      domain("track.example.com"),
      text("page", "Page", "click.php for Binom 1, click for Binom 2.", "click.php"),
    ],
    url: `https://<domain>/<page>?cnv_id=${CALL}&payout={commission}&cnv_currency={currency}&cnv_status={status}&cnv_status2={event}`,
    statusWords: APPROVED,
    clickIdToken: "{clickid}",
    source: "docs.binom.org, S2S postback",
  },
  {
    name: "bemob",
    title: "BeMob",
    kind: "tracker",
    settings: [domain("abcde.bemobtrcks.com")],
    url: `https://<domain>/postback?cid=${CALL}&payout={commission}&txid={event_id}&status={status}&conversion_type={event}`,
    statusWords: APPROVED,
    clickIdToken: "{clickId}",
    notes: ["BeMob's token is case-sensitive: {clickId} with a capital I."],
    source: "docs.bemob.com, Postback URL",
  },
  {
    name: "everflow",
    title: "Everflow",
    kind: "network",
    settings: [
      domain("www.abc1trk.com"),
      text("nid", "Network id (nid)", "It stands in the postback address of your advertiser page.", "137"),
      text("token", "Verification token", "Only if your network asks for one.", "k3J…", false),
    ],
    url: `https://<domain>/?nid=<nid>&transaction_id=${CALL}&amount={commission}&order_id={event_id}&adv1={event}&verification_token=<token>`,
    clickIdToken: "{transaction_id}",
    notes: ["nid and transaction_id are required. Everflow records a repeated order_id by your own duplicate rule."],
    source: "field-catalogue §2b [E4][E21]",
  },
  {
    name: "tune",
    title: "TUNE (HasOffers)",
    kind: "network",
    settings: [
      domain("abc.go2cloud.org"),
      text("offer", "Offer id", "The id of this offer in your TUNE account.", "42"),
      text("token", "Security token", "Only if your network asks for one.", "9f2c…", false),
    ],
    url: `https://<domain>/aff_lsr?offer_id=<offer>&transaction_id=${CALL}&amount={commission}&adv_sub={event}&adv_unique1={event_id}&status={status}&security_token=<token>`,
    statusWords: APPROVED,
    clickIdToken: "{transaction_id}",
    notes: ["A network that asks for a security token records calls without it as rejected."],
    source: "field-catalogue §2b [T4][T10]",
  },
  {
    name: "cake",
    title: "CAKE",
    kind: "network",
    settings: [
      domain("abc.cakemarketing.com"),
      text("offer", "Offer id (o)", "The id of this offer in your CAKE account.", "1042"),
      text("event", "Event id (e)", "The id of the conversion event; empty for the standard one.", "3", false),
    ],
    url: `https://<domain>/p.ashx?o=<offer>&e=<event>&r=${CALL}&t={event_id}&p={commission}`,
    clickIdToken: "#reqid#",
    notes: [
      "CAKE writes its tokens with hashes: #reqid#, #s1#.",
      "A reqid is per session, not per click: t keeps several conversions apart.",
      "CAKE's pages disagree on the address; this is the long-standing one (p.ashx).",
    ],
    source: "field-catalogue §2b [C1][C2][C3]",
  },
  {
    name: "affise",
    title: "Affise",
    kind: "network",
    settings: [
      domain("abc.affise.com"),
      text("goal", "Goal", "The goal's value; empty for the default goal.", "1", false),
      text("secure", "Secure code", "Only if your network asks for one.", "a1b2…", false),
    ],
    url: `https://<domain>/postback?clickid=${CALL}&action_id={event_id}&sum={commission}&status={status}&goal=<goal>&secure=<secure>`,
    statusWords: { accrued: "1", held: "5", released: "1", reversed: "3" },
    clickIdToken: "{clickid}",
    notes: ["status is a number there: 1 confirmed, 2 pending, 3 declined, 5 hold."],
    source: "field-catalogue §2b [A3][A10]",
  },
  {
    name: "scaleo",
    title: "Scaleo",
    kind: "network",
    settings: [
      domain("abc.scaletrk.com"),
      text("token", "Token", "It stands in the postback address of your account: it is asked for always.", "f81d…"),
      text("goal", "Goal alias", "Empty for the default goal.", "ftd", false),
    ],
    url: `https://<domain>/track/conv-addchange?click_id=${CALL}&token=<token>&goal_alias=<goal>&amount={commission}&conv_status={status}&adv_order_id={event_id}`,
    statusWords: APPROVED,
    clickIdToken: "{click_id}",
    notes: ["conv-addchange adds a conversion or changes the one that is there."],
    source: "field-catalogue §2b [S2]",
  },
  {
    name: "impact",
    title: "impact.com",
    kind: "network",
    settings: [
      domain("api.impact.com", "Host of the API"),
      text("campaign", "CampaignId", "The id of your program at impact.com.", "12345"),
      text("eventType", "EventTypeCode", "The code of the event type that is reported.", "FTD"),
      text("accountSid", "Account SID", "From Settings, API.", "IRxxxx"),
      { ...text("authToken", "Auth token", "From Settings, API. Kept sealed.", "…"), kind: "secret" },
    ],
    method: "POST",
    url: "https://<domain>/Advertisers/<accountSid>/Conversions",
    body: `CampaignId=<campaign>&EventTypeCode=<eventType>&EventDate={occurred_at}&ClickId=${CALL}&OrderId={event_id}&Amount={commission}&CurrencyCode={currency}&CustomerId={customer_id}`,
    clickIdToken: "{clickid}",
    notes: [
      "Parameter names are case-sensitive there.",
      "A conversion is taken back at impact.com by another call (PUT /Actions); this template tells new ones only.",
    ],
    source: "field-catalogue §2b [I1][I11]",
  },
  {
    name: "generic",
    title: "Any other system",
    kind: "generic",
    settings: [domain("track.example.com")],
    url: `https://<domain>/postback?clickid=${CALL}&payout={commission}&currency={currency}&event={event}&status={status}&txid={event_id}`,
    clickIdToken: "{clickid}",
    notes: ["Paste the address from its instructions: its own macros are translated, and you see how."],
    source: "the common form",
  },
];

const MEANINGS: Readonly<Record<string, string>> = POSTBACK_MACROS;

function template(shape: Shape): PostbackTemplate {
  const query = shape.body ?? shape.url.slice(shape.url.indexOf("?") + 1);
  return {
    name: shape.name,
    title: shape.title,
    kind: shape.kind,
    settings: [...shape.settings],
    method: shape.method ?? "GET",
    url: shape.url,
    body: shape.body ?? null,
    statusWords: { ...shape.statusWords },
    occasions: [...(shape.occasions ?? ["registration", "ftd", "commission"])],
    clickIdParameter: "click_id",
    clickIdToken: shape.clickIdToken,
    parameters: query.split("&").map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return { name, value, means: meaningOf(value, shape.settings) };
    }),
    notes: [...(shape.notes ?? [])],
    source: shape.source,
    live: true,
  };
}

function meaningOf(value: string, settings: readonly Setting[]): string {
  const macro = /^\{(\w+)\}$/.exec(value)?.[1];
  if (macro !== undefined) return MEANINGS[macro] ?? "";
  const setting = /^<(\w+)>$/.exec(value)?.[1];
  return settings.find((one) => one.name === setting)?.title ?? "always this";
}

export const TEMPLATES: readonly PostbackTemplate[] = [...SHAPES.map(template), ...AD_TEMPLATES];

/** A template with its words in a language; what has none there stays English. */
export function templateIn(template: PostbackTemplate, language: "en" | "es"): PostbackTemplate {
  if (language === "en") return template;
  const told = (text: string) => TEMPLATE_WORDS_ES[text] ?? text;
  const settings = template.settings.map((one) => ({ ...one, title: told(one.title), hint: told(one.hint) }));
  return { ...template, settings, notes: template.notes.map(told) };
}

export function templateByName(name: string): PostbackTemplate | undefined {
  return TEMPLATES.find((one) => one.name === name);
}

/**
 * A template with its settings filled in. Parameters whose setting was left empty are left out. `domain` is an origin (it was checked),
 * everything else goes in percent-encoded, so that a setting can never become another parameter.
 */
export function fillSettings(text: string, settings: Readonly<Record<string, string>>): string {
  const value = (name: string) => settings[name] ?? "";
  const kept = text.replace(/(^|[?&])[^?&=]+=<(\w+)>/g, (whole, before: string, name: string) =>
    value(name) === "" ? (before === "?" ? "?" : "") : whole,
  );
  return kept
    .replace("https://<domain>", () => value("domain"))
    .replace(/\?&/, "?")
    .replace(/^&/, "")
    .replace(/<(\w+)>/g, (_whole, name: string) => encodeURIComponent(value(name)).replace(/[!'()*]/g, percent));
}

/**
 * What was entered as a host, as the origin to be called: `trk.example` → `https://trk.example`. A pasted address keeps its scheme and port
 * and loses its path. @returns undefined when it is no host
 */
export function originOf(entered: string): string | undefined {
  const text = entered.trim();
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || url.username !== "" || url.password !== "" || url.hostname === "") return undefined;
  return url.origin;
}

function percent(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}
