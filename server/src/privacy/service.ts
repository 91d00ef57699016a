import type {
  ErasureDecision,
  NewErasure,
  NewPersonExport,
  PersonAddress,
  PrivacyPreview,
  PrivacyRequest,
  PrivacyRequestQuery,
} from "@tributary/contract";
import { strToU8, zipSync } from "fflate";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import type { Person, PersonalRecords, PrivacyNeeds } from "./contracts.ts";
import { exportPage } from "./core/export-page.ts";
import { hashOf, promiseOf, sharesOf } from "./core/preview.ts";
import { holdWire } from "./holds.ts";
import * as store from "./store/requests.ts";
import { requestWire } from "./wire.ts";

/** What the house keeps about a person, and what an erasure would do to it. Changes nothing. */
export async function previewPerson(
  ctx: Context,
  actor: Actor,
  of: PersonAddress,
  needs: PrivacyNeeds,
): Promise<PrivacyPreview> {
  requirePermission(actor, "privacy.read", {});
  const { person, records } = await everythingAbout(ctx, of, needs);
  const shares = sharesOf(records);
  const holds = await store.holdsOn(ctx.db, recordsOf(person));
  return {
    ...of,
    name: person.name,
    emails: [...person.emails],
    shares,
    blockedBy: holds.map((row) => ({ holdId: row.hold_id, reason: row.reason })),
    hash: promiseOf(person, shares),
  };
}

/**
 * A ZIP with everything about a person: a page to read, JSON by room, files. That it was made, by whom and why, is in the trail before it is handed out.
 */
export async function exportPerson(
  ctx: Context,
  actor: Actor,
  input: NewPersonExport,
  needs: PrivacyNeeds,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  requirePermission(actor, "privacy.write", {});
  const { person, records } = await everythingAbout(ctx, input, needs);
  const shares = sharesOf(records);
  const at = ctx.clock.now();
  const files: Record<string, Uint8Array> = { "index.html": strToU8(exportPage(person, records, at.toISOString())) };
  for (const one of records) {
    if (one.records > 0) files[`data/${one.room}-${one.kind}.json`] = strToU8(pretty(one.data));
  }
  for (const source of needs.sources) {
    for (const file of (await source.files?.(ctx, person, actor, input.reason)) ?? [])
      files[`files/${file.name}`] = file.bytes;
  }
  await transact(ctx, async (tx) => {
    const row = await store.insertRequest(tx.db, {
      request_id: tx.ids.next("ers"),
      kind: "export",
      subject_kind: input.subjectKind,
      subject_id: input.subjectId,
      state: "done",
      reason: input.reason,
      preview: JSON.stringify(shares),
      preview_hash: promiseOf(person, shares),
      proposed_by: personOf(actor),
      proposed_at: at,
      decided_by: personOf(actor),
      decided_at: at,
    });
    await note(tx, actor, "privacy.exported", row, { shares, files: Object.keys(files).length });
  });
  return { name: `personal-data-${input.subjectId}.zip`, bytes: zipSync(files, { level: 6 }) };
}

function pretty(data: unknown): string {
  return JSON.stringify(JSON.parse(canonicalJson(data)), null, 2);
}

/** One person asks for an erasure, on what a preview said. @throws Refusal `conflict`, `legal_hold`, `already_exists` */
export async function proposeErasure(
  ctx: Context,
  actor: Actor,
  input: NewErasure,
  needs: PrivacyNeeds,
): Promise<PrivacyRequest> {
  requirePermission(actor, "privacy.write", {});
  return await transact(ctx, async (tx) => {
    const { person, records } = await everythingAbout(tx, input, needs);
    const shares = sharesOf(records);
    await refuseHeld(tx, person);
    requireSame(promiseOf(person, shares), input.hash);
    const row = await refuseDuplicate("subjectId", input.subjectId, () =>
      store.insertRequest(tx.db, {
        request_id: tx.ids.next("ers"),
        kind: "erasure",
        subject_kind: input.subjectKind,
        subject_id: input.subjectId,
        state: "proposed",
        reason: input.reason,
        preview: JSON.stringify(shares),
        preview_hash: input.hash,
        proposed_by: personOf(actor),
        proposed_at: tx.clock.now(),
      }),
    );
    await note(tx, actor, "privacy.erasure_proposed", row, { shares }, input.reason);
    return requestWire(row);
  });
}

/**
 * The second person carries it out, or refuses. Everything happens in one transaction: names become a pseudonym, what nothing needs is gone, the
 * trail's keys of the person are destroyed; statements, ledger and the trail's chain stay as they are.
 * @throws Refusal `same_person`, `legal_hold`, `conflict` when there is something else now than the preview said
 */
