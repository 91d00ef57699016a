import type { NewPartner, PartnerChange, PartnerQuery, PartnerStatus } from "@tributary/contract";
import { NewPartner as NewPartnerSchema } from "@tributary/contract";
import type { z } from "zod";
import {
  type Actor,
  can,
  endSessionsOfPartner,
  type Permission,
  reach,
  requirePermission,
  type Touch,
} from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, notifyChange, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { regionById } from "../programs/index.ts";
import { noteTraits } from "./attributes-by-day.ts";
import { CLOSED, NEEDS_REASON, PARTNER_LIFE } from "./core/life.ts";
import { requireFields } from "./missing-fields.ts";
import { tellOwners } from "./owner-news.ts";
import { ruleOfKind } from "./store/activation.ts";
import { fieldRows } from "./store/fields.ts";
import * as store from "./store/partners.ts";
import { noteParent } from "./sub-partner-tree.ts";
import { partnerWire } from "./wire.ts";

export type PartnerView = ReturnType<typeof partnerWire>;

/** Creates a partner in the state `applied`. */
export async function createPartner(ctx: Context, actor: Actor, given: NewPartner): Promise<PartnerView> {
  const input = NewPartnerSchema.parse(given);
  requirePermission(actor, "partners.write", { regionId: input.regionId, ownerUserId: input.ownerUserId });
  return await transact(ctx, async (tx) => {
    await checkReferences(tx, input);
    const row: store.PartnerRow = {
      partner_id: tx.ids.next("prt"),
      code: input.code,
      name: input.name,
      legal_name: input.legalName,
      kind: input.kind,
      status: "applied",
      status_reason: "",
      region_id: input.regionId,
      country: input.country,
      language: input.language,
      email: input.email,
      website: input.website,
      owner_user_id: input.ownerUserId,
      parent_partner_id: input.parentPartnerId,
      tags: input.tags,
      note: input.note,
      created_at: tx.clock.now(),
      activated_at: null,
      revision: 1,
      ...recordColumns(input),
      merged_into: null,
      program_ids: [],
    };
    const { program_ids: _none, ...columns } = row;
    const traffic = JSON.stringify(input.trafficSources);
    await refuseDuplicate("code", input.code, () =>
      store.insertPartner(tx.db, { ...columns, traffic_sources: traffic }),
    );
    if (row.parent_partner_id !== null) await noteParent(tx.db, row.partner_id, row.parent_partner_id, null);
    await announce(tx, "partners.created", { partnerId: row.partner_id, kind: row.kind, regionId: row.region_id });
    await announcePartner(tx, actor, "partners.created", row.partner_id, undefined, input);
    return partnerWire(row, false);
  });
}

export async function getPartner(ctx: Context, actor: Actor, id: string): Promise<PartnerView> {
  return partnerWire(await readablePartner(ctx, actor, id), actor.partnerId !== undefined);
}

export async function listPartners(ctx: Context, actor: Actor, query: PartnerQuery): Promise<Page<PartnerView>> {
  const field = query.field === undefined ? undefined : await readableFilters(ctx, actor, query.field);
  const page = await store.partnerPage(ctx.db, reach(actor, "partners.read"), { ...query, field }, query.sort, query);
  return { rows: page.rows.map((row) => partnerWire(row, actor.partnerId !== undefined)), nextCursor: page.nextCursor };
}

/** Whoever may not see a field cannot find out by filtering either. @throws Refusal `invalid_input` */
export async function readableFilters(
  ctx: Context,
  actor: Actor,
  filters: readonly string[],
): Promise<readonly string[]> {
  const fields = new Map((await fieldRows(ctx.db, false)).map((row) => [row.key, row.read_permission]));
  for (const filter of filters) {
    const key = filter.slice(0, filter.indexOf(":"));
    const permission = fields.get(key);
    if (permission === undefined || actor.partnerId !== undefined || !can(actor, permission as Permission))
      throw invalid("field", key, "is no field");
  }
  return filters;
}

/** Fields that a partner's own people may change. */
const OWN_FIELDS: ReadonlySet<string> = new Set(["revision", "email", "website", "language"]);

export async function changePartner(
  ctx: Context,
  actor: Actor,
  id: string,
  change: PartnerChange,
): Promise<PartnerView> {
  return await transact(ctx, async (tx) => {
    if (change.parentPartnerId !== undefined && change.parentPartnerId !== null) await store.lockTree(tx.db);
    const row = await readablePartner(tx, actor, id);
    requirePermission(actor, "partners.write", touchOf(row));
    refuseOtherName(row);
    refuseForeignFields(actor, change);
    await checkReferences(tx, change, id);
    const after = columnsOf(change);
    // Whoever moves a partner to another region or owner answers for both places.
    requirePermission(actor, "partners.write", touchOf({ ...row, ...after }));
    const saved = await store.updatePartner(tx.db, id, change.revision, after);
    if (saved === undefined) throw changedMeanwhile("partner", change.revision);
    if (saved.parent_partner_id !== row.parent_partner_id)
      await noteParent(tx.db, id, saved.parent_partner_id, dayOf(tx.clock.now(), "UTC"));
    await noteTraits(tx.db, id, row, saved, dayOf(tx.clock.now(), "UTC"));
    await tellNewOwner(tx, actor, row, saved);
    await announcePartner(tx, actor, "partners.changed", id, partnerWire(row, false), partnerWire(saved, false));
    return partnerWire(saved, actor.partnerId !== undefined);
  });
}

