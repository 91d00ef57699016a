import { NewLead } from "@tributary/contract";
import { type Actor, requirePermission, userNames } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { partnersNamed } from "../partners/index.ts";
import { programById, regionById } from "../programs/index.ts";
import { type Alike, findAlike, verdictOf } from "./alike.ts";
import type { Arrival, IncomingLead } from "./contracts.ts";
import { type Desk, openDesk } from "./desk.ts";
import { keysOf } from "./keys.ts";
import { insertActivity } from "./store/activities.ts";
import * as store from "./store/leads.ts";
import * as likenesses from "./store/likenesses.ts";

const FIRST_STAGE = "new";

export interface Taken {
  readonly id: string;
  readonly outcome: "new" | "looks_like" | "known";
  readonly ownerUserId: string | null;
}

export type TakenOrNot = Taken | { readonly refused: Refusal };

/**
 * Takes leads, whatever the way they came: each is recognised, its source named, given to somebody, and all of it explained. One transaction; a lead that
 * cannot be taken is told with its reason, the others are taken.
 */
export async function takeLeads(
  ctx: Context,
  actor: Actor,
  given: readonly IncomingLead[],
  arrival: Arrival,
): Promise<TakenOrNot[]> {
  return await transact(ctx, async (tx) => {
    const desk = await openDesk(tx);
    const known = await store.byExternalRefs(
      tx.db,
      given.flatMap((one) => one.externalRef ?? []),
    );
    const seen = new Map(known);
    const taken: TakenOrNot[] = [];
    const notes: audit.AuditNote[] = [];
    for (const one of given) {
      const before = one.externalRef === null ? undefined : seen.get(one.externalRef);
      if (before !== undefined) {
        taken.push({ id: before.lead_id, outcome: "known", ownerUserId: before.owner_user_id });
        continue;
      }
      const row = await insertedRow(tx, actor, one, arrival, desk).catch(refusalOnly);
      if ("refused" in row) {
        taken.push(row);
        continue;
      }
      if (row.external_ref !== null) seen.set(row.external_ref, row);
      notes.push({ action: "pipeline.lead_taken", subjectKind: "lead", subjectId: row.lead_id, after: summaryOf(row) });
      const admitted = arrival.confirm === undefined ? await admitLead(tx, actor, row, desk, true) : row;
      taken.push({
        id: admitted.lead_id,
        outcome: admitted.duplicates_open || admitted.status === "merged" ? "looks_like" : "new",
        ownerUserId: admitted.owner_user_id,
      });
    }
    await audit.recordMany(tx, actor, notes);
    return taken;
  });
}

function refusalOnly(error: unknown): { readonly refused: Refusal } {
  if (error instanceof Refusal) return { refused: error };
  throw error;
}

async function insertedRow(
  tx: TxContext,
  actor: Actor,
  given: IncomingLead,
  arrival: Arrival,
  desk: Desk,
): Promise<store.LeadRow> {
  const input = NewLead.parse(given);
  requirePermission(actor, "pipeline.write", {
    regionId: input.regionId,
    programId: input.programId,
    ownerUserId: input.ownerUserId,
  });
  await checkReferences(tx, input);
  const recruiter = await recruiterOf(tx, input.recruiter);
  const keys = keysOf(input);
  const now = tx.clock.now();
  const source = desk.source(input.source);
  const row = {
    ...columnsOf(input),
    lead_id: tx.ids.next("led"),
    status: arrival.confirm === undefined ? "open" : "unconfirmed",
    stage_id: FIRST_STAGE,
    stage_since: now,
    channel: arrival.channel,
    source_raw: input.source,
    source: source.source,
    source_words: JSON.stringify(source.words),
    routing_words: "[]",
    owner_user_id: input.ownerUserId ?? recruiter.userId,
    recruiter_partner_id: recruiter.partnerId,
    recruiter_user_id: recruiter.userId,
    answers: JSON.stringify(input.answers),
    form_id: arrival.formId ?? null,
    form_version: arrival.formVersion ?? null,
    external_ref: input.externalRef,
    name_key: keys.name,
    email_key: keys.email,
    domain_key: keys.domain,
    host_key: keys.host,
    phone_key: keys.phone,
    handle_keys: [...keys.handles],
    confirm_hash: arrival.confirm?.hash ?? null,
    confirm_until: arrival.confirm?.until ?? null,
    confirm_language: arrival.confirm?.language ?? null,
    created_by: actor.id,
    created_at: now,
    updated_at: now,
  };
  await store.insertLead(tx.db, row);
  const saved = await store.leadRow(tx.db, row.lead_id);
  if (saved === undefined) throw new Error("The lead that was just written is not there");
  return saved;
}

