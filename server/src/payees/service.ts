import {
  type NewPayee,
  NewPayee as NewPayeeSchema,
  type Payee,
  type PayeeGap,
  type PayeeQuery,
  type PayeeSummary,
  type PayeeVersion,
  type PayeeVersionQuery,
} from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import { pairsOfPartners } from "../agreements/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type Page, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { allPartners, partnersByIds, reachOf } from "../partners/index.ts";
import { addAssignments } from "./assignments.ts";
import { detailText } from "./core/letters.ts";
import { gapsOf, servingOn } from "./core/serving.ts";
import { blocksByPayee } from "./doors.ts";
import { contractNames, type LoadedPayee, loadPayees } from "./loading.ts";
import { changeablePayee, readablePayee, requireForAll } from "./reach.ts";
import { type AssignmentRow, assignmentsOf, servings } from "./store/assignments.ts";
import { holdsOf, noticesOf } from "./store/matters.ts";
import { insertPayees, type PayeeRow, payeePage, payeeRow, updatePayee } from "./store/payees.ts";
import { type VersionRow, versionPage, versionsOf } from "./store/versions.ts";
import { addVersion } from "./versions.ts";
import { assignmentWire, blockWires, holdWire, noticeWire, versionWires } from "./wire.ts";

/** Enters a payee: who it is, and for which partner it is to be paid. Both wait for a second person. */
export async function createPayee(ctx: Context, actor: Actor, given: NewPayee): Promise<Payee> {
  const input = NewPayeeSchema.parse(given);
  const partnerId = actor.partnerId ?? input.partnerId;
  await requireForAll(ctx, actor, "payees.write", partnerId === null ? [] : [partnerId]);
  return await transact(ctx, async (tx) => {
    const { kind, legalName, country } = input.identity;
    const row = {
      payee_id: tx.ids.next("pye"),
      partner_id: actor.partnerId ?? null,
      status: "proposed",
      legal_name: legalName,
      kind,
      country,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    };
    await insertPayees(tx.db, [row]);
    const payee = (await payeeRow(tx.db, row.payee_id)) as PayeeRow;
    const draft = { aspect: "identity", sealed: null, fingerprint: null, replaces: null, name: null } as const;
    await addVersion(tx, actor, payee, { ...draft, document: input.identity }, input.note);
    if (partnerId !== null) {
      const validFrom = input.validFrom ?? dayOf(tx.clock.now(), "UTC");
      const { programIds, note } = input;
      await addAssignments(tx, actor, payee, { partnerId, programIds, validFrom, validTo: null, note });
    }
    return await getPayee(tx, actor, row.payee_id);
  });
}

export async function listPayees(ctx: Context, actor: Actor, query: PayeeQuery): Promise<Page<PayeeSummary>> {
  const within = await reachOf(ctx, actor, "payees.read");
  const page = await payeePage(ctx.db, within, query, query);
  return { rows: await summaries(ctx, actor, page.rows), nextCursor: page.nextCursor };
}

export async function getPayee(ctx: Context, actor: Actor, id: string): Promise<Payee> {
  const row = await readablePayee(ctx, actor, id);
  const [summary] = await summaries(ctx, actor, [row]);
  const loaded = (await loadPayees(ctx, [id])).get(id);
  if (summary === undefined || loaded === undefined) throw notFound("payee", id);
  const forPartner = actor.partnerId !== undefined;
  const assignments = ownAssignments(await assignmentsOf(ctx.db, [id]), actor);
  const { selfBilling } = loaded;
  return {
    ...summary,
    identity: loaded.identity,
    details: await versionWires(ctx, actor, loaded.details),
    tax: loaded.tax,
    terms: loaded.terms,
    proposals: await versionWires(ctx, actor, await versionsOf(ctx.db, [id], ["proposed"])),
    assignments: assignments.map((one) => assignmentWire(one, forPartner)),
    holds: (await holdsOf(ctx.db, [id])).map((one) => holdWire(one, forPartner)),
    notices: (await noticesOf(ctx.db, [id])).slice(0, 20).map(noticeWire),
    selfBilling:
      selfBilling === undefined
        ? null
        : {
            acceptedName: selfBilling.accepted_name,
            acceptedAt: selfBilling.accepted_at.toISOString(),
            onPaper: selfBilling.on_paper,
            language: selfBilling.language as "en",
            textHash: selfBilling.text_hash,
          },
    contractNames: [
      ...(
        await contractNames(
          ctx,
          assignments.map((one) => one.partner_id),
        )
      ).values(),
    ].flat(),
    revision: row.revision,
  };
}

export async function listVersions(ctx: Context, actor: Actor, query: PayeeVersionQuery): Promise<Page<PayeeVersion>> {
  const page = await versionPage(ctx.db, await reachOf(ctx, actor, "payees.read"), query, query);
  return { rows: await versionWires(ctx, actor, page.rows), nextCursor: page.nextCursor };
}

/**
 * Nobody is paid through it any more. What it was stays to be read.
 * @throws Refusal `conflict`, `wrong_state`
 */
