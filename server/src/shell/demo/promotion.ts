import type { NewTrackingLink } from "@tributary/contract";
import { type Actor, actorOfUser } from "../../access/index.ts";
import { DEFAULT_RULES, saveRules } from "../../attribution/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { addDays } from "../../kernel/period.ts";
import { createLanding, createOffer, decideOfferRequest, moveOffer, requestOffer } from "../../programs/index.ts";
import { changeCap, createCap, createCode, createLink, createSmartLink, getCap } from "../../tracking/index.ts";
import { accessNeeds } from "../offer-access.ts";
import type { SampleRecords } from "./records.ts";
import type { Vertical } from "./world.ts";

/** Caps of the sample whose limits are set once it is known what was used. */
export interface SampleCaps {
  readonly nearlyFull: string;
}

const DAY_MS = 86_400_000;

/** Ways to promote that began five weeks ago, so that clicks and conversions have gone through them: caps, a landing set, a choice. */
export async function writePromotion(ctx: Context, records: SampleRecords, clicks: number): Promise<SampleCaps> {
  return await transact(ctx, async (tx) => {
    await writeLandings(tx, records);
    await writeChoice(tx, records);
    await writeCodes(tx, records);
    await writeRules(tx, records);
    await writeAccess(tx, records);
    return await writeCaps(tx, records, clicks);
  });
}

/** Sets the limit of the cap that is nearly used up: 92 % of it. */
export async function fillCaps(ctx: Context, records: SampleRecords, caps: SampleCaps): Promise<void> {
  const { operations } = records.cast;
  const cap = await getCap(ctx, operations, caps.nearlyFull);
  const used = Number(cap.fullest?.used ?? "0");
  if (used === 0) return;
  await changeCap(ctx, operations, cap.id, { revision: cap.revision, limit: String(Math.ceil((used * 100) / 92)) });
}

async function writeCaps(ctx: Context, records: SampleRecords, clicks: number): Promise<SampleCaps> {
  const { cast, programIds, partnerIds } = records;
  const total = { metric: "conversions", eventType: "ftd", period: "total", each: "all" } as const;
  // The rest of a click budget goes to the offer that is open to all, and beyond the volume of a trial somebody looks first.
  await createCap(ctx, cast.operations, {
    programId: programIds.casino,
    name: "Sports: test budget of Pixel Harbor",
    offerId: offer(records, "casino", "sports"),
    partnerId: partnerIds.get("pixel-harbor") as string,
    metric: "clicks",
    limit: String(Math.max(1, Math.round(clicks / 2_000))),
    period: "total",
    overflow: { kind: "fallback", offerId: offer(records, "casino", "welcome") },
  });
  await createCap(ctx, cast.operations, {
    ...total,
    programId: programIds.casino,
    name: "Live tables: registrations of the trial",
    offerId: offer(records, "casino", "live"),
    eventType: "registration",
    limit: String(Math.max(1, Math.round(clicks / 4_000))),
    overflow: { kind: "pend" },
  });
  const { id: nearlyFull } = await createCap(ctx, cast.operations, {
    ...total,
    programId: programIds.casino,
    name: "Welcome package: launch volume",
    offerId: offer(records, "casino", "welcome"),
    limit: "1000000",
    overflow: { kind: "stop" },
  });
  await createCap(ctx, cast.operations, {
    programId: programIds.saas,
    name: "Free trial: clicks of each partner in a day",
    offerId: offer(records, "saas", "trial"),
    each: "partner",
    metric: "clicks",
    limit: "5000",
    period: "day",
    overflow: { kind: "fallback" },
  });
  return { nearlyFull };
}

async function writeLandings(ctx: Context, records: SampleRecords): Promise<void> {
  const welcome = offer(records, "casino", "welcome");
  const page = (name: string, path: string, weight: number) =>
    createLanding(ctx, records.cast.operations, welcome, {
      name,
      url: `https://www.lagoon.example/welcome${path}?cid={click_id}&page={landing}`,
      weight,
    });
  await page("Classic", "", 50);
  await page("Spring film", "/film", 35);
  await page("One-step form", "/start", 15);
}

