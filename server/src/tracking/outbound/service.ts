import type { Delivery, NewPostback, Postback, PostbackChange } from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../../partners/index.ts";
import type { Vault } from "../events/source.ts";
import type { AddressPolicy } from "./address.ts";
import { checkTemplate } from "./check.ts";
import { resolveTemplate } from "./resolve.ts";
import { type DeliveryFilter, dropWaiting, listDeliveries } from "./store/deliveries.ts";
import {
  findPostback,
  insertPostback,
  insertSecret,
  listPostbacks,
  type PostbackFilter,
  type PostbackHealthRow,
  type PostbackRow,
  updatePostback,
} from "./store/postbacks.ts";
import { toDelivery, toPostback } from "./wire.ts";

interface PageOf<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}
type PostbackListQuery = PageRequest & Omit<PostbackFilter, "within">;
type DeliveryListQuery = PageRequest & Omit<DeliveryFilter, "within">;

export async function listOwnPostbacks(
  ctx: Context,
  actor: Actor,
  query: PostbackListQuery,
): Promise<PageOf<Postback>> {
  const within = await reachOf(ctx, actor, "postbacks.read");
  const page = await listPostbacks(ctx.db, { within, ...query }, query);
  return { data: page.rows.map(toPostback), nextCursor: page.nextCursor };
}

export async function getPostback(ctx: Context, actor: Actor, postbackId: string): Promise<Postback> {
  return toPostback(await readable(ctx, actor, postbackId));
}

/** What changes of postbacks need besides the database. */
export interface PostbackNeeds {
  readonly policy: AddressPolicy;
  readonly vault: Vault;
}

/** @throws Refusal invalid_input, address_refused, forbidden */
export async function createPostback(
  ctx: Context,
  actor: Actor,
  input: NewPostback,
  needs: PostbackNeeds,
): Promise<Postback> {
  const partnerId = input.partnerId ?? actor.partnerId;
  if (partnerId === undefined) {
    throw new Refusal("invalid_input", "A postback belongs to a partner", [
      { field: "partnerId", message: "say whose postback it is", hint: "the id of a partner, prt_…" },
    ]);
  }
  requirePermission(actor, "postbacks.write", await partnerTouch(ctx, partnerId, input.programId));
  const resolved = resolveTemplate(input);
  const host = checkTemplate(resolved.url, resolved.body, needs.policy);
  const row: PostbackRow = {
    postback_id: ctx.ids.next("pbk"),
    partner_id: partnerId,
    program_id: input.programId,
    offer_id: input.offerId,
    name: input.name,
    event_types: [...new Set(input.occasions)],
    method: resolved.method,
    url: resolved.url,
    body: resolved.method === "POST" ? resolved.body : null,
    template: resolved.template,
    settings: resolved.settings,
    filters: input.filters,
    status_words: resolved.statusWords,
    delay_seconds: input.delaySeconds,
    precedence: input.precedence,
    host,
    status: "active",
    created_by: actor.id,
    created_at: ctx.clock.now(),
    revision: 1,
  };
  return await transact(ctx, async (tx) => {
    await refusingUnknownIds(() => insertPostback(tx.db, row));
    await keepCredentials(tx, row, resolved.credentials, needs.vault);
    await audit.record(tx, actor, {
      action: "postbacks.created",
      subjectKind: "postback",
      subjectId: row.postback_id,
      partnerId,
      after: auditView(row),
    });
    return toPostback({
      ...row,
      waiting: 0n,
      dead: 0n,
      last_delivered_at: null,
      signed_since: null,
      secret_names: Object.keys(resolved.credentials).sort(),
    });
  });
}

/**
 * Changes a postback. Only a person ever pauses or archives one: failures never do. Deliveries of a paused postback wait and go out when it is
 * active again; those of an archived one are settled as not sent.
 */
export async function changePostback(
  ctx: Context,
  actor: Actor,
  postbackId: string,
  change: PostbackChange,
  needs: PostbackNeeds,
): Promise<Postback> {
  return await transact(ctx, async (tx) => {
    const before = await writable(tx, actor, postbackId);
    if (before.status === "archived") throw new Refusal("wrong_state", "An archived postback is not changed any more");
    const { after, credentials } = applyChange(before, change, needs.policy);
    await refusingUnknownIds(async () => {
      const done = await updatePostback(tx.db, postbackId, change.revision, columnsOf(after));
      if (!done) throw changedMeanwhile("postback", change.revision);
    });
    await keepCredentials(tx, before, credentials, needs.vault);
    if (after.status === "archived") await dropWaiting(tx.db, postbackId, tx.clock.now());
    await audit.record(tx, actor, {
      action: "postbacks.changed",
      subjectKind: "postback",
      subjectId: postbackId,
      partnerId: before.partner_id,
      before: auditView(before),
      after: auditView(after),
    });
    return toPostback(await readable(tx, actor, postbackId));
  });
}

