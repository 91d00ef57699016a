import type {
  AttributionRun,
  KnownCustomers,
  KnownCustomersTakenBack,
  NewRulesVersion,
  NotedCustomer,
  NotedCustomerQuery,
  RulesProposal,
  RulesVersion,
  SavedRules,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import {
  announce,
  type Context,
  notifyChange,
  type Page,
  type PageRequest,
  refuseDuplicate,
  type TxContext,
  transact,
} from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnersByIds } from "../partners/index.ts";
import { offersByIds, type ProgramFacts, programById } from "../programs/index.ts";
import { holdEvents, queueShipping } from "../tracking/index.ts";
import type { AttributionRules } from "./contracts.ts";
import { firstVersion, rulesOfPrograms } from "./rules-of-programs.ts";
import { runWire, versionWire } from "./run-wire.ts";
import type { CustomerSurroundings } from "./service.ts";
import { resettleCustomers } from "./settle.ts";
import { customersOfProgram, findCustomers } from "./store/customers.ts";
import { forgetKnownCustomers, notedPage, noteKnownCustomers } from "./store/known-customers.ts";
import { insertRun, runById, runPage } from "./store/replay-runs.ts";
import { insertRulesVersion, rulesVersions, type StoredRules } from "./store/rules-versions.ts";
import type { TouchSources } from "./touches.ts";

/** What the first version says where nobody gave a reason. */
const BEGAN = "The rules with which the program began.";

async function readableProgram(ctx: Context, actor: Actor, id: string): Promise<ProgramFacts> {
  const program = await programById(ctx.db, id);
  if (program === undefined) throw notFound("program", id);
  requirePermission(actor, "programs.read", { programId: id, ownerUserId: program.ownerUserId });
  return program;
}

async function writableProgram(ctx: Context, actor: Actor, id: string): Promise<ProgramFacts> {
  const program = await readableProgram(ctx, actor, id);
  requirePermission(actor, "programs.write", { programId: id, ownerUserId: program.ownerUserId });
  return program;
}

/** All versions, the first one too where it was never written down. */
async function versionsOf(ctx: Context, program: ProgramFacts): Promise<readonly StoredRules[]> {
  const stored = await rulesVersions(ctx.db, [program.programId]);
  if (stored.length > 0) return stored;
  const { programId } = program;
  return [{ ...firstVersion(program), programId, createdBy: null, createdAt: ctx.clock.now(), reason: BEGAN }];
}

/** Versions of a program's rules, the newest first. */
export async function listRules(
  ctx: Context,
  actor: Actor,
  programId: string,
  page: PageRequest,
): Promise<Page<RulesVersion>> {
  const program = await readableProgram(ctx, actor, programId);
  const [rules] = (await rulesOfPrograms(ctx.db, [program])).values();
  const before = page.cursor === undefined ? Number.POSITIVE_INFINITY : Number(page.cursor);
  if (Number.isNaN(before)) throw invalid("cursor", page.cursor ?? "", "is not of this list");
  const older = (await versionsOf(ctx, program)).filter((one) => one.version < before).reverse();
  const shown = older.slice(0, page.limit);
  const rows = rules === undefined ? [] : shown.map((one) => versionWire(one, rules, ctx.clock.now()));
  return { rows, nextCursor: older.length > shown.length ? String(shown.at(-1)?.version) : null };
}

/** Has it found out in the background what would change under other rules. */
export async function previewRules(
  ctx: Context,
  actor: Actor,
  programId: string,
  proposal: RulesProposal,
): Promise<AttributionRun> {
  await writableProgram(ctx, actor, programId);
  refuseOddDays(proposal);
  await refuseUnknown(ctx, programId, proposal.rules);
  return await transact(ctx, async (tx) => {
    const runId = await startRun(tx, actor, programId, { ...proposal, kind: "preview", rulesVersion: null });
    return runWire((await runById(tx.db, runId)) as NonNullable<Awaited<ReturnType<typeof runById>>>);
  });
}