/** Tasks and cases go along with the owner, as they do with a transfer. */
async function tellNewOwner(tx: Context, actor: Actor, row: store.PartnerRow, saved: store.PartnerRow): Promise<void> {
  if (row.owner_user_id === saved.owner_user_id && row.deputy_user_id === saved.deputy_user_id) return;
  const move = {
    ...{ partnerId: row.partner_id, fromOwner: row.owner_user_id, fromDeputy: row.deputy_user_id },
    ...{ owner: saved.owner_user_id, deputy: saved.deputy_user_id },
  };
  await tellOwners(tx, actor, [move], { transferId: null, tellPartners: false, reason: "", commissionNote: "" });
}

export async function movePartner(
  ctx: Context,
  actor: Actor,
  id: string,
  move: { readonly revision: number; readonly status: PartnerStatus; readonly reason?: string | undefined },
): Promise<PartnerView> {
  const reason = move.reason ?? "";
  return await transact(ctx, async (tx) => {
    const row = await readablePartner(tx, actor, id);
    const approval = move.status === "active" || move.status === "rejected";
    requirePermission(actor, approval ? "partners.approve" : "partners.write", touchOf(row));
    if (actor.partnerId !== undefined)
      throw new Refusal("forbidden", "Only the operator decides about a partner's status.");
    requireMove(PARTNER_LIFE, row.status as PartnerStatus, move.status);
    if (move.status === "active" && row.status !== "paused") await refuseUnlaunched(tx, row);
    if (move.status === "deactivated" && row.activated_at !== null) await refuseUnseen(tx, row);
    if (NEEDS_REASON.has(move.status) && reason === "")
      throw invalid("reason", "", "is needed", `Say why it is ${move.status}.`);
    return partnerWire(await moveRow(tx, actor, row, { ...move, reason }), false);
  });
}

/** Where procedures launch partners, nobody who was launched is ended without a look at what that means. */
async function refuseUnseen(tx: Context, row: store.PartnerRow): Promise<void> {
  if ((await ruleOfKind(tx.db, row.kind)) === undefined) return;
  throw new Refusal("closing_needed", `${row.name} is deactivated by a closing, which shows what it means.`, [
    { field: "status", value: "deactivated", message: "is reached through a closing", hint: "Suspend or deactivate" },
  ]);
}

/** Where a procedure launches partners, nobody does it by hand. */
async function refuseUnlaunched(tx: Context, row: store.PartnerRow): Promise<void> {
  const rule = await ruleOfKind(tx.db, row.kind);
  if (rule === undefined) return;
  throw new Refusal(
    "partner_not_launched",
    `${row.name} becomes active at the end of the procedure ${rule.procedure}, when every gate is open.`,
    [{ field: "status", value: "active", message: "is reached through the procedure", hint: rule.procedure }],
  );
}

/**
 * Writes the move of a partner along its life, with all that follows from it; whether it may be made is the caller's to ask.
 * @param proof what a launch through a procedure stands on
 */
export async function moveRow(
  tx: Context,
  actor: Actor,
  row: store.PartnerRow,
  move: { readonly revision: number; readonly status: PartnerStatus; readonly reason: string },
  proof?: Readonly<Record<string, unknown>>,
): Promise<store.PartnerRow> {
  const id = row.partner_id;
  refuseOtherName(row);
  requireMove(PARTNER_LIFE, row.status as PartnerStatus, move.status);
  await requireFields(tx.db, row, move.status);
  const activated = move.status === "active" ? (row.activated_at ?? tx.clock.now()) : row.activated_at;
  const change = { status: move.status, status_reason: move.reason, activated_at: activated };
  const saved = await store.updatePartner(tx.db, id, move.revision, change);
  if (saved === undefined) throw changedMeanwhile("partner", move.revision);
  await noteTraits(tx.db, id, row, saved, dayOf(tx.clock.now(), "UTC"));
  if (CLOSED.has(move.status)) await endSessionsOfPartner(tx, id);
  const news = { partnerId: id, from: row.status, to: saved.status, revision: saved.revision };
  await announce(tx, "partners.status_changed", news);
  const after = { status: saved.status, ...(proof === undefined ? {} : { proof }) };
  await announcePartner(tx, actor, "partners.status_changed", id, { status: row.status }, after, move.reason);
  return saved;
}

