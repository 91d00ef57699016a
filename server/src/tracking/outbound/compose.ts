import { publicNumber } from "../../kernel/ids.ts";
import type { Vault } from "../events/source.ts";
import type { Call } from "./call.ts";
import type { MacroValues, SentRequest } from "./contracts.ts";
import { adCall } from "./core/ad-payloads.ts";
import { AD_TEMPLATES } from "./core/ad-templates.ts";
import { bodyKind, fillBody, fillUrl } from "./core/macros.ts";
import { signatureOf } from "./core/signature.ts";
import type { SealedSecret } from "./store/deliveries.ts";

/** Everything that a call is made of. */
export interface ToCompose {
  readonly deliveryId: string;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: string | null;
  readonly template: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: readonly SealedSecret[];
  readonly values: MacroValues;
}

export interface Composed {
  readonly call: Call;
  readonly sent: SentRequest;
  readonly credentials: Readonly<Record<string, string>>;
}

const MASK = "…";
/** Short secrets would be found in innocent places. */
const SHORTEST_MASKED = 4;

/**
 * The call that a delivery stands for: macros filled in, ad platforms' payloads composed, signed with every secret in use.
 * @param vault opens what is kept sealed @param at the time that the signature carries
 * @param fresh credentials that were fetched a moment ago (an access token)
 * @throws when a secret cannot be opened
 */
export function composeCall(
  delivery: ToCompose,
  vault: Vault,
  at: Date,
  fresh: Readonly<Record<string, string>> = {},
): Composed {
  const credentials = { ...opened(delivery.secrets, vault), ...fresh };
  const ads = AD_TEMPLATES.some((one) => one.name === delivery.template);
  const parts = ads ? adParts(delivery, credentials) : plainParts(delivery, credentials);
  const keys = delivery.secrets.filter((one) => one.kind === "signing").map((one) => vault.open(one.sealed));
  const { url, body } = parts;
  const headers = {
    "x-tributary-delivery": delivery.deliveryId,
    ...(delivery.values.test === "1" ? { "x-tributary-test": "1" } : {}),
    ...(body === null ? {} : { "content-type": parts.contentType }),
    ...parts.headers,
    ...(ads || keys.length === 0
      ? {}
      : { "x-tributary-signature": signatureOf({ method: delivery.method, url, body: body ?? "" }, keys, at) }),
  };
  const call: Call = { method: delivery.method, url, headers, body };
  return { call, sent: masked(call, credentials), credentials };
}

/** What a delivery of the queue is composed of. */
export function ofDelivery<T extends Omit<ToCompose, "deliveryId">>(
  delivery: T & { readonly deliveryId: bigint },
): ToCompose {
  return { ...delivery, deliveryId: publicNumber("dlv", delivery.deliveryId) };
}

interface Parts {
  readonly url: string;
  readonly body: string | null;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
}

function plainParts(delivery: ToCompose, credentials: Readonly<Record<string, string>>): Parts {
  const body = delivery.method === "POST" ? (delivery.body ?? "") : null;
  return {
    url: fillUrl(delivery.url, delivery.values),
    body: body === null ? null : fillBody(body, delivery.values),
    contentType: bodyKind(body ?? ""),
    headers: delivery.template === "impact" ? basic(delivery.settings.accountSid, credentials.authToken) : {},
  };
}

function adParts(delivery: ToCompose, credentials: Readonly<Record<string, string>>): Parts {
  const { headers, body } = adCall(delivery.template ?? "", {
    values: delivery.values,
    settings: delivery.settings,
    credentials,
  });
  return { url: delivery.url, body, contentType: "application/json", headers };
}

function basic(account: string | undefined, password: string | undefined): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${account ?? ""}:${password ?? ""}`).toString("base64")}` };
}

function opened(secrets: readonly SealedSecret[], vault: Vault): Record<string, string> {
  const credentials: Record<string, string> = {};
  for (const { kind, name, sealed } of secrets) if (kind === "credential") credentials[name] ??= vault.open(sealed);
  return credentials;
}

/** As it may be written down and shown. */
function masked(call: Call, credentials: Readonly<Record<string, string>>): SentRequest {
  const hide = (text: string) =>
    Object.values(credentials).reduce(
      (shown, secret) => (secret.length < SHORTEST_MASKED ? shown : shown.replaceAll(secret, MASK)),
      text,
    );
  const headers = Object.entries(call.headers).map(
    ([name, value]) => [name, name === "authorization" ? `${value.split(" ")[0]} ${MASK}` : hide(value)] as const,
  );
  return {
    method: call.method,
    headers: Object.fromEntries(headers),
    body: call.body === null ? null : hide(call.body),
  };
}