/** Columns of what a person may say of a lead. */
export function columnsOf(input: IncomingLead) {
  return {
    name: input.name,
    contact_name: input.contactName,
    email: input.email,
    phone: input.phone,
    website: input.website,
    handles: JSON.stringify(input.handles),
    kind: input.kind,
    vertical: input.vertical,
    country: input.country,
    language: input.language,
    region_id: input.regionId,
    program_id: input.programId,
    expected_ftds: input.expectedFtds,
    expected_minor: input.expectedRevenue === null ? null : BigInt(input.expectedRevenue.minor),
    expected_currency: input.expectedRevenue?.currency ?? null,
    expected_month: input.expectedMonth === null ? null : `${input.expectedMonth}-01`,
    next_step: input.nextStep,
    next_step_on: input.nextStepOn,
    note: input.note,
    tags: input.tags,
  };
}

/**
 * A lead that counts from now on: who it looks like, whose it is.
 * @param proved see {@link verdictOf}
 */
export async function admitLead(
  tx: TxContext,
  actor: Actor,
  row: store.LeadRow,
  desk: Desk,
  proved: boolean,
): Promise<store.LeadRow> {
  const alike = await findAlike(tx, row);
  const verdict = verdictOf(alike, proved);
  await noteAlike(tx, row, alike, verdict.kind === "link" ? verdict.to : null);
  if (verdict.kind === "merge") return await mergeInto(tx, actor, row, verdict.into.id);
  const routing = await routed(row, desk);
  const change = {
    status: "open",
    stage_since: tx.clock.now(),
    duplicates_open: verdict.kind === "queue",
    confirm_until: null,
    ...routing,
  };
  const saved = await store.updateLead(tx.db, row.lead_id, row.revision, change);
  if (saved === undefined) throw new Error("A lead changed while it was taken");
  const move = { lead_id: saved.lead_id, from_stage: null, to_stage: saved.stage_id, at: tx.clock.now() };
  await store.noteMove(tx.db, { ...move, by_id: actor.id, by_name: actor.name });
  await announce(tx, "pipeline.lead_taken", { leadId: saved.lead_id, ownerUserId: saved.owner_user_id });
  return saved;
}

async function routed(row: store.LeadRow, desk: Desk) {
  if (row.owner_user_id !== null) {
    desk.given(row.owner_user_id);
    const code = row.owner_user_id === row.recruiter_user_id ? "recruiter" : "by_hand";
    return { routing_words: JSON.stringify([{ code, values: { user: row.owner_user_id } }]) };
  }
  const decided = await desk.route(routedFacts(row));
  return { owner_user_id: decided.ownerUserId, routing_words: JSON.stringify(decided.words) };
}

export function routedFacts(row: store.LeadRow) {
  return {
    regionId: row.region_id,
    programId: row.program_id,
    language: row.language,
    kind: row.kind,
    vertical: row.vertical,
    country: row.country,
    source: row.source,
    channel: row.channel,
  };
}

async function noteAlike(tx: TxContext, row: store.LeadRow, alike: readonly Alike[], linked: Alike | null) {
  await likenesses.insertLikenesses(
    tx.db,
    alike.map((one) => ({
      lead_id: row.lead_id,
      other_kind: one.kind,
      other_id: one.id,
      score: one.score,
      reasons: JSON.stringify(one.reasons),
      state: one === linked ? "linked" : linked === null ? "open" : "different",
      created_at: tx.clock.now(),
    })),
  );
}