function refuseOddDays({ validFrom, validUntil }: Pick<RulesProposal, "validFrom" | "validUntil">): void {
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom)
    throw invalid("validUntil", validUntil, "is not after the first day", "It is the first day that is not covered.");
}

/** Offers of the program and partners that the rules name have to be there: a window for nobody would be a slip. */
async function refuseUnknown(ctx: Context, programId: string, rules: AttributionRules): Promise<void> {
  const { windows, noOverwritePartners } = rules;
  const offerIds = windows.flatMap((one) => one.offerId ?? []);
  const partnerIds = [...windows.flatMap((one) => one.partnerId ?? []), ...noOverwritePartners];
  const offers = new Map((await offersByIds(ctx.db, offerIds)).map((one) => [one.offerId, one.programId]));
  const partners = new Set((await partnersByIds(ctx.db, partnerIds)).map((one) => one.partnerId));
  windows.forEach(({ offerId, partnerId }, index) => {
    if (offerId !== null && offers.get(offerId) !== programId)
      throw invalid(`rules.windows.${index}.offerId`, offerId, "is not an offer of this program");
    if (partnerId !== null && !partners.has(partnerId))
      throw invalid(`rules.windows.${index}.partnerId`, partnerId, "is not a partner");
  });
  const unknown = noOverwritePartners.find((id) => !partners.has(id));
  if (unknown !== undefined) throw invalid("rules.noOverwritePartners", unknown, "is not a partner");
}

type RunQuestion = RulesProposal & { readonly kind: "preview" | "apply"; readonly rulesVersion: number | null };

async function startRun(tx: TxContext, actor: Actor, programId: string, asked: RunQuestion): Promise<string> {
  const runId = tx.ids.next("atr");
  const { kind, rules, validFrom, validUntil, rulesVersion } = asked;
  await insertRun(tx.db, {
    runId,
    programId,
    kind,
    rules: kind === "preview" ? rules : null,
    validFrom,
    validUntil,
    rulesVersion,
    expected: await customersOfProgram(tx.db, programId),
    createdBy: personOf(actor),
    createdAt: tx.clock.now(),
  });
  await announce(tx, "attribution.replay", { runId });
  return runId;
}

/**
 * Keeps a new version. Where it covers days that are over or today, customers are decided again in the background; the money of months that are
 * closed stays as it is, differences are booked in the open one.
 * @param options `previewed`: whoever calls has shown what changes in another way
 * @throws Refusal `conflict` when there is a newer version than the one that was read; `invalid_input` without the preview that is required
 */
export async function saveRules(
  ctx: Context,
  actor: Actor,
  programId: string,
  given: NewRulesVersion,
  options: { readonly previewed: boolean } = { previewed: false },
): Promise<SavedRules> {
  const program = await writableProgram(ctx, actor, programId);
  refuseOddDays(given);
  await refuseUnknown(ctx, programId, given.rules);
  return await transact(ctx, async (tx) => {
    // No batch of events is decided half by the old rules and half by the new ones.
    await holdEvents(tx.db);
    const before = await versionsOf(tx, program);
    const newest = before.at(-1);
    if (newest === undefined || newest.version !== given.after)
      throw new Refusal(
        "conflict",
        `Version ${newest?.version} of these rules was saved after you read ${given.after}.`,
        [{ field: "after", value: String(given.after), message: `the newest is ${newest?.version}` }],
      );
    const today = dayOf(tx.clock.now(), program.timeZone);
    const reachesBack = given.validFrom === null || given.validFrom <= today;
    const isPast = given.validFrom === null || given.validFrom < today;
    if (isPast && !options.previewed) await requirePreview(tx, programId, given);
    const version = await keepVersion(tx, actor, before, { ...given, programId });
    const runId = reachesBack
      ? await startRun(tx, actor, programId, { ...given, kind: "apply", rulesVersion: version.version })
      : null;
    await notifyChange(tx, "programs", programId);
    await audit.record(tx, actor, {
      action: "attribution.rules_changed",
      subjectKind: "program",
      subjectId: programId,
      before: { version: newest.version, rules: newest.rules },
      after: {
        version: version.version,
        rules: given.rules,
        validFrom: given.validFrom,
        validUntil: given.validUntil,
        runId,
      },
      reason: given.reason,
    });
    const [rules] = (await rulesOfPrograms(tx.db, [program])).values();
    if (rules === undefined) throw new Error("a program lost its rules");
    return { version: versionWire(version, rules, tx.clock.now()), runId };
  });
}

