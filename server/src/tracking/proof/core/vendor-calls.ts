import type { DialectName } from "../../dialects/core/contracts.ts";

/** What an example call says. */
export interface CallValues {
  readonly base: string;
  readonly token: string;
  readonly clickId: string;
  readonly customerRef: string;
  readonly orderId: string;
  /** `registration` or `ftd` */
  readonly occasion: "registration" | "ftd";
  readonly amount: string;
  readonly currency: string;
  /** what the platform calls the goal or event of the occasion */
  readonly goal: string;
}

export interface ExampleCall {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

type Shape = (values: CallValues, place: (path: string) => string) => ExampleCall;

const get = (url: string, pairs: Readonly<Record<string, string | undefined>>): ExampleCall => {
  const query = new URLSearchParams(
    Object.entries(pairs).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return { method: "GET", url: `${url}?${query}`, headers: {}, body: null };
};
const post = (url: string, body: object): ExampleCall => ({
  method: "POST",
  url,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const paid = (values: CallValues): string | undefined => (values.occasion === "ftd" ? values.amount : undefined);

/** The documented call of each platform, at the address that takes it here. */
const SHAPES: Readonly<Partial<Record<DialectName, Shape>>> = {
  tributary: (v) =>
    get(`${v.base}/p/${v.token}`, {
      event: v.goal,
      id: v.orderId,
      click_id: v.clickId,
      customer_id: v.customerRef,
      amount: paid(v),
      currency: paid(v) && v.currency,
    }),
  everflow: (v, place) =>
    get(place("/"), {
      nid: "1",
      transaction_id: v.clickId,
      adv_event_id: v.goal,
      order_id: v.orderId,
      amount: paid(v),
      adv1: v.customerRef,
    }),
  tune: (v, place) =>
    get(place("/aff_lsr"), {
      transaction_id: v.clickId,
      goal_ref: v.goal,
      adv_unique1: v.orderId,
      amount: paid(v),
      adv_sub: v.customerRef,
      status: "approved",
    }),
  cake: (v, place) => get(place("/p.ashx"), { o: "1", e: v.goal, r: v.clickId, t: v.orderId, p: paid(v) }),
  affise: (v, place) =>
    get(place("/postback"), {
      clickid: v.clickId,
      goal: v.goal,
      action_id: v.orderId,
      sum: paid(v),
      status: "1",
      user_id: v.customerRef,
    }),
  scaleo: (v, place) =>
    get(place("/track/conv"), {
      click_id: v.clickId,
      goal_alias: v.goal,
      adv_order_id: v.orderId,
      amount: paid(v),
      adv_user_id: v.customerRef,
    }),
  post_affiliate_pro: (v, place) =>
    get(place("/scripts/sale.php"), {
      visitorId: v.clickId,
      ActionCode: v.goal,
      OrderID: v.orderId,
      TotalCost: paid(v),
      data1: v.customerRef,
    }),
  impact: (v, place) => ({
    method: "POST",
    url: place("/Advertisers/ACCOUNT/Conversions"),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      CampaignId: "1",
      EventTypeCode: v.goal,
      EventDate: "NOW",
      OrderId: v.orderId,
      ClickId: v.clickId,
      CustomerId: v.customerRef,
      ...(paid(v) === undefined ? {} : { OrderSubTotalPostDiscount: v.amount, CurrencyCode: v.currency }),
    }).toString(),
  }),
  partnerstack: (v, place) =>
    v.occasion === "registration"
      ? post(place("/conversion/xid"), { xid: v.clickId, customer_key: v.customerRef })
      : post(place("/api/v2/transactions"), {
          key: v.orderId,
          customer_external_key: v.customerRef,
          amount: minor(paid(v)),
          currency: v.currency,
        }),
  tapfiliate: (v, place) =>
    v.occasion === "registration"
      ? post(place("/1.6/customers"), { customer_id: v.customerRef, click_id: v.clickId })
      : get(place("/1.7/pb/con/c/"), {
          click_id: v.clickId,
          external_id: v.orderId,
          customer_id: v.customerRef,
          commission_type: v.goal,
          amount: paid(v),
          currency: v.currency,
        }),
  firstpromoter: (v, place) =>
    post(place(v.occasion === "registration" ? "/api/v2/track/signup" : "/api/v2/track/sale"), {
      uid: v.customerRef,
      tid: v.clickId,
      event_id: v.orderId,
      amount: minor(paid(v)),
      currency: paid(v) && v.currency,
    }),
  dub: (v, place) =>
    v.occasion === "registration"
      ? post(place("/track/lead"), { clickId: v.clickId, eventName: v.goal, customerExternalId: v.customerRef })
      : post(place("/track/sale"), {
          customerExternalId: v.customerRef,
          amount: minor(paid(v)),
          currency: v.currency.toLowerCase(),
          invoiceId: v.orderId,
          clickId: v.clickId,
          eventName: v.goal,
        }),
  generic: (v, place) =>
    get(place("/postback"), {
      clickid: v.clickId,
      event: v.goal,
      txid: v.orderId,
      payout: paid(v),
      currency: paid(v) && v.currency,
      user_id: v.customerRef,
    }),
};

function minor(amount: string | undefined): number | undefined {
  return amount === undefined ? undefined : Math.round(Number(amount) * 100);
}

/** The call that a platform would make; undefined for one whose shape is not known. */
export function exampleCall(dialect: DialectName, values: CallValues): ExampleCall | undefined {
  return SHAPES[dialect]?.(values, (path) => `${values.base}/in/${values.token}${path === "/" ? "" : path}`);
}

/** The call for a command line. Values of a shell stand in single quotes, which end nothing. */
export function asCurl(call: ExampleCall): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [`curl -i${call.method === "GET" ? "" : ` -X ${call.method}`} ${quoted(call.url)}`];
  for (const [name, value] of Object.entries(call.headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (call.body !== null) parts.push(`--data ${quoted(call.body)}`);
  return parts.join(" \\\n  ");
}