/** The partner, if this actor may read it. */
export async function readablePartner(ctx: Context, actor: Actor, id: string): Promise<store.PartnerRow> {
  const [row] = await store.partnerRows(ctx.db, [id]);
  const within = reach(actor, "partners.read");
  if (row === undefined) throw notFound("partner", id);
  const seen =
    within.everything ||
    within.partnerIds.includes(id) ||
    within.regionIds.includes(row.region_id ?? "") ||
    within.ownerUserIds.includes(row.owner_user_id ?? "") ||
    row.program_ids.some((program) => within.programIds.includes(program));
  if (!seen) throw notFound("partner", id);
  return row;
}

export function touchOf(row: { partner_id: string; region_id: string | null; owner_user_id: string | null }): Touch {
  return { partnerId: row.partner_id, regionId: row.region_id, ownerUserId: row.owner_user_id };
}

/** The columns that the change names, and no others: a partner's own request may not even write the rest as it was. */
function columnsOf(change: PartnerChange) {
  return {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.legalName === undefined ? {} : { legal_name: change.legalName }),
    ...(change.kind === undefined ? {} : { kind: change.kind }),
    ...(change.regionId === undefined ? {} : { region_id: change.regionId }),
    ...(change.country === undefined ? {} : { country: change.country }),
    ...(change.language === undefined ? {} : { language: change.language }),
    ...(change.email === undefined ? {} : { email: change.email }),
    ...(change.website === undefined ? {} : { website: change.website }),
    ...(change.ownerUserId === undefined ? {} : { owner_user_id: change.ownerUserId }),
    ...(change.parentPartnerId === undefined ? {} : { parent_partner_id: change.parentPartnerId }),
    ...(change.tags === undefined ? {} : { tags: change.tags }),
    ...(change.note === undefined ? {} : { note: change.note }),
    ...(change.entity === undefined ? {} : { entity: change.entity }),
    ...(change.deputyUserId === undefined ? {} : { deputy_user_id: change.deputyUserId }),
    ...(change.phone === undefined ? {} : { phone: change.phone }),
    ...(change.taxNumber === undefined ? {} : { tax_number: change.taxNumber }),
    ...(change.allowedCountries === undefined ? {} : { allowed_countries: change.allowedCountries }),
    ...(change.blockedCountries === undefined ? {} : { blocked_countries: change.blockedCountries }),
    ...(change.trafficSources === undefined ? {} : { traffic_sources: JSON.stringify(change.trafficSources) }),
  };
}

/** @throws Refusal `wrong_state` of a record that became another name of a partner */
function refuseOtherName(row: store.PartnerRow): void {
  if (row.merged_into === null) return;
  throw new Refusal(
    "wrong_state",
    `This record is another name of ${row.merged_into}: change that one, or take the merge back.`,
  );
}

/** What the record says beyond names and places. */
function recordColumns(input: z.output<typeof NewPartnerSchema>) {
  return {
    entity: input.entity,
    deputy_user_id: input.deputyUserId,
    phone: input.phone,
    tax_number: input.taxNumber,
    allowed_countries: input.allowedCountries,
    blocked_countries: input.blockedCountries,
    traffic_sources: input.trafficSources,
  };
}

function refuseForeignFields(actor: Actor, change: PartnerChange): void {
  if (actor.partnerId === undefined) return;
  const field = Object.keys(change).find((name) => !OWN_FIELDS.has(name));
  if (field !== undefined) {
    throw new Refusal("forbidden", `${field} is changed by the operator; ask your account manager.`, [
      { field, message: "is changed by the operator" },
    ]);
  }
}

async function checkReferences(
  tx: Context,
  input: { readonly regionId?: string | null | undefined; readonly parentPartnerId?: string | null | undefined },
  id?: string,
): Promise<void> {
  if (input.regionId && !(await regionById(tx.db, input.regionId))) {
    throw invalid("regionId", input.regionId, "is not a region");
  }
  if (!input.parentPartnerId) return;
  const above = await store.lineage(tx.db, input.parentPartnerId);
  if (above.length === 0) throw invalid("parentPartnerId", input.parentPartnerId, "is not a partner");
  if (id !== undefined && above.includes(id)) {
    throw invalid(
      "parentPartnerId",
      input.parentPartnerId,
      "stands below this partner",
      "Choose a parent that is not its own sub-partner.",
    );
  }
}

async function announcePartner(
  tx: Context,
  actor: Actor,
  action: string,
  id: string,
  before: unknown,
  after: unknown,
  reason?: string,
): Promise<void> {
  await notifyChange(tx, "partners", id);
  await audit.record(tx, actor, {
    action,
    subjectKind: "partner",
    subjectId: id,
    partnerId: id,
    before,
    after,
    reason,
  });
}
