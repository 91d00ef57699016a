import {
  BULK_LINK_COLUMNS,
  type BulkFile,
  type BulkLinksMade,
  type BulkLinksPreview,
  type NewTrackingLink,
  NewTrackingLink as NewTrackingLinkSchema,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, can } from "../../access/index.ts";
import { announce, type Context, notifyChange, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { partnersNamed, partnerTouch } from "../../partners/index.ts";
import { allOffers, type OfferFacts, type ProgramFacts, programsByIds } from "../../programs/index.ts";
import { smartLinksByIds } from "../smart-links/store/smart-links.ts";
import { type BulkRow, instantOf, Refusals, readBulk } from "./bulk-file.ts";
import { type BulkPlan, columnOf, inParts, outcome, recordAll, refuseUnlessSkipped, remembered } from "./bulk-plan.ts";
import { checkPartner, checkTerms, type LinkNeeds, linkUrl, termsOf } from "./service.ts";
import { codesTaken, insertLinks, type LinkInsert } from "./store/links.ts";

type Input = z.output<typeof NewTrackingLinkSchema>;

/** A good row. */
interface Planned {
  readonly row: number;
  readonly input: Input & { readonly partnerId: string };
  readonly offer: OfferFacts;
  readonly program: ProgramFacts;
}

/** What a file would make: every row is checked as if its link were made, nothing is. @throws Refusal invalid_input */
export async function previewLinks(
  ctx: Context,
  actor: Actor,
  file: z.output<typeof BulkFile>,
  needs: LinkNeeds,
): Promise<BulkLinksPreview> {
  const plan = await planLinks(ctx, actor, file.csv, needs);
  const sample = plan.good.slice(0, 20).map(({ row, input, offer }) => ({
    row,
    partnerId: input.partnerId,
    offerId: offer.offerId,
    code: input.code ?? null,
    name: input.name,
  }));
  return { ...outcome(plan), sample };
}

/** Makes the links of a file, all in one transaction. @throws Refusal invalid_input when rows are refused and `skipRefused` is not set */
export async function makeLinks(
  ctx: Context,
  actor: Actor,
  file: z.output<typeof BulkFile>,
  needs: LinkNeeds,
): Promise<BulkLinksMade> {
  return await transact(ctx, async (tx) => {
    const plan = await planLinks(tx, actor, file.csv, needs);
    refuseUnlessSkipped(plan, file.skipRefused);
    const codes = await freeCodes(tx, plan.good.filter(({ input }) => input.code === undefined).length);
    const rows = plan.good.map(({ input, offer }): LinkInsert => {
      const code = input.code ?? codes.pop() ?? "";
      return {
        link_id: tx.ids.next("lnk"),
        code,
        program_id: offer.programId,
        offer_id: offer.offerId,
        partner_id: input.partnerId,
        name: input.name,
        source: input.source,
        creative: input.creative,
        ...termsOf(input),
        smart_id: input.smartLinkId,
        status: "active",
        created_by: actor.id,
        created_at: tx.clock.now(),
      };
    });
    await insertLinks(tx.db, rows);
    // One word for all of them: the edges read all links again, instead of one after the other.
    await notifyChange(tx, "all_links", "");
    for (const part of inParts(rows)) await announce(tx, "links.created", { linkIds: part.map((row) => row.link_id) });
    await recordAll(
      tx,
      actor,
      rows.map((row, at) => ({
        action: "links.created",
        subjectKind: "link",
        subjectId: row.link_id,
        partnerId: row.partner_id,
        after: plan.good[at]?.input,
      })),
    );
    const made = rows.map((row, at) => {
      const planned = plan.good[at];
      const url = linkUrl(row.code, planned?.program, needs);
      return { row: planned?.row ?? 0, id: row.link_id, code: row.code, url };
    });
    return { ...outcome(plan), made };
  });
}

/** What rows may name, looked up once for all of them. */
interface Surroundings {
  readonly partners: ReadonlyMap<string, string>;
  readonly offers: ReadonlyMap<string, readonly OfferFacts[]>;
  readonly programs: ReadonlyMap<string, ProgramFacts>;
  readonly smart: ReadonlyMap<string, { readonly offer_id: string }>;
  /** @returns why the actor may not make links of this partner to this offer */
  readonly forbidden: (partnerId: string, offer: OfferFacts) => Promise<string | undefined>;
}

async function planLinks(ctx: Context, actor: Actor, csv: string, needs: LinkNeeds): Promise<BulkPlan<Planned>> {
  const { rows, unknownColumns } = readBulk(csv, BULK_LINK_COLUMNS);
  const refusals = new Refusals();
  const around = await surroundings(ctx, actor, rows, needs);
  const read: Planned[] = [];
  for (const row of rows) {
    const planned = await planRow(ctx, actor, row, around, refusals);
    if (planned !== undefined) read.push(planned);
  }
  const good = await withFreeCodes(ctx, read, rows, refusals);
  return { rows: rows.length, good, refusals, unknownColumns };
}

async function surroundings(
  ctx: Context,
  actor: Actor,
  rows: readonly BulkRow[],
  needs: LinkNeeds,
): Promise<Surroundings> {
  const all = await allOffers(ctx.db);
  const offers = new Map<string, OfferFacts[]>();
  for (const offer of all)
    for (const name of [offer.offerId, offer.code]) offers.set(name, [...(offers.get(name) ?? []), offer]);
  const programs = await programsByIds(ctx.db, [...new Set(all.map((offer) => offer.programId))]);
  const smart = await smartLinksByIds(ctx.db, columnOf(rows, "smart_link"));
  return {
    partners: await partnersNamed(ctx.db, columnOf(rows, "partner")),
    offers,
    programs: new Map(programs.map((program) => [program.programId, program])),
    smart: new Map(smart.map((one) => [one.smart_id, one])),
    forbidden: remembered(
      (partnerId, offer) => mayMake(ctx, actor, partnerId, offer, needs),
      (partnerId, offer) => `${partnerId} ${offer.offerId}`,
    ),
  };
}

/** @returns why the actor may not make links of this partner to this offer */
async function mayMake(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  offer: OfferFacts,
  needs: LinkNeeds,
): Promise<string | undefined> {
  if (!can(actor, "links.write", await partnerTouch(ctx, partnerId, offer.programId)))
    return "is not a partner that you may make links for";
  try {
    await checkPartner(ctx, actor, partnerId, offer, needs);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

async function planRow(
  ctx: Context,
  actor: Actor,
  row: BulkRow,
  around: Surroundings,
  refusals: Refusals,
): Promise<Planned | undefined> {
  const partnerId = partnerOf(actor, row, around, refusals);
  const offer = offerOfRow(row, around, refusals);
  const program = offer && around.programs.get(offer.programId);
  if (partnerId === undefined || offer === undefined || program === undefined) return undefined;
  const forbidden = await around.forbidden(partnerId, offer);
  if (forbidden !== undefined) return refusals.refuse(row.row, "partner", row.cells.get("partner") ?? "", forbidden);
  const input = inputOf(row, program, partnerId, offer, refusals);
  if (input === undefined) return undefined;
  try {
    await checkTerms(ctx, termsOf(input), offer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [wrong] = error.complaints;
    const column = COLUMNS[wrong?.field ?? ""] ?? wrong?.field?.replace("utm.", "") ?? "";
    return refusals.refuse(row.row, column, wrong?.value ?? "", wrong?.message ?? error.message, wrong?.hint);
  }
  return { row: row.row, input: { ...input, partnerId }, offer, program };
}

function partnerOf(
  actor: Actor,
  { row, cells }: BulkRow,
  around: Surroundings,
  refusals: Refusals,
): string | undefined {
  const named = cells.get("partner");
  if (actor.partnerId !== undefined && named === undefined) return actor.partnerId;
  const partnerId = named === undefined ? undefined : around.partners.get(named);
  const foreign = actor.partnerId !== undefined && partnerId !== actor.partnerId;
  if (partnerId !== undefined && !foreign) return partnerId;
  return refusals.refuse(
    row,
    "partner",
    named ?? "",
    named === undefined ? "is needed" : "is not a partner, by id or code",
  );
}

function offerOfRow({ row, cells }: BulkRow, around: Surroundings, refusals: Refusals): OfferFacts | undefined {
  const smartId = cells.get("smart_link");
  const smart = smartId === undefined ? undefined : around.smart.get(smartId);
  if (smartId !== undefined && smart === undefined)
    return refusals.refuse(row, "smart_link", smartId, "is not a smart link");
  const named = smart?.offer_id ?? cells.get("offer");
  if (named === undefined) return refusals.refuse(row, "offer", "", "is needed");
  const found = around.offers.get(named) ?? [];
  if (found.length === 1) return found[0];
  if (found.length === 0) return refusals.refuse(row, "offer", named, "is not an offer, by id or code");
  return refusals.refuse(
    row,
    "offer",
    named,
    "is the code of offers in several programs",
    `Name it by its id: ${found.map((one) => one.offerId).join(", ")}.`,
  );
}

const COLUMNS: Readonly<Record<string, string>> = {
  deepLink: "deep_link",
  landingId: "landing",
  validFrom: "valid_from",
  validTo: "valid_to",
  smartLinkId: "smart_link",
};

function inputOf(
  row: BulkRow,
  program: ProgramFacts,
  partnerId: string,
  offer: OfferFacts,
  refusals: Refusals,
): Input | undefined {
  const { cells } = row;
  const times: Record<string, string | null> = {};
  for (const [field, column] of [
    ["validFrom", "valid_from"],
    ["validTo", "valid_to"],
  ] as const) {
    const read = instantOf(cells.get(column), program.timeZone);
    if ("wrong" in read) return refusals.refuse(row.row, column, cells.get(column) ?? "", read.wrong);
    times[field] = read.at;
  }
  const smartLinkId = cells.get("smart_link") ?? null;
  const given: Partial<Record<keyof NewTrackingLink, unknown>> = {
    partnerId,
    ...(smartLinkId === null ? { offerId: offer.offerId } : {}),
    smartLinkId,
    code: cells.get("code"),
    name: cells.get("name"),
    source: cells.get("source"),
    creative: cells.get("creative"),
    deepLink: cells.get("deep_link"),
    landingId: cells.get("landing"),
    utm: Object.fromEntries(
      [...cells].filter(([name]) => name.startsWith("utm_") && (BULK_LINK_COLUMNS as readonly string[]).includes(name)),
    ),
    ...times,
  };
  const read = NewTrackingLinkSchema.safeParse(given);
  return read.success ? read.data : refusals.refuseAll(row, read.error.issues, COLUMNS);
}

/** Leaves out rows whose code is taken, or stands in the file twice: the second one is refused. */
async function withFreeCodes(
  ctx: Context,
  read: readonly Planned[],
  rows: readonly BulkRow[],
  refusals: Refusals,
): Promise<Planned[]> {
  const taken = await codesTaken(
    ctx.db,
    read.flatMap(({ input }) => input.code ?? []),
  );
  const firstRow = new Map<string, number>();
  // A row that is refused for something else has its code all the same: mending it must not make two of it.
  for (const { row, cells } of rows) {
    const code = cells.get("code");
    if (code !== undefined && !firstRow.has(code)) firstRow.set(code, row);
  }
  return read.filter(({ row, input: { code } }) => {
    if (code === undefined) return true;
    if (taken.has(code)) refusals.refuse(row, "code", code, "is the code of another link already");
    else if (firstRow.get(code) !== row) refusals.refuse(row, "code", code, `stands in row ${firstRow.get(code)} too`);
    else return true;
    return false;
  });
}

/** Codes that nobody has: eight letters of fresh ids' random ends. */
async function freeCodes(tx: Context, count: number): Promise<string[]> {
  const free = new Set<string>();
  while (free.size < count) {
    const made = Array.from({ length: count - free.size }, () => tx.ids.next("lnk").slice(-8));
    const taken = await codesTaken(tx.db, made);
    for (const code of made) if (!taken.has(code)) free.add(code);
  }
  return [...free];
}
