import { type Actor, createUser, systemActor } from "../../access/index.ts";
import { acceptVersion, approveVersion, proposeVersion } from "../../agreements/index.ts";
import type { Context } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import { createContact, createPartner, movePartner } from "../../partners/index.ts";
import { createPlan, publishPlanVersion } from "../../plans/index.ts";
import { createOffer, createProgram, createRegion, moveOffer, moveProgram } from "../../programs/index.ts";
import { createCode, createLink } from "../../tracking/index.ts";
import type { MonthEndPeople } from "./month-end.ts";
import { dealName, dealOf, dealsOf, planOf } from "./plans-of-sample.ts";
import type { PartnerPlan, ProgramPlan, Vertical, World } from "./world.ts";

/** Every person of the sample signs in with it: a sample runs on one's own machine and holds nothing real. */
export const SAMPLE_PASSWORD = "sample-password-2026";

/** What the records of the sample are called once they are stored. */
export interface SampleRecords {
  readonly programIds: Readonly<Record<Vertical, string>>;
  /** by vertical and code, e.g. `casino/live` */
  readonly offerIds: ReadonlyMap<string, string>;
  /** by partner code */
  readonly partnerIds: ReadonlyMap<string, string>;
  readonly programs: readonly ProgramPlan[];
  readonly people: MonthEndPeople;
  /** by vertical and deal, e.g. `casino/cpa` */
  readonly planVersionIds: ReadonlyMap<string, string>;
  /** of partners that have one, by code */
  readonly portalUserIds: ReadonlyMap<string, string>;
  readonly cast: Cast;
}

/** People of the sample as actors: whoever enters something is never whoever approves it. */
export interface Cast {
  readonly operations: Actor;
  readonly administrator: Actor;
  readonly approver: Actor;
  readonly finance: Actor;
  readonly treasury: Actor;
  /** of one region or all, in the order in which they sign */
  readonly approvers: readonly Actor[];
  readonly owners: Readonly<Record<string, string>>;
}

export interface SampleTime {
  readonly clock: Clock & { set(at: Date | string): void };
  /** first instant of the sample */
  readonly start: Date;
}

/** Writes everything that stands still, through the doors that the console's people use. Partners join on their day. */
export async function writeRecords(ctx: Context, world: World, time: SampleTime): Promise<SampleRecords> {
  time.clock.set(new Date(time.start.getTime() - 7 * 86_400_000));
  const system = systemActor("sample");
  const regionIds = new Map<string, string>();
  for (const { code, name } of world.regions) regionIds.set(code, (await createRegion(ctx, system, { code, name })).id);
  const cast = await writeStaff(ctx, system, world, regionIds);
  const programIds: Partial<Record<Vertical, string>> = {};
  const offerIds = new Map<string, string>();
  const planVersionIds = new Map<string, string>();
  for (const program of world.programs) {
    const id = await writeProgram(ctx, cast, program, offerIds);
    programIds[program.vertical] = id;
    for (const deal of dealsOf(program.vertical))
      planVersionIds.set(`${program.vertical}/${deal}`, await writePlan(ctx, cast, program, id, deal));
  }
  const writer = {
    ctx,
    cast,
    programIds: programIds as Record<Vertical, string>,
    offerIds,
    planVersionIds,
    regionIds,
    portalUserIds: new Map(),
  };
  const partnerIds = new Map<string, string>();
  for (const partner of world.partners) {
    time.clock.set(new Date(time.start.getTime() + (partner.joinedDay - 5) * 86_400_000));
    const program = world.programs.find((one) => one.vertical === partner.vertical) as ProgramPlan;
    partnerIds.set(partner.code, await writePartner(writer, partner, program, partnerIds, time));
  }
  const { treasury, approvers, finance } = cast;
  const latestRegions = ["eu", "latam", "mena"].map((code) => regionIds.get(code) as string);
  const people = { closer: cast.approver, payer: finance, run: { treasury, approvers, finance, latestRegions } };
  const { programIds: ids, portalUserIds } = writer;
  return {
    programIds: ids,
    offerIds,
    partnerIds,
    programs: world.programs,
    people,
    planVersionIds,
    portalUserIds,
    cast,
  };
}

