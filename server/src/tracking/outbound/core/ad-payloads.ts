import { createHash } from "node:crypto";
import type { MacroValues } from "../contracts.ts";

/** One call to an ad platform, composed from what is known of the event; secrets only in `headers`. */
export interface AdCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AdInput {
  readonly values: MacroValues;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * SHA-256 of an address in the normal forms that the platforms ask for: lower case without space around it (Meta, TikTok); without the dots
 * of a gmail.com name (Google); without any dots or anything behind a plus in the name (Microsoft).
 */
export function emailHashes(email: string): Record<string, string> {
  const plain = email.trim().toLowerCase();
  const at = plain.lastIndexOf("@");
  const [name, host] = [plain.slice(0, at), plain.slice(at + 1)];
  const google = /^(gmail|googlemail)\.com$/.test(host) ? `${name.replaceAll(".", "")}@${host}` : plain;
  const microsoft = `${name.replace(/\+.*$/, "").replaceAll(".", "")}@${host}`;
  return {
    email_sha256: sha256(plain),
    email_sha256_google: sha256(google),
    email_sha256_microsoft: sha256(microsoft),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What the platforms call what happened. */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  meta: {
    registration: "CompleteRegistration",
    ftd: "Purchase",
    deposit: "Purchase",
    sale: "Purchase",
    commission: "Purchase",
  },
  tiktok: {
    registration: "CompleteRegistration",
    ftd: "Purchase",
    deposit: "Purchase",
    sale: "Purchase",
    commission: "Purchase",
  },
};

/** What is missing before a platform can tell whose conversion it is; undefined when it can be sent. */
export function adProblem(platform: string, values: MacroValues): string | undefined {
  const key = { meta: "fbclid", google: "gclid", tiktok: "ttclid", microsoft: "msclkid" }[platform];
  if (key === undefined || values[key] || values.email_sha256) return undefined;
  return `not sent: the click carried no ${key} and the event no e-mail address`;
}

export function adCall(platform: string, input: AdInput): AdCall {
  const compose = { meta, google, tiktok, microsoft }[platform];
  if (compose === undefined) throw new Error(`there is no ad platform ${platform}`);
  return compose(input);
}

/** graph.facebook.com/<version>/<pixel>/events; fbc = fb.1.<click's milliseconds>.<fbclid>. */
function meta({ values, settings, credentials }: AdInput): AdCall {
  const event = filled({
    event_name: NAMES.meta?.[values.event ?? ""] ?? values.event ?? "",
    event_time: Number(values.timestamp),
    event_id: values.event_id,
    action_source: "website",
    event_source_url: values.landing_url,
    user_data: filled({
      em: values.email_sha256 ? [values.email_sha256] : undefined,
      external_id: values.customer_sha256 ? [values.customer_sha256] : undefined,
      client_ip_address: values.client_ip,
      client_user_agent: values.client_ua,
      fbc: values.fbclid ? `fb.1.${values.click_ms || Number(values.timestamp) * 1000}.${values.fbclid}` : undefined,
    }),
    custom_data: values.amount ? { value: Number(values.amount), currency: values.currency } : undefined,
  });
  const test = values.test === "1" ? settings.testCode || "TEST" : settings.testCode;
  const body = filled({ data: [event], access_token: credentials.accessToken, test_event_code: test || undefined });
  return json(body, {});
}

/** customers/<id>:uploadClickConversions; the time as `yyyy-mm-dd hh:mm:ss+00:00`. */
function google({ values, settings, credentials }: AdInput): AdCall {
  const conversion = filled({
    gclid: values.gclid,
    conversionAction: `customers/${settings.customer}/conversionActions/${settings.conversionAction}`,
    conversionDateTime: `${(values.occurred_at ?? "").slice(0, 19).replace("T", " ")}+00:00`,
    conversionValue: values.amount ? Number(values.amount) : undefined,
    currencyCode: values.amount ? values.currency : undefined,
    orderId: values.event_id,
    userIdentifiers: values.email_sha256 ? [{ hashedEmail: values.email_sha256_google }] : undefined,
  });
  const body = { conversions: [conversion], partialFailure: true, validateOnly: values.test === "1" };
  const headers = filled({
    authorization: `Bearer ${credentials.accessToken ?? ""}`,
    "developer-token": credentials.developerToken,
    "login-customer-id": settings.loginCustomer,
  });
  return json(body, headers as Record<string, string>);
}

/** open_api/v1.3/event/track/ */
function tiktok({ values, settings, credentials }: AdInput): AdCall {
  const event = filled({
    event: NAMES.tiktok?.[values.event ?? ""] ?? values.event ?? "",
    event_time: Number(values.timestamp),
    event_id: values.event_id,
    user: filled({
      ttclid: values.ttclid,
      email: values.email_sha256,
      external_id: values.customer_sha256,
      ip: values.client_ip,
      user_agent: values.client_ua,
    }),
    properties: values.amount ? { value: Number(values.amount), currency: values.currency } : undefined,
    page: values.landing_url ? { url: values.landing_url } : undefined,
  });
  const test = values.test === "1" ? settings.testCode || "TEST" : settings.testCode;
  const body = filled({
    event_source: "web",
    event_source_id: settings.pixel,
    test_event_code: test || undefined,
    data: [event],
  });
  return json(body, { "access-token": credentials.accessToken ?? "" });
}

/** v1/<tag>/events */
function microsoft({ values, credentials }: AdInput): AdCall {
  const event = filled({
    eventType: "custom",
    eventName: values.event,
    eventId: values.event_id,
    eventTime: Number(values.timestamp),
    eventSourceUrl: values.landing_url,
    adStorageConsent: "G",
    userData: filled({
      msclkid: values.msclkid,
      em: values.email_sha256_microsoft,
      externalId: values.customer_sha256,
      clientIpAddress: values.client_ip,
      clientUserAgent: values.client_ua,
    }),
    customData: values.amount ? { value: Number(values.amount), currency: values.currency } : undefined,
  });
  return json({ data: [event] }, { authorization: `Bearer ${credentials.accessToken ?? ""}` });
}

function json(body: unknown, headers: Readonly<Record<string, string>>): AdCall {
  return { headers, body: JSON.stringify(body) };
}

/** Without what is not known: a platform takes an empty text for a value. */
function filled(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== "" && !(isObject(value) && Object.keys(value).length === 0),
    ),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
