import type { AgreementVersionDetail, AgreementVersionStatus } from "@tributary/contract";
import { type Actor, can, isWithin } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import type { Context } from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { isOpen, TERMS_LIFE } from "./core/life.ts";
import { versionDetails } from "./details.ts";
import * as store from "./store/agreements.ts";
import type { Side } from "./store/rounds.ts";

export function sideOf(actor: Actor): Side {
  return actor.partnerId === undefined ? "operator" : "partner";
}

/** The version, if this actor may see it: a proposal is the operator's own paper until it is sent. */
export async function visibleVersion(tx: Context, actor: Actor, id: string): Promise<store.VersionOfPair> {
  const row = await store.versionRow(tx.db, id, sideOf(actor));
  const within = await reachOf(tx, actor, "agreements.read");
  const seen =
    row !== undefined &&
    can(actor, "agreements.read") &&
    isWithin(within, { partnerId: row.partner_id, programId: row.program_id });
  if (!seen) throw notFound("agreement version", id);
  return row;
}

export function requireOpen(row: store.VersionOfPair): void {
  if (isOpen(row.status)) return;
  throw new Refusal(
    "wrong_state",
    `These terms are ${row.status}: they are not changed any more, but superseded by new ones.`,
  );
}

/** Moves a version on along its life. @throws Refusal `wrong_state`, `conflict` */
export async function moved(
  tx: Context,
  row: store.VersionOfPair,
  to: AgreementVersionStatus,
  change: Parameters<typeof store.moveVersion>[3],
): Promise<void> {
  if (row.status !== to) requireMove(TERMS_LIFE, row.status as AgreementVersionStatus, to);
  const done = await store.moveVersion(
    tx.db,
    row.agreement_version_id,
    { status: row.status, round: row.round },
    { ...change, status: to },
  );
  if (!done) throw new Refusal("conflict", "Somebody else has just decided about these terms.");
}

export async function versionDetailFor(tx: Context, actor: Actor, id: string): Promise<AgreementVersionDetail> {
  const row = await visibleVersion(tx, actor, id);
  const details = await versionDetails(tx, actor, [row]);
  const found = details.find((one) => one.id === id);
  if (found === undefined) throw notFound("agreement version", id);
  return found;
}

export async function noted(
  tx: Context,
  actor: Actor,
  action: string,
  id: string,
  partnerId: string,
  after: Readonly<Record<string, unknown>>,
  before?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = { subjectKind: "agreement_version", subjectId: id, partnerId };
  await audit.record(tx, actor, { action, ...subject, ...(before === undefined ? {} : { before }), after });
}
