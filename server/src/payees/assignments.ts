import { type NewAssignment, NewAssignment as NewAssignmentSchema, type PayeeAssignment } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnersByIds } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import { checkNames } from "./names.ts";
import { changeablePayee, readablePayee, requireForAll } from "./reach.ts";
import {
  type AssignmentRow,
  assignmentRow,
  insertAssignments,
  overlapping,
  updateAssignment,
} from "./store/assignments.ts";
import type { PayeeRow } from "./store/payees.ts";
import { assignmentWire } from "./wire.ts";

type Input = z.output<typeof NewAssignmentSchema>;

/** Somebody says whose earnings a payee is to be paid, of which programs and from when. @throws Refusal `invalid_input`, `not_found` */
export async function proposeAssignment(
  ctx: Context,
  actor: Actor,
  payeeId: string,
  given: NewAssignment,
): Promise<readonly PayeeAssignment[]> {
  const input = NewAssignmentSchema.parse(given);
  return await transact(ctx, async (tx) => {
    await readablePayee(tx, actor, payeeId);
    const payee = await changeablePayee(tx, actor, "payees.write", payeeId);
    if (payee.status === "closed") throw new Refusal("wrong_state", "This payee is closed.");
    const rows = await addAssignments(tx, actor, payee, input);
    return rows.map((row) => assignmentWire(row, actor.partnerId !== undefined));
  });
}

/** One row per program, or one for all that have no payee of their own. */
export async function addAssignments(
  tx: Context,
  actor: Actor,
  payee: PayeeRow,
  input: Input,
): Promise<readonly AssignmentRow[]> {
  await requireForAll(tx, actor, "payees.write", [input.partnerId]);
  const [partner] = await partnersByIds(tx.db, [input.partnerId]);
  if (partner === undefined || (actor.partnerId !== undefined && actor.partnerId !== input.partnerId))
    throw notFound("partner", input.partnerId);
  if (input.validTo !== null && input.validTo <= input.validFrom)
    throw invalid("validTo", input.validTo, "is not after validFrom");
  const programIds = input.programIds === null ? [null] : [...new Set(input.programIds)];
  if (programIds.length === 0)
    throw invalid("programIds", "", "names no program", "Leave it out to mean all programs.");
  const known = new Set(
    (
      await programsByIds(
        tx.db,
        programIds.filter((id) => id !== null),
      )
    ).map((one) => one.programId),
  );
  const strange = programIds.find((id) => id !== null && !known.has(id));
  if (strange != null) throw notFound("program", strange);
  const rows = programIds.map((program_id) => ({
    assignment_id: tx.ids.next("pya"),
    payee_id: payee.payee_id,
    partner_id: input.partnerId,
    program_id,
    valid_from: input.validFrom,
    valid_to: input.validTo,
    status: "proposed",
    note: input.note,
    proposed_by: personOf(actor),
    proposed_name: actor.name,
    proposed_at: tx.clock.now(),
    by_partner: actor.partnerId ?? null,
  }));
  await insertAssignments(tx.db, rows);
  const made = await Promise.all(rows.map((row) => assignmentRow(tx.db, row.assignment_id)));
  for (const row of made) await record(tx, actor, "payees.assignment_proposed", row as AssignmentRow);
  return made as AssignmentRow[];
}

/**
 * The second person's word. An assignment that began earlier and has no end is ended on the new one's first day; any other overlap would leave it
 * open who is paid.
 * @throws Refusal `same_person`, `wrong_state`, `overlapping_payees`
 */
export async function approveAssignment(
  ctx: Context,
  actor: Actor,
  id: string,
  comment: string,
): Promise<PayeeAssignment> {
  return await transact(ctx, async (tx) => {
    const row = await decidable(tx, actor, id);
    refuseSamePerson(row.proposed_by, actor);
    for (const other of await overlapping(tx.db, row)) await makeRoom(tx, actor, other, row);
    await updateAssignment(tx.db, id, { status: "approved", ...decision(tx, actor, comment) });
    await checkNames(tx, row.payee_id);
    return await decided(tx, actor, "payees.assignment_approved", id, comment);
  });
}

async function makeRoom(tx: Context, actor: Actor, other: AssignmentRow, row: AssignmentRow): Promise<void> {
  if (other.valid_to !== null || other.valid_from >= row.valid_from || other.payee_id === row.payee_id)
    throw new Refusal(
      "overlapping_payees",
      `From ${other.valid_from}${other.valid_to === null ? "" : ` to ${other.valid_to}`} another assignment names who is paid. End it first.`,
      [{ field: "validFrom", value: row.valid_from, message: "lies in another assignment" }],
    );
  await updateAssignment(tx.db, other.assignment_id, { valid_to: row.valid_from, end_day: null });
  await record(tx, actor, "payees.assignment_ended", { ...other, valid_to: row.valid_from });
}

export async function refuseAssignment(
  ctx: Context,
  actor: Actor,
  id: string,
  comment: string,
): Promise<PayeeAssignment> {
  return await transact(ctx, async (tx) => {
    const row = await decidable(tx, actor, id);
    refuseSamePerson(row.proposed_by, actor);
    await updateAssignment(tx.db, id, { status: "refused", ...decision(tx, actor, comment) });
    return await decided(tx, actor, "payees.assignment_refused", id, comment);
  });
}