export async function decideErasure(
  ctx: Context,
  actor: Actor,
  id: string,
  decision: ErasureDecision,
  needs: PrivacyNeeds,
): Promise<PrivacyRequest> {
  requirePermission(actor, "privacy.approve", {});
  return await transact(ctx, async (tx) => {
    const row = await store.requestRow(tx.db, id);
    if (row === undefined || row.kind !== "erasure") throw notFound("erasure", id);
    if (row.state !== "proposed") throw new Refusal("wrong_state", "This erasure was decided already.");
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed this erasure: somebody else has to decide about it.");
    const at = tx.clock.now();
    const decided = { decided_by: personOf(actor), decided_at: at, decision_note: decision.note };
    const done = decision.approve ? await carryOut(tx, actor, row, needs) : { state: "refused" };
    const saved = await store.updateRequest(tx.db, id, decision.revision, { ...decided, ...done });
    if (saved === undefined) throw changedMeanwhile("erasure", decision.revision);
    const action = decision.approve ? "privacy.erased" : "privacy.erasure_refused";
    await note(tx, actor, action, saved, { certificate: saved.certificate_hash }, decision.note || undefined);
    return requestWire(saved);
  });
}

async function carryOut(tx: Context, actor: Actor, row: store.RequestRow, needs: PrivacyNeeds) {
  const of = { subjectKind: row.subject_kind as PersonAddress["subjectKind"], subjectId: row.subject_id };
  const { person, records } = await everythingAbout(tx, of, needs);
  const shares = sharesOf(records);
  await refuseHeld(tx, person);
  requireSame(promiseOf(person, shares), row.preview_hash);
  const head = await audit.headOf(tx);
  const pseudonym = needs.pseudonym();
  const keys: string[] = [];
  for (const source of needs.sources) keys.push(...(await source.erase(tx, person, pseudonym)));
  const certificate = {
    erasedAt: tx.clock.now().toISOString(),
    proposedBy: row.proposed_by,
    approvedBy: personOf(actor),
    shares,
    keysDestroyed: await audit.destroyKeys(tx, [...new Set(keys)]),
    trailHead: head.hash,
    statement: STATEMENT,
  };
  return { state: "done", pseudonym, certificate: JSON.stringify(certificate), certificate_hash: hashOf(certificate) };
}

const STATEMENT =
  "The person's data was erased or replaced by a pseudonym as listed. What is kept is kept on the ground that stands beside it. Statements, ledger and the audit trail were not rewritten: what the trail said of the person was sealed with keys that are destroyed. Backups made before still hold the data until they are rotated out; restoring one calls for this erasure again.";

export async function listRequests(
  ctx: Context,
  actor: Actor,
  query: PrivacyRequestQuery,
): Promise<Page<PrivacyRequest>> {
  requirePermission(actor, "privacy.read", {});
  const { rows, nextCursor } = await store.requestPage(ctx.db, query, query);
  return { rows: rows.map(requestWire), nextCursor };
}

export async function getRequest(ctx: Context, actor: Actor, id: string): Promise<PrivacyRequest> {
  requirePermission(actor, "privacy.read", {});
  const row = await store.requestRow(ctx.db, id);
  if (row === undefined) throw notFound("request", id);
  return requestWire(row);
}

async function everythingAbout(ctx: Context, of: PersonAddress, needs: PrivacyNeeds) {
  const person = await needs.person(ctx, of.subjectKind, of.subjectId);
  if (person === undefined) throw notFound("person", of.subjectId);
  const records: PersonalRecords[] = [];
  for (const source of needs.sources) records.push(...(await source.collect(ctx, person)));
  return { person, records };
}

function recordsOf(person: Person): string[] {
  const { userIds, contactIds, relatedPersonIds, leadIds, partnerIds } = person;
  return [person.id, ...userIds, ...contactIds, ...relatedPersonIds, ...leadIds, ...partnerIds];
}

async function refuseHeld(ctx: Context, person: Person): Promise<void> {
  const [hold] = (await store.holdsOn(ctx.db, recordsOf(person))).map(holdWire);
  if (hold !== undefined)
    throw new Refusal("legal_hold", `A legal hold on ${hold.subjectId} keeps this data: ${hold.reason}`);
}

function requireSame(now: string, previewed: string): void {
  if (now !== previewed)
    throw new Refusal("conflict", "There is something else to erase now than the preview said: look again.");
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: store.RequestRow,
  after: unknown,
  reason?: string,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "privacy_request",
    subjectId: row.request_id,
    after,
    reason: reason ?? row.reason,
  });
}