/** Path of the link of a partner's offer. */
export function linkCode(partner: PartnerPlan, offerCode: string): string {
  return `${partner.code}-${offerCode}`;
}

async function writeStaff(
  ctx: Context,
  system: Actor,
  world: World,
  regionIds: ReadonlyMap<string, string>,
): Promise<Cast> {
  const ids = new Map<string, string>();
  for (const { email, name, role, region } of world.staff) {
    const scope =
      region === undefined
        ? { scopeKind: "everything" as const, scopeId: null }
        : { scopeKind: "region" as const, scopeId: regionIds.get(region) ?? null };
    const grants = [{ role: role as "administrator", ...scope }];
    ids.set(email, await createUser(ctx, system, { email, name, password: SAMPLE_PASSWORD, partnerId: null, grants }));
  }
  const as = (email: string): Actor => {
    const id = ids.get(email) as string;
    const name = world.staff.find((one) => one.email === email)?.name ?? email;
    return { ...system, kind: "user", id, name };
  };
  const within = (email: string, region: string): Actor => {
    const scope = { kind: "region" as const, id: regionIds.get(region) as string };
    return { ...as(email), grants: system.grants.map((grant) => ({ ...grant, scope })) };
  };
  const [eu, latam, operations] = ["kam.eu@tributary.example", "kam.latam@tributary.example", "ops@tributary.example"].map((email) => ids.get(email) as string); // biome-ignore format: one line
  return {
    operations: as("ops@tributary.example"),
    administrator: as("admin@tributary.example"),
    approver: as("approver@tributary.example"),
    finance: as("finance@tributary.example"),
    treasury: as("treasury@tributary.example"),
    approvers: [
      within("head.eu@tributary.example", "eu"),
      within("head.latam@tributary.example", "latam"),
      as("approver@tributary.example"),
      as("admin@tributary.example"),
    ],
    owners: { eu: eu as string, latam: latam as string, mena: operations as string, apac: operations as string },
  };
}

async function writeProgram(
  ctx: Context,
  cast: Cast,
  program: ProgramPlan,
  offerIds: Map<string, string>,
): Promise<string> {
  const { code, name, timeZone, currency, site } = program;
  const created = await createProgram(ctx, cast.operations, {
    code,
    name,
    timeZone,
    currency,
    fallbackUrl: `https://www.${site}/`,
    subPartnerView: program.vertical === "fx" ? "partner" : "nothing",
    attribution: { windowDays: program.vertical === "saas" ? 90 : 45 },
    ownerUserId: cast.operations.id,
  });
  await moveProgram(ctx, cast.operations, created.id, { revision: created.revision, status: "active" });
  for (const offer of program.offers) {
    const made = await createOffer(ctx, cast.operations, {
      programId: created.id,
      code: offer.code,
      name: offer.name,
      landingUrl: `https://www.${site}${offer.path}?cid={click_id}`,
      allowedHosts: [`www.${site}`, `*.${site}`],
      blockedCountries: [...offer.blockedCountries],
    });
    await moveOffer(ctx, cast.operations, made.id, { revision: made.revision, status: "active" });
    offerIds.set(`${program.vertical}/${offer.code}`, made.id);
  }
  return created.id;
}

async function writePlan(
  ctx: Context,
  cast: Cast,
  program: ProgramPlan,
  programId: string,
  deal: string,
): Promise<string> {
  const code = `${program.code}-${deal.replaceAll("_", "-")}`;
  const plan = await createPlan(ctx, cast.operations, {
    programId,
    code,
    name: `${dealName(program.vertical, deal)} (${program.name.split(" ")[0]})`,
    document: planOf(program.vertical, deal),
  });
  const id = plan.versions[0]?.id as string;
  await publishPlanVersion(ctx, cast.approver, id);
  return id;
}