export async function closePayee(
  ctx: Context,
  actor: Actor,
  id: string,
  change: { readonly revision: number; readonly reason: string },
): Promise<Payee> {
  return await transact(ctx, async (tx) => {
    const row = await changeablePayee(tx, actor, "payees.approve", id);
    if (row.revision !== change.revision) throw changedMeanwhile("payee", change.revision);
    if (row.status === "closed") throw new Refusal("wrong_state", "This payee is closed already.");
    await updatePayee(tx.db, id, {
      status: "closed",
      closed_by: personOf(actor),
      closed_at: tx.clock.now(),
      close_reason: change.reason,
    });
    const note = { action: "payees.closed", subjectKind: "payee", subjectId: id, reason: change.reason };
    await audit.record(tx, actor, { ...note, before: { status: row.status } });
    await announce(tx, "payees.changed", { payeeId: id });
    return await getPayee(tx, actor, id);
  });
}

const GAPS_LOOKED_AT = ["onboarding", "active", "paused"];

/** Partners and programs of which it is not said who is paid, from today on. */
export async function listGaps(
  ctx: Context,
  actor: Actor,
  query: { readonly partnerId?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<PayeeGap>> {
  const within = await reachOf(ctx, actor, "payees.read");
  const wanted = query.partnerId ?? actor.partnerId;
  const all = wanted === undefined ? await allPartners(ctx.db) : await partnersByIds(ctx.db, [wanted]);
  const partners = all
    .filter((one) => within.everything || within.partnerIds.includes(one.partnerId))
    .filter((one) => GAPS_LOOKED_AT.includes(one.status))
    .toSorted((a, b) => (a.partnerId < b.partnerId ? -1 : 1))
    .filter((one) => query.cursor === undefined || one.partnerId > query.cursor);
  const ids = partners.map((one) => one.partnerId);
  if (ids.length === 0) return { rows: [], nextCursor: null };
  const today = dayOf(ctx.clock.now(), "UTC");
  const programs = Map.groupBy(await pairsOfPartners(ctx.db, ids), (pair) => pair.partnerId);
  const serving = Map.groupBy(await servings(ctx.db, ids, today), (one) => one.partnerId);
  const rows: PayeeGap[] = [];
  for (const id of ids) {
    if (rows.length >= query.limit) return { rows, nextCursor: rows.at(-1)?.partnerId ?? null };
    const own = programs.get(id) ?? [];
    rows.push(
      ...gapsOf(
        id,
        own.map((pair) => pair.programId),
        serving.get(id) ?? [],
        today,
      ),
    );
  }
  return { rows, nextCursor: null };
}

async function summaries(ctx: Context, actor: Actor, rows: readonly PayeeRow[]): Promise<PayeeSummary[]> {
  const ids = rows.map((row) => row.payee_id);
  const loaded = await loadPayees(ctx, ids);
  const blocks = await blocksByPayee(ctx, loaded, ctx.clock.now(), actor.partnerId !== undefined);
  const waiting = Map.groupBy(await versionsOf(ctx.db, ids, ["proposed"]), (one) => one.payee_id);
  const assignments = Map.groupBy(ownAssignments(await assignmentsOf(ctx.db, ids), actor), (one) => one.payee_id);
  return rows.map((row) => {
    const own = assignments.get(row.payee_id) ?? [];
    return {
      id: row.payee_id,
      legalName: row.legal_name,
      kind: row.kind as PayeeSummary["kind"],
      country: row.country,
      status: row.status as PayeeSummary["status"],
      partnerIds: servedToday(own, dayOf(ctx.clock.now(), "UTC")),
      methods: methodsOf(loaded.get(row.payee_id)),
      waiting: (waiting.get(row.payee_id)?.length ?? 0) + own.filter(isWaiting).length,
      blocks: blockWires(blocks.get(row.payee_id) ?? [], actor.partnerId !== undefined),
      createdAt: row.created_at.toISOString(),
    };
  });
}

function methodsOf(payee: LoadedPayee | undefined): string[] {
  return (payee?.details ?? []).map((one: VersionRow) => detailText(one.document as never));
}

const isWaiting = (one: AssignmentRow): boolean => one.status === "proposed" || one.end_day !== null;

function servedToday(rows: readonly AssignmentRow[], today: string): string[] {
  const approved = rows
    .filter((row) => row.status === "approved")
    .map((row) => ({
      assignmentId: row.assignment_id,
      payeeId: row.payee_id,
      partnerId: row.partner_id,
      programId: row.program_id,
      validFrom: row.valid_from,
      validTo: row.valid_to,
    }));
  return [...new Set(servingOn(approved, today).map((one) => one.partnerId))];
}

/** A partner that shares a payee with another does not learn with whom. */
function ownAssignments(rows: readonly AssignmentRow[], actor: Actor): readonly AssignmentRow[] {
  return actor.partnerId === undefined ? rows : rows.filter((row) => row.partner_id === actor.partnerId);
}
