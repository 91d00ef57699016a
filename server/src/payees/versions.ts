import {
  type AccountDetail,
  type NewPayeeVersion,
  NewPayeeVersion as NewPayeeVersionSchema,
  type PayeeIdentity,
  type PayeeTax,
  type PayeeVersion,
} from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { type Draft, draftOf } from "./drafts.ts";
import { partnersOf } from "./loading.ts";
import { checkNames } from "./names.ts";
import type { PayeeNeeds } from "./needs.ts";
import { tellOldContact } from "./notices.ts";
import { openSealed } from "./open.ts";
import { changeablePayee, readablePayee, requireForAll } from "./reach.ts";
import { type PayeeRow, settingRow, updatePayee } from "./store/payees.ts";
import { insertVersions, updateVersion, type VersionRow, versionRow, versionsOf } from "./store/versions.ts";
import { versionWires } from "./wire.ts";

/**
 * Somebody says how a payee is to be from now on. Nothing changes until somebody else approves it.
 * @throws Refusal `invalid_input` with every field that is wrong, `wrong_state` (closed; a proposal of this side waits already)
 */
export async function proposeVersion(
  ctx: Context,
  actor: Actor,
  payeeId: string,
  given: NewPayeeVersion,
  needs: PayeeNeeds,
): Promise<PayeeVersion> {
  const input = NewPayeeVersionSchema.parse(given);
  await readablePayee(ctx, actor, payeeId);
  if (input.aspect === "detail") await needs.secondFactor?.(ctx, actor, input.code);
  return await transact(ctx, async (tx) => {
    const payee = await changeablePayee(tx, actor, "payees.write", payeeId);
    if (payee.status === "closed") throw new Refusal("wrong_state", "This payee is closed.");
    const draft = await draftOf(tx, payee, input, needs);
    const row = await addVersion(tx, actor, payee, draft, input.note);
    if (draft.aspect === "detail") await tellOldContact(tx, row, "detail_proposed");
    return await oneWire(tx, actor, row.version_id);
  });
}

/** Writes a proposal down, with its trail. */
export async function addVersion(
  tx: Context,
  actor: Actor,
  payee: PayeeRow,
  draft: Draft,
  note: string,
): Promise<VersionRow> {
  const version_id = tx.ids.next(draft.aspect === "detail" ? "bnk" : "pyv");
  await insertVersions(tx.db, [
    {
      version_id,
      payee_id: payee.payee_id,
      aspect: draft.aspect,
      document: JSON.stringify(draft.document),
      sealed: draft.sealed,
      fingerprint: draft.fingerprint,
      replaces: draft.replaces,
      status: "proposed",
      proposed_by: personOf(actor),
      proposed_name: actor.name,
      proposed_at: tx.clock.now(),
      by_partner: actor.partnerId ?? null,
      note,
      ...(draft.name === null
        ? {}
        : {
            name_score: draft.name.score,
            name_verdict: draft.name.verdict,
            name_explanation: draft.name.explanation,
          }),
    },
  ]);
  const row = await existing(tx, version_id);
  await record(tx, actor, `payees.${draft.aspect}_proposed`, row, draft.document, note);
  return row;
}

/**
 * The second person's word: from now on (a detail after its cooling-off period) it is so.
 * @param comment how it was checked
 * @throws Refusal `same_person`, `wrong_state`
 */
export async function approveVersion(ctx: Context, actor: Actor, id: string, comment: string): Promise<PayeeVersion> {
  return await transact(ctx, async (tx) => {
    const { row, payee } = await decidable(tx, actor, id);
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed this: somebody else has to approve it.");
    if (row.aspect === "detail") await standDetail(tx, row);
    else await standAlone(tx, row);
    await updateVersion(tx.db, id, { status: "approved", ...(await decision(tx, actor, comment, row)) });
    if (row.aspect === "identity") await takeIdentity(tx, payee, row.document as PayeeIdentity);
    if (row.aspect === "detail" || row.aspect === "identity") await checkNames(tx, payee.payee_id);
    if (row.aspect === "detail") await tellOldContact(tx, row, "detail_approved");
    await record(tx, actor, `payees.${row.aspect}_approved`, row, row.document, comment);
    await announce(tx, "payees.changed", { payeeId: payee.payee_id });
    return await oneWire(tx, actor, id);
  });
}

/** @throws Refusal `wrong_state` */
export async function refuseVersion(ctx: Context, actor: Actor, id: string, comment: string): Promise<PayeeVersion> {
  return await transact(ctx, async (tx) => {
    const { row } = await decidable(tx, actor, id);
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed this: take it back instead.");
    await updateVersion(tx.db, id, {
      status: "refused",
      decided_by: personOf(actor),
      decided_name: actor.name,
      decided_at: tx.clock.now(),
      comment,
    });
    if (row.aspect === "detail") await tellOldContact(tx, row, "detail_refused");
    await record(tx, actor, `payees.${row.aspect}_refused`, row, undefined, comment);
    return await oneWire(tx, actor, id);
  });
}

/** Whoever proposed it, or anybody of the same side who may propose, takes it back. */
export async function withdrawVersion(ctx: Context, actor: Actor, id: string): Promise<PayeeVersion> {
  return await transact(ctx, async (tx) => {
    const row = await visible(tx, actor, id);
    await changeablePayee(tx, actor, "payees.write", row.payee_id);
    if ((row.by_partner ?? undefined) !== actor.partnerId)
      throw new Refusal("forbidden", "The other side proposed this: it can be refused, not taken back.");
    refuseDecided(row);
    await updateVersion(tx.db, id, {
      status: "withdrawn",
      decided_by: personOf(actor),
      decided_name: actor.name,
      decided_at: tx.clock.now(),
    });
    await record(tx, actor, `payees.${row.aspect}_withdrawn`, row, undefined, "");
    return await oneWire(tx, actor, id);
  });
}