async function keepVersion(
  tx: TxContext,
  actor: Actor,
  before: readonly StoredRules[],
  given: NewRulesVersion & { readonly programId: string },
): Promise<StoredRules> {
  const newest = before.at(-1)?.version ?? 0;
  const stored: StoredRules = {
    programId: given.programId,
    version: newest + 1,
    rules: given.rules,
    validFrom: given.validFrom,
    validUntil: given.validUntil,
    createdBy: personOf(actor),
    createdAt: tx.clock.now(),
    reason: given.reason,
  };
  const written = await rulesVersions(tx.db, [given.programId]);
  const all = written.length === 0 ? [...before, stored] : [stored];
  for (const one of all) await refuseDuplicate("after", String(given.after), () => insertRulesVersion(tx.db, one));
  return stored;
}

async function requirePreview(tx: TxContext, programId: string, given: NewRulesVersion): Promise<void> {
  if ((await customersOfProgram(tx.db, programId)) === 0) return;
  const run = given.previewId === null ? undefined : await runById(tx.db, given.previewId);
  const hint = "POST …/attribution-previews, and wait until it is done.";
  if (run === undefined || run.program_id !== programId || run.kind !== "preview")
    throw invalid(
      "previewId",
      given.previewId ?? "",
      "is missing: rules that reach back need a preview of what changes",
      hint,
    );
  const wire = runWire(run);
  const same =
    wire.validFrom === given.validFrom &&
    wire.validUntil === given.validUntil &&
    canonicalJson(wire.rules) === canonicalJson(given.rules);
  if (wire.state !== "done") throw invalid("previewId", run.run_id, "is not done yet", "Wait until its state is done.");
  if (!same) throw invalid("previewId", run.run_id, "is of other rules or days", hint);
}

/** Has everybody decided again by the rules as they stand; the run is stored and done in the background, or by whoever calls. */
export async function replayRules(ctx: Context, actor: Actor, programId: string, reason: string): Promise<string> {
  const program = await writableProgram(ctx, actor, programId);
  return await transact(ctx, async (tx) => {
    const { rules } = (await versionsOf(tx, program)).at(-1) ?? firstVersion(program);
    const asked = { rules, validFrom: null, validUntil: null, kind: "apply", rulesVersion: null } as const;
    const runId = await startRun(tx, actor, programId, asked);
    await audit.record(tx, actor, {
      action: "attribution.replayed",
      subjectKind: "program",
      subjectId: programId,
      after: { runId },
      reason,
    });
    return runId;
  });
}

export async function getRun(ctx: Context, actor: Actor, runId: string): Promise<AttributionRun> {
  const run = await runById(ctx.db, runId);
  if (run === undefined) throw notFound("run", runId);
  await readableProgram(ctx, actor, run.program_id);
  return runWire(run);
}

export async function listRuns(
  ctx: Context,
  actor: Actor,
  programId: string,
  page: PageRequest,
): Promise<Page<AttributionRun>> {
  await readableProgram(ctx, actor, programId);
  const { rows, nextCursor } = await runPage(ctx.db, programId, page);
  return { rows: rows.map(runWire), nextCursor };
}

