import {
  type CodeState,
  type NewReferralCode,
  NewReferralCode as NewReferralCodeSchema,
  type ReferralCode,
  type ReferralCodeChange,
  type ReferralCodeQuery,
} from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, refuseDuplicate, transact } from "../../database/index.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { partnerById, partnerTouch, reachOf } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import { type CodeRow, codePage, findCode, insertCode, updateCode } from "./store/codes.ts";
import { findLink } from "./store/links.ts";

export async function listCodes(
  ctx: Context,
  actor: Actor,
  query: ReferralCodeQuery,
): Promise<{ readonly data: ReferralCode[]; readonly nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "links.read");
  const page = await codePage(ctx.db, within, { ...query, now: ctx.clock.now() }, query);
  return { data: page.rows.map((row) => toCode(row, seenBy(ctx, actor))), nextCursor: page.nextCursor };
}

/** Gives a partner a coupon or referral code in a program. @throws Refusal not_found, forbidden, already_exists, invalid_input */
export async function createCode(ctx: Context, actor: Actor, given: NewReferralCode): Promise<ReferralCode> {
  const input = NewReferralCodeSchema.parse(given);
  if ((await partnerById(ctx.db, input.partnerId)) === undefined) throw notFound("partner", input.partnerId);
  if ((await programById(ctx.db, input.programId)) === undefined) throw notFound("program", input.programId);
  requirePermission(actor, "links.write", await partnerTouch(ctx, input.partnerId, input.programId));
  if (actor.partnerId !== undefined) throw notFound("program", input.programId);
  await checkLink(ctx, input.linkId, input.partnerId, input.programId);
  const row: CodeRow = {
    code: input.code,
    program_id: input.programId,
    partner_id: input.partnerId,
    link_id: input.linkId,
    valid_from: instant(input.validFrom),
    valid_to: instant(input.validTo),
    created_by: actor.id,
    created_at: ctx.clock.now(),
  };
  checkValidity(row);
  return await transact(ctx, async (tx) => {
    await refuseDuplicate("code", row.code, () => insertCode(tx.db, row));
    await note(tx, actor, "codes.created", row, undefined);
    return toCode(row, seenBy(tx, actor));
  });
}

/** Changes from when to when a code holds, whose it is and which link it stands for. Customers bound so far stay where they are. */
export async function changeCode(
  ctx: Context,
  actor: Actor,
  id: string,
  change: ReferralCodeChange,
): Promise<ReferralCode> {
  return await transact(ctx, async (tx) => {
    const row = await readableCode(tx, actor, id);
    requirePermission(actor, "links.write", await partnerTouch(tx, row.partner_id, row.program_id));
    if (actor.partnerId !== undefined) throw notFound("code", id);
    const after = {
      partner_id: change.partnerId ?? row.partner_id,
      link_id: change.linkId === undefined ? row.link_id : change.linkId,
      valid_from: change.validFrom === undefined ? row.valid_from : instant(change.validFrom),
      valid_to: change.validTo === undefined ? row.valid_to : instant(change.validTo),
    };
    if (after.partner_id !== row.partner_id) {
      if ((await partnerById(tx.db, after.partner_id)) === undefined) throw notFound("partner", after.partner_id);
      requirePermission(actor, "links.write", await partnerTouch(tx, after.partner_id, row.program_id));
    }
    await checkLink(tx, after.link_id, after.partner_id, row.program_id);
    checkValidity(after);
    const saved = await updateCode(tx.db, row.program_id, row.code, after);
    if (saved === undefined) throw notFound("code", id);
    await note(tx, actor, "codes.changed", saved, row);
    return toCode(saved, seenBy(tx, actor));
  });
}

export async function getCode(ctx: Context, actor: Actor, id: string): Promise<ReferralCode> {
  return toCode(await readableCode(ctx, actor, id), seenBy(ctx, actor));
}

async function readableCode(ctx: Context, actor: Actor, id: string): Promise<CodeRow> {
  const [programId = "", code = ""] = id.split(":", 2);
  const row = await findCode(ctx.db, programId, code.toUpperCase());
  const within = await reachOf(ctx, actor, "links.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id, programId: row.program_id }))
    throw notFound("code", id);
  return row;
}

async function checkLink(ctx: Context, linkId: string | null, partnerId: string, programId: string): Promise<void> {
  if (linkId === null) return;
  const link = await findLink(ctx.db, linkId);
  if (link === undefined || link.partner_id !== partnerId || link.program_id !== programId)
    throw invalid("linkId", linkId, "is not a link of this partner in this program");
}

function checkValidity(row: { readonly valid_from: Date | null; readonly valid_to: Date | null }): void {
  if (row.valid_from !== null && row.valid_to !== null && row.valid_to < row.valid_from)
    throw invalid("validTo", row.valid_to.toISOString(), "lies before validFrom");
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: CodeRow,
  before: CodeRow | undefined,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "code",
    subjectId: `${row.program_id}:${row.code}`,
    partnerId: row.partner_id,
    ...(before === undefined ? {} : { before: toCode(before, seenBy(tx, actor)) }),
    after: toCode(row, seenBy(tx, actor)),
  });
}

interface Seen {
  readonly now: Date;
  readonly forPartner: boolean;
}

function seenBy(ctx: Context, actor: Actor): Seen {
  return { now: ctx.clock.now(), forPartner: actor.partnerId !== undefined };
}

function stateOf(row: CodeRow, now: Date): CodeState {
  if (row.valid_from !== null && now < row.valid_from) return "coming";
  return row.valid_to !== null && now >= row.valid_to ? "ended" : "valid";
}

function toCode(row: CodeRow, seen: Seen): ReferralCode {
  return {
    id: `${row.program_id}:${row.code}`,
    programId: row.program_id,
    code: row.code,
    partnerId: row.partner_id,
    linkId: row.link_id,
    validFrom: row.valid_from?.toISOString() ?? null,
    validTo: row.valid_to?.toISOString() ?? null,
    state: stateOf(row, seen.now),
    createdBy: seen.forPartner ? null : row.created_by,
    createdAt: row.created_at.toISOString(),
  };
}