function applyChange(
  before: PostbackHealthRow,
  change: PostbackChange,
  policy: AddressPolicy,
): { readonly after: PostbackHealthRow; readonly credentials: Readonly<Record<string, string>> } {
  const resolved = resolveTemplate(
    {
      template: before.template,
      settings: { ...before.settings, ...change.settings },
      method: change.method ?? before.method,
      url: change.url ?? (change.settings === undefined ? before.url : ""),
      body: change.body === undefined ? (change.settings === undefined ? before.body : null) : change.body,
      statusWords: change.statusWords ?? before.status_words,
    },
    before.secret_names,
  );
  const { method, url, settings, credentials } = resolved;
  const body = method === "POST" ? resolved.body : null;
  const after: PostbackHealthRow = {
    ...before,
    program_id: change.programId === undefined ? before.program_id : change.programId,
    offer_id: change.offerId === undefined ? before.offer_id : change.offerId,
    name: change.name ?? before.name,
    event_types: change.occasions === undefined ? before.event_types : [...new Set(change.occasions)],
    filters: change.filters ?? before.filters,
    status_words: change.statusWords ?? before.status_words,
    delay_seconds: change.delaySeconds ?? before.delay_seconds,
    precedence: change.precedence ?? before.precedence,
    status: change.status ?? before.status,
    method,
    url,
    body,
    settings,
  };
  return { after: { ...after, host: checkTemplate(url, body, policy) }, credentials };
}

function columnsOf(row: PostbackHealthRow): Partial<PostbackRow> {
  const {
    waiting,
    dead,
    last_delivered_at,
    signed_since,
    secret_names,
    revision,
    postback_id,
    partner_id,
    ...columns
  } = row;
  return columns;
}

async function keepCredentials(
  tx: Context,
  row: PostbackRow,
  credentials: Readonly<Record<string, string>>,
  vault: Vault,
): Promise<void> {
  const now = tx.clock.now();
  for (const [name, secret] of Object.entries(credentials)) {
    const { postback_id: postbackId, partner_id: partnerId } = row;
    const sealed = vault.close(secret);
    await insertSecret(tx.db, { postbackId, partnerId, kind: "credential", name, sealed, now, previousUntil: now });
  }
}

export async function listOwnDeliveries(
  ctx: Context,
  actor: Actor,
  query: DeliveryListQuery,
): Promise<PageOf<Delivery>> {
  if (query.postbackId !== undefined) await readable(ctx, actor, query.postbackId);
  const within = await reachOf(ctx, actor, "postbacks.read");
  const page = await listDeliveries(ctx.db, { within, ...query }, query);
  return { data: page.rows.map(toDelivery), nextCursor: page.nextCursor };
}

/** @throws Refusal not_found for one that is not there or that the actor may not see */
export async function readable(ctx: Context, actor: Actor, postbackId: string): Promise<PostbackHealthRow> {
  const row = await findPostback(ctx.db, postbackId);
  const within = await reachOf(ctx, actor, "postbacks.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id, programId: row.program_id })) {
    throw notFound("postback", postbackId);
  }
  return row;
}

/** @throws Refusal not_found, or forbidden for one that may be seen only */
export async function writable(ctx: Context, actor: Actor, postbackId: string): Promise<PostbackHealthRow> {
  const row = await readable(ctx, actor, postbackId);
  requirePermission(actor, "postbacks.write", await partnerTouch(ctx, row.partner_id, row.program_id));
  return row;
}

const FIELD_OF_CONSTRAINT: readonly (readonly [string, string])[] = [
  ["partner_id", "partnerId"],
  ["program_id", "programId"],
  ["offer_id", "offerId"],
];

/** An id that names nothing is the caller's mistake, found by the foreign key. */
async function refusingUnknownIds(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code !== "23503") throw error;
    const field = FIELD_OF_CONSTRAINT.find(([column]) => constraint?.includes(column))?.[1] ?? "partnerId";
    throw new Refusal("invalid_input", "The postback names something that does not exist", [
      { field, message: "there is no such record" },
    ]);
  }
}

/** What the audit trail keeps of a postback. */
function auditView(row: PostbackRow): Record<string, unknown> {
  const { program_id, offer_id, name, event_types, method, url, body, status, filters, delay_seconds, precedence } =
    row;
  return { program_id, offer_id, name, event_types, method, url, body, status, filters, delay_seconds, precedence };
}