interface Writer {
  readonly ctx: Context;
  readonly cast: Cast;
  readonly programIds: Readonly<Record<Vertical, string>>;
  readonly offerIds: ReadonlyMap<string, string>;
  readonly planVersionIds: ReadonlyMap<string, string>;
  readonly regionIds: ReadonlyMap<string, string>;
  readonly portalUserIds: Map<string, string>;
}

async function writePartner(
  writer: Writer,
  partner: PartnerPlan,
  program: ProgramPlan,
  known: ReadonlyMap<string, string>,
  time: SampleTime,
): Promise<string> {
  const { ctx, cast } = writer;
  const email = partner.portalUser ?? `partners@${partner.code}.example`;
  const created = await createPartner(ctx, cast.operations, {
    code: partner.code,
    name: partner.name,
    legalName: `${partner.name} ${partner.region === "latam" ? "S.A." : "Ltd"}`,
    kind: partner.kind,
    regionId: writer.regionIds.get(partner.region) ?? null,
    country: partner.country,
    email,
    website: `https://${partner.code}.example`,
    ownerUserId: cast.owners[partner.region] ?? null,
    parentPartnerId: partner.parent === undefined ? null : (known.get(partner.parent) ?? null),
    tags: [...(partner.weight > 2.5 ? ["top"] : []), ...(partner.tags ?? [])],
  });
  await createContact(ctx, cast.operations, created.id, {
    name: partner.contact,
    email,
    role: "owner",
    signatory: true,
  });
  const onboarding = await movePartner(ctx, cast.operations, created.id, {
    revision: created.revision,
    status: "onboarding",
    reason: "application accepted",
  });
  if (partner.story === "onboarding") return created.id;
  await movePartner(ctx, cast.operations, created.id, {
    revision: onboarding.revision,
    status: "active",
    reason: "ready to launch",
  });
  await writeTerms(writer, partner, created.id, time);
  await writeTracking(writer, partner, program, created.id);
  if (partner.portalUser !== undefined) await writePortalUser(writer, partner, created.id);
  return created.id;
}

async function writeTerms(writer: Writer, partner: PartnerPlan, partnerId: string, time: SampleTime): Promise<void> {
  const { ctx, cast } = writer;
  const proposed = await proposeVersion(ctx, cast.operations, {
    partnerId,
    programId: writer.programIds[partner.vertical],
    planVersionId: writer.planVersionIds.get(`${partner.vertical}/${dealOf(partner)}`) as string,
    validFrom: time.clock.now().toISOString().slice(0, 10),
  });
  await approveVersion(ctx, cast.approver, proposed.id);
  const acceptance = { name: partner.contact, termsHash: proposed.termsHash, address: "203.0.113.20" };
  await acceptVersion(ctx, cast.approver, proposed.id, acceptance);
}

async function writeTracking(
  writer: Writer,
  partner: PartnerPlan,
  program: ProgramPlan,
  partnerId: string,
): Promise<void> {
  const { ctx, cast } = writer;
  for (const offer of program.offers) {
    const offerId = writer.offerIds.get(`${program.vertical}/${offer.code}`) as string;
    await createLink(ctx, cast.operations, {
      partnerId,
      offerId,
      code: linkCode(partner, offer.code),
      name: offer.name,
    });
  }
  const programId = writer.programIds[partner.vertical];
  for (const code of partner.codes) await createCode(ctx, cast.operations, { programId, partnerId, code });
}

async function writePortalUser(writer: Writer, partner: PartnerPlan, partnerId: string): Promise<void> {
  const grants = [{ role: "partner_owner" as const, scopeKind: "partner" as const, scopeId: partnerId }];
  const account = {
    email: partner.portalUser as string,
    name: partner.contact,
    password: SAMPLE_PASSWORD,
    partnerId,
    grants,
  };
  writer.portalUserIds.set(partner.code, await createUser(writer.ctx, systemActor("sample"), account));
}