/** What came with a lead goes into another one, as an activity that keeps every word; the lead itself stays, and leads there. */
export async function mergeInto(tx: TxContext, actor: Actor, row: store.LeadRow, into: string): Promise<store.LeadRow> {
  const other = await store.lockedLead(tx.db, into);
  if (other === undefined || other.lead_id === row.lead_id)
    throw new Refusal("wrong_state", "There is no such lead to merge into.");
  if (other.status === "merged")
    throw new Refusal("wrong_state", "That lead was merged itself: choose the one it leads to.");
  const now = tx.clock.now();
  const saved = await store.updateLead(tx.db, row.lead_id, row.revision, {
    status: "merged",
    merged_into: into,
    duplicates_open: false,
    ended_at: now,
    updated_at: now,
  });
  if (saved === undefined) throw new Refusal("conflict", "The lead changed meanwhile.");
  await store.updateLead(tx.db, into, other.revision, { ...filledIn(other, row), updated_at: now });
  await insertActivity(tx.db, {
    activity_id: tx.ids.next("acv"),
    lead_id: into,
    partner_id: other.partner_id,
    kind: "note",
    direction: "in",
    subject: row.name,
    body: wordsOf(row),
    people: row.email === "" ? [] : [row.email],
    at: row.created_at,
    by_id: actor.id,
    by_name: actor.name,
    created_at: now,
  });
  await audit.record(tx, actor, {
    action: "pipeline.lead_merged",
    subjectKind: "lead",
    subjectId: row.lead_id,
    after: { into },
  });
  return saved;
}

/** What the other one did not know yet. */
function filledIn(other: store.LeadRow, row: store.LeadRow) {
  return {
    ...(other.phone === "" ? { phone: row.phone, phone_key: row.phone_key } : {}),
    ...(other.website === "" ? { website: row.website, host_key: row.host_key } : {}),
    ...(other.email === "" ? { email: row.email, email_key: row.email_key, domain_key: row.domain_key } : {}),
    ...(other.contact_name === "" ? { contact_name: row.contact_name } : {}),
    ...(other.country === null ? { country: row.country } : {}),
    ...(other.recruiter_partner_id === null ? { recruiter_partner_id: row.recruiter_partner_id } : {}),
  };
}

function wordsOf(row: store.LeadRow): string {
  const answers = Object.entries(row.answers as Readonly<Record<string, string>>).map(
    ([key, text]) => `${key}: ${text}`,
  );
  const told = [row.contact_name, row.email, row.phone, row.website, row.source_raw, ...answers, row.note];
  return told.filter((one) => one !== "").join("\n");
}

function summaryOf(row: store.LeadRow) {
  return { name: row.name, email: row.email, channel: row.channel, source: row.source ?? row.source_raw };
}

/** Who recruited: a partner by its code or id, or one of the operator's people by their id; what is neither is not taken for anybody. */
export async function recruiterOf(
  ctx: Context,
  text: string,
): Promise<{ readonly partnerId: string | null; readonly userId: string | null; readonly name: string }> {
  const nobody = { partnerId: null, userId: null, name: "" };
  if (text === "") return nobody;
  if (text.startsWith("usr_")) {
    const name = (await userNames(ctx, [text])).get(text);
    return name === undefined ? nobody : { partnerId: null, userId: text, name };
  }
  const partnerId = (await partnersNamed(ctx.db, [text])).get(text);
  return partnerId === undefined ? nobody : { partnerId, userId: null, name: text };
}

export async function checkReferences(
  tx: Context,
  input: {
    readonly regionId?: string | null | undefined;
    readonly programId?: string | null | undefined;
    readonly ownerUserId?: string | null | undefined;
  },
): Promise<void> {
  if (input.regionId && !(await regionById(tx.db, input.regionId)))
    throw invalid("regionId", input.regionId, "is not a region");
  if (input.programId && !(await programById(tx.db, input.programId)))
    throw invalid("programId", input.programId, "is not a program");
  if (input.ownerUserId && !(await userNames(tx, [input.ownerUserId])).has(input.ownerUserId))
    throw invalid("ownerUserId", input.ownerUserId, "is nobody of the operator");
}