/** One address for several offers, and links that ask something of their clicks. */
async function writeChoice(ctx: Context, records: SampleRecords): Promise<void> {
  const { cast, programIds, partnerIds } = records;
  const [welcome, live, sports] = ["welcome", "live", "sports"].map((code) => offer(records, "casino", code));
  const smart = await createSmartLink(ctx, cast.operations, {
    programId: programIds.casino,
    name: "Best of the Lagoon",
    mode: "best",
    explore: 15,
    leastClicks: 100,
    offerId: welcome as string,
    options: [
      { offerId: live as string, weight: 60, when: { schedule: [{ days: [5, 6, 7], from: "18:00", to: "02:00" }] } },
      {
        offerId: sports as string,
        weight: 40,
        when: { country: { is: ["BR", "MX", "ES"] }, device: { is: ["mobile"] } },
      },
      { offerId: welcome as string, weight: 100, rank: 2 },
    ],
  });
  const links: readonly (NewTrackingLink & { readonly partner: string })[] = [
    { partner: "bannerline-ads", smartLinkId: smart.id, code: "bannerline/best", name: "Best of the Lagoon" },
    {
      partner: "lucky-nina-live",
      offerId: live as string,
      code: "nina/roulette-night",
      name: "Roulette night, printed cards",
      source: "print",
      deepLink: "https://www.lagoon.example/live/roulette",
      utm: { utm_source: "nina", utm_medium: "qr", utm_campaign: "roulette-night" },
      targeting: { country: { is: ["BR", "MX", "CL", "CO", "PE"] }, device: { is: ["mobile", "tablet"] } },
      validTo: new Date(ctx.clock.now().getTime() + 120 * DAY_MS).toISOString(),
    },
  ];
  for (const { partner, ...link } of links)
    await createLink(ctx, cast.operations, { ...link, partnerId: partnerIds.get(partner) as string });
}

/** Codes that are over, hold, and come. */
async function writeCodes(ctx: Context, { cast, programIds, partnerIds }: SampleRecords): Promise<void> {
  const at = (days: number) => new Date(ctx.clock.now().getTime() + days * DAY_MS).toISOString();
  const shared = { programId: programIds.casino };
  const evergreen = { ...shared, partnerId: partnerIds.get("evergreen-slots-guide") as string };
  const nina = { ...shared, partnerId: partnerIds.get("lucky-nina-live") as string };
  await createCode(ctx, cast.operations, { ...evergreen, code: "GREEN10", validTo: at(20) });
  await createCode(ctx, cast.operations, { ...nina, code: "NINA-ROULETTE", validFrom: at(1), validTo: at(120) });
  await createCode(ctx, cast.operations, { ...nina, code: "NINA-NEWYEAR", validFrom: at(60), validTo: at(90) });
}

/** FX shortened its window a month ago; the other two programs still have the rules with which they began. */
async function writeRules(ctx: Context, { cast, programIds }: SampleRecords): Promise<void> {
  const { id, name } = cast.approver;
  await saveRules(ctx, { ...cast.operations, id, name }, programIds.fx, {
    after: 1,
    rules: { ...DEFAULT_RULES, windowDays: 40, noOverwritePartners: [] },
    validFrom: addDays(ctx.clock.now().toISOString().slice(0, 10), 2),
    validUntil: null,
    previewId: null,
    reason: "Clicks older than forty days brought one first deposit in two hundred, and most of the disputes.",
  });
}

/** An offer that partners ask for: one was let in, one waits for an answer. */
async function writeAccess(ctx: Context, records: SampleRecords): Promise<void> {
  const { cast, programIds, partnerIds, portalUserIds } = records;
  const made = await createOffer(ctx, cast.operations, {
    programId: programIds.casino,
    code: "vip",
    name: "VIP tables",
    description: "By invitation: a host of their own for people who play high. Adults from the countries below only.",
    landingUrl: "https://www.lagoon.example/vip?cid={click_id}",
    allowedHosts: ["www.lagoon.example"],
    access: "request",
    accessQuestions: [
      { code: "audience", text: "Who are the people that you would invite?", required: true },
      { code: "channels", text: "Where would they see it?" },
    ],
    targeting: {
      country: { is: ["DE", "ES", "PT", "GR", "BR", "MX"] },
      device: { isNot: ["tv"] },
      schedule: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "10:00", to: "02:00" }],
    },
    tags: ["invitation"],
  });
  await moveOffer(ctx, cast.operations, made.id, { revision: made.revision, status: "active" });
  const asks = async (partner: string, answers: Record<string, string>, note: string) => {
    const actor = (await actorOfUser(ctx, portalUserIds.get(partner) as string)) as Actor;
    return await requestOffer(ctx, actor, { offerId: made.id, answers, note }, accessNeeds);
  };
  const letIn = await asks("high-roller-digest", { audience: "Readers of our printed edition." }, "");
  const decision = { revision: letIn.revision, decision: "approve", reason: "Welcome back." } as const;
  await decideOfferRequest(ctx, cast.operations, letIn.id, decision, accessNeeds);
  await asks(
    "evergreen-slots-guide",
    {
      audience: "About 400 readers of our high-stakes letter, all verified adults.",
      channels: "Mail and the member area.",
    },
    "We would begin with Germany and Spain.",
  );
  const { id: nina } = { id: partnerIds.get("lucky-nina-live") as string };
  await requestOffer(
    ctx,
    cast.operations,
    { offerId: made.id, partnerId: nina, note: "Agreed by phone." },
    accessNeeds,
  );
}

function offer({ offerIds }: SampleRecords, vertical: Vertical, code: string): string {
  return offerIds.get(`${vertical}/${code}`) as string;
}