type Deciding = CustomerSurroundings & { readonly sources: TouchSources };

/**
 * Notes customers whom the operator had before; those who have events already are decided again at once.
 * @returns how many were noted, and how many of them changed hands
 */
export async function markKnownCustomers(
  ctx: Context,
  actor: Actor,
  programId: string,
  given: KnownCustomers,
  around: Deciding,
): Promise<{ readonly noted: number; readonly moved: number }> {
  const program = await readableProgram(ctx, actor, programId);
  requirePermission(actor, "customers.write", { programId });
  return await transact(ctx, async (tx) => {
    await holdEvents(tx.db);
    const customers = given.customers.map(({ customerRef, knownSince }) => ({
      customerRef,
      knownSince: knownSince === null ? null : new Date(knownSince),
    }));
    const by = { actorId: personOf(actor), at: tx.clock.now() };
    const noted = await noteKnownCustomers(tx.db, programId, customers, by);
    const refs = customers.map(({ customerRef }) => customerRef);
    const moved = await decideAgain(tx, program, refs, around);
    await audit.record(tx, actor, {
      action: "attribution.known_customers_noted",
      subjectKind: "program",
      subjectId: programId,
      after: { noted, moved },
    });
    return { noted, moved };
  });
}

/**
 * Takes back that customers were the operator's before; those who have events are decided again at once, as if it had never been noted.
 * @returns how many had been noted, and how many of them changed hands
 */
export async function takeBackKnownCustomers(
  ctx: Context,
  actor: Actor,
  programId: string,
  given: KnownCustomersTakenBack,
  around: Deciding,
): Promise<{ readonly takenBack: number; readonly moved: number }> {
  const program = await readableProgram(ctx, actor, programId);
  requirePermission(actor, "customers.write", { programId });
  return await transact(ctx, async (tx) => {
    await holdEvents(tx.db);
    const refs = await forgetKnownCustomers(tx.db, programId, given.customerRefs);
    const moved = await decideAgain(tx, program, refs, around);
    if (refs.length > 0)
      await audit.record(tx, actor, {
        action: "attribution.known_customers_taken_back",
        subjectKind: "program",
        subjectId: programId,
        before: { customers: refs.toSorted() },
        after: { takenBack: refs.length, moved },
        reason: given.reason,
      });
    return { takenBack: refs.length, moved };
  });
}

/** Those of the customers who have events are decided by what is known now. @returns how many changed hands */
async function decideAgain(
  tx: TxContext,
  program: ProgramFacts,
  customerRefs: readonly string[],
  around: Deciding,
): Promise<number> {
  const { programId, timeZone } = program;
  const states = await findCustomers(
    tx.db,
    customerRefs.map((customerRef) => ({ programId, customerRef })),
  );
  const programs = await rulesOfPrograms(tx.db, [program]);
  const ids = states.map((state) => state.customerId);
  const asked = { programs, sources: around.sources, now: tx.clock.now(), dryRun: false };
  const { moved, written } = await resettleCustomers(tx.db, ids, asked);
  await queueShipping(tx.db, [{ subject: "customer", keys: written }]);
  await around.moved(tx, moved, timeZone);
  return moved.length;
}

/** Customers who were noted as the operator's own, by their ids. */
export async function listKnownCustomers(
  ctx: Context,
  actor: Actor,
  programId: string,
  query: NotedCustomerQuery,
): Promise<Page<NotedCustomer>> {
  await readableProgram(ctx, actor, programId);
  requirePermission(actor, "customers.read", { programId });
  const { rows, nextCursor } = await notedPage(ctx.db, programId, query.q, query);
  const shown = rows.map((row) => ({
    customerRef: row.customer_ref,
    knownSince: row.since?.toISOString() ?? null,
    notedBy: row.noted_by,
    notedAt: row.noted_at.toISOString(),
  }));
  return { rows: shown, nextCursor };
}