export async function withdrawAssignment(ctx: Context, actor: Actor, id: string): Promise<PayeeAssignment> {
  return await transact(ctx, async (tx) => {
    const row = await visible(tx, actor, id);
    await changeablePayee(tx, actor, "payees.write", row.payee_id);
    if ((row.by_partner ?? undefined) !== actor.partnerId)
      throw new Refusal("forbidden", "The other side proposed this: it can be refused, not taken back.");
    if (row.status !== "proposed") throw new Refusal("wrong_state", `This was ${row.status} already.`);
    const { decided_by, decided_name, decided_at } = decision(tx, actor, "");
    await updateAssignment(tx.db, id, { status: "withdrawn", decided_by, decided_name, decided_at });
    return await decided(tx, actor, "payees.assignment_withdrawn", id, "");
  });
}

/** Somebody says that a payee is paid for a partner up to a day only: another would be paid then, or nobody. @throws Refusal `invalid_input` */
export async function proposeEnd(ctx: Context, actor: Actor, id: string, validTo: string): Promise<PayeeAssignment> {
  return await transact(ctx, async (tx) => {
    const row = await ofStanding(tx, actor, id, "payees.write");
    if (validTo <= row.valid_from) throw invalid("validTo", validTo, `is not after its first day, ${row.valid_from}`);
    const end = { end_day: validTo, end_by: personOf(actor), end_name: actor.name, end_at: tx.clock.now() };
    await updateAssignment(tx.db, id, { ...end, ended_by: null, ended_at: null });
    return await decided(tx, actor, "payees.assignment_end_proposed", id, "");
  });
}

/** @throws Refusal `same_person`, `wrong_state` */
export async function approveEnd(ctx: Context, actor: Actor, id: string, comment: string): Promise<PayeeAssignment> {
  return await transact(ctx, async (tx) => {
    const row = await ofStanding(tx, actor, id, "payees.approve");
    if (row.end_day === null || row.end_by === null) throw new Refusal("wrong_state", "Nobody has proposed its end.");
    refuseSamePerson(row.end_by, actor);
    const end = { valid_to: row.end_day, end_day: null, ended_by: personOf(actor), ended_at: tx.clock.now() };
    await updateAssignment(tx.db, id, end);
    return await decided(tx, actor, "payees.assignment_ended", id, comment);
  });
}

async function ofStanding(
  tx: Context,
  actor: Actor,
  id: string,
  permission: "payees.write" | "payees.approve",
): Promise<AssignmentRow> {
  const seen = await visible(tx, actor, id);
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "The operator ends who is paid for a partner.");
  await changeablePayee(tx, actor, permission, seen.payee_id);
  await requireForAll(tx, actor, permission, [seen.partner_id]);
  const row = (await assignmentRow(tx.db, id)) as AssignmentRow;
  if (row.status !== "approved") throw new Refusal("wrong_state", `This was ${row.status}.`);
  return row;
}

async function decidable(tx: Context, actor: Actor, id: string): Promise<AssignmentRow> {
  const seen = await visible(tx, actor, id);
  await changeablePayee(tx, actor, "payees.approve", seen.payee_id);
  await requireForAll(tx, actor, "payees.approve", [seen.partner_id]);
  const row = (await assignmentRow(tx.db, id)) as AssignmentRow;
  if (row.status !== "proposed") throw new Refusal("wrong_state", `This was ${row.status} already.`);
  return row;
}

async function visible(tx: Context, actor: Actor, id: string): Promise<AssignmentRow> {
  const row = await assignmentRow(tx.db, id);
  if (row === undefined || (actor.partnerId !== undefined && row.partner_id !== actor.partnerId))
    throw notFound("assignment", id);
  await readablePayee(tx, actor, row.payee_id).catch(() => {
    throw notFound("assignment", id);
  });
  return row;
}

function refuseSamePerson(proposedBy: string, actor: Actor): void {
  if (proposedBy === personOf(actor))
    throw new Refusal("same_person", "You proposed this: somebody else has to decide it.");
}

function decision(tx: Context, actor: Actor, comment: string) {
  return { decided_by: personOf(actor), decided_name: actor.name, decided_at: tx.clock.now(), comment };
}

async function decided(
  tx: Context,
  actor: Actor,
  action: string,
  id: string,
  comment: string,
): Promise<PayeeAssignment> {
  const row = (await assignmentRow(tx.db, id)) as AssignmentRow;
  await record(tx, actor, action, row, comment);
  await announce(tx, "payees.changed", { payeeId: row.payee_id });
  return assignmentWire(row, actor.partnerId !== undefined);
}

async function record(tx: Context, actor: Actor, action: string, row: AssignmentRow, reason = ""): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "payee",
    subjectId: row.payee_id,
    partnerId: row.partner_id,
    after: {
      assignment: row.assignment_id,
      partnerId: row.partner_id,
      programId: row.program_id,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      endDay: row.end_day,
    },
    ...(reason === "" ? {} : { reason }),
  });
}