/**
 * Somebody who did not propose it says that a name that does not fit is right.
 * @throws Refusal `same_person`, `wrong_state`
 */
export async function reviewName(ctx: Context, actor: Actor, id: string, comment: string): Promise<PayeeVersion> {
  return await transact(ctx, async (tx) => {
    const row = await visible(tx, actor, id);
    await changeablePayee(tx, actor, "payees.approve", row.payee_id);
    if (row.aspect !== "detail" || row.name_verdict === "match")
      throw new Refusal("wrong_state", "There is no name to review.");
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed this account: somebody else has to review its name.");
    const reviewed = { name_reviewed_by: personOf(actor), name_reviewed_at: tx.clock.now(), name_comment: comment };
    await updateVersion(tx.db, id, reviewed);
    await record(tx, actor, "payees.name_reviewed", row, { score: row.name_score, verdict: row.name_verdict }, comment);
    return await oneWire(tx, actor, id);
  });
}

/** A whole detail, or the whole tax numbers, for somebody who needs them; the look stands in the trail. @throws Refusal `forbidden` */
export async function openVersion(
  ctx: Context,
  actor: Actor,
  id: string,
  purpose: string,
  needs: PayeeNeeds,
): Promise<AccountDetail | PayeeTax> {
  return await transact(ctx, async (tx) => {
    const row = await visible(tx, actor, id);
    const served = (await partnersOf(tx, [row.payee_id])).get(row.payee_id) ?? [];
    const asReader = actor.permissions.has("payees.reveal");
    await requireForAll(tx, actor, asReader ? "payees.reveal" : "payees.approve", served);
    return await openSealed(tx, actor, row, purpose, needs.vault);
  });
}

/** A detail takes the place of the one that it names, else it stands beside the others. */
async function standDetail(tx: Context, row: VersionRow): Promise<void> {
  if (row.replaces === null) return;
  const standing = await versionsOf(tx.db, [row.payee_id], ["approved"]);
  if (!standing.some((one) => one.version_id === row.replaces))
    throw new Refusal("wrong_state", "The detail that it was to replace has been replaced already.");
  await updateVersion(tx.db, row.replaces, { status: "replaced", replaced_at: tx.clock.now() });
}

async function standAlone(tx: Context, row: VersionRow): Promise<void> {
  const standing = await versionsOf(tx.db, [row.payee_id], ["approved"]);
  for (const one of standing.filter((before) => before.aspect === row.aspect))
    await updateVersion(tx.db, one.version_id, { status: "replaced", replaced_at: tx.clock.now() });
}

async function takeIdentity(tx: Context, payee: PayeeRow, identity: PayeeIdentity): Promise<void> {
  await updatePayee(tx.db, payee.payee_id, {
    legal_name: identity.legalName,
    kind: identity.kind,
    country: identity.country,
    ...(payee.status === "proposed" ? { status: "verified" } : {}),
  });
}

const HOUR_MS = 3_600_000;

/** A payee's first detail cools off by a setting of its own: nobody's money went anywhere else before. */
async function decision(tx: Context, actor: Actor, comment: string, row: VersionRow) {
  const now = tx.clock.now();
  const decided = { decided_by: personOf(actor), decided_name: actor.name, decided_at: now, comment };
  if (row.aspect !== "detail") return decided;
  const settings = await settingRow(tx.db);
  const earlier = await versionsOf(tx.db, [row.payee_id], ["approved", "replaced"]);
  const isFirst = !earlier.some((one) => one.aspect === "detail");
  const hours = isFirst ? settings.first_cooling_off_hours : settings.cooling_off_hours;
  return { ...decided, payable_from: new Date(now.getTime() + hours * HOUR_MS) };
}

async function decidable(tx: Context, actor: Actor, id: string): Promise<{ row: VersionRow; payee: PayeeRow }> {
  const seen = await visible(tx, actor, id);
  const payee = await changeablePayee(tx, actor, "payees.approve", seen.payee_id);
  // Read again under the payee's lock: two approvers may have pressed at once.
  const row = await existing(tx, id);
  refuseDecided(row);
  return { row, payee };
}

function refuseDecided(row: VersionRow): void {
  if (row.status !== "proposed") throw new Refusal("wrong_state", `This was ${row.status} already.`);
}

async function visible(tx: Context, actor: Actor, id: string): Promise<VersionRow> {
  const row = await versionRow(tx.db, id);
  if (row === undefined) throw notFound("proposal", id);
  await readablePayee(tx, actor, row.payee_id).catch(() => {
    throw notFound("proposal", id);
  });
  return row;
}

async function existing(tx: Context, id: string): Promise<VersionRow> {
  const row = await versionRow(tx.db, id);
  if (row === undefined) throw notFound("proposal", id);
  return row;
}

async function oneWire(tx: Context, actor: Actor, id: string): Promise<PayeeVersion> {
  const [wire] = await versionWires(tx, actor, [await existing(tx, id)]);
  return wire as PayeeVersion;
}

async function record(
  tx: Context,
  actor: Actor,
  action: string,
  row: VersionRow,
  after: unknown,
  reason: string,
): Promise<void> {
  const partnerId = row.by_partner ?? (await partnersOf(tx, [row.payee_id])).get(row.payee_id)?.[0];
  await audit.record(tx, actor, {
    action,
    subjectKind: "payee",
    subjectId: row.payee_id,
    ...(after === undefined ? {} : { after: { version: row.version_id, ...(after as object) } }),
    ...(reason === "" ? {} : { reason }),
    ...(partnerId === undefined ? {} : { partnerId }),
  });
}
