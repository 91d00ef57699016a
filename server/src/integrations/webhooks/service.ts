import type {
  NewWebhookEndpoint,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookDeliveryQuery,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookSecret,
} from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { parsePublicNumber } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../../kernel/refusals.ts";
import { type AddressPolicy, urlProblem } from "../../tracking/index.ts";
import type { WebhookNeeds } from "./outbox.ts";
import { type DeliveryRow, dropWaiting, findDelivery, listAttempts, listDeliveries } from "./store/deliveries.ts";
import {
  type EndpointHealthRow,
  type EndpointRow,
  findEndpoint,
  insertEndpoint,
  insertSecret,
  listEndpoints,
  updateEndpoint,
} from "./store/endpoints.ts";
import { toDelivery, toDeliveryDetail, toEndpoint } from "./wire.ts";

const HOUR_MS = 3_600_000;
const SECRET_BYTES = 32;

export interface SecretNeeds extends WebhookNeeds {
  readonly randomBytes: (count: number) => Uint8Array;
}
interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export async function listWebhooks(
  ctx: Context,
  actor: Actor,
  query: PageRequest & { readonly status?: readonly EndpointRow["status"][] | undefined },
): Promise<{ data: WebhookEndpoint[]; nextCursor: string | null }> {
  requirePermission(actor, "settings.read");
  const page = await listEndpoints(ctx.db, query.status ?? ["active", "paused"], query);
  return { data: page.rows.map(toEndpoint), nextCursor: page.nextCursor };
}

export async function getWebhook(ctx: Context, actor: Actor, endpointId: string): Promise<WebhookEndpoint> {
  requirePermission(actor, "settings.read");
  return toEndpoint(await existing(ctx, endpointId));
}

/** Adds an endpoint and makes its secret, which is shown in this answer only. @throws Refusal address_refused */
export async function createWebhook(
  ctx: Context,
  actor: Actor,
  input: NewWebhookEndpoint,
  needs: SecretNeeds,
): Promise<WebhookSecret> {
  requirePermission(actor, "settings.write");
  const row: EndpointRow = {
    endpoint_id: ctx.ids.next("whe"),
    url: input.url,
    host: hostOf(input.url, needs.policy),
    name: input.name,
    types: [...new Set(input.types)],
    program_ids: [...new Set(input.programIds)],
    status: "active",
    created_by: actor.id,
    created_at: ctx.clock.now(),
    revision: 1,
  };
  return await transact(ctx, async (tx) => {
    await insertEndpoint(tx.db, row);
    const secret = await keepNewSecret(tx, row.endpoint_id, needs, row.created_at);
    await record(tx, actor, "webhooks.created", row.endpoint_id, undefined, auditView(row));
    return { endpoint: toEndpoint(await existing(tx, row.endpoint_id)), secret, previousUntil: null };
  });
}

/** Changes, pauses or archives an endpoint. Only a person ever does: failures never switch one off. */
export async function changeWebhook(
  ctx: Context,
  actor: Actor,
  endpointId: string,
  change: WebhookEndpointChange,
  needs: WebhookNeeds,
): Promise<WebhookEndpoint> {
  requirePermission(actor, "settings.write");
  return await transact(ctx, async (tx) => {
    const before = await existing(tx, endpointId);
    if (before.status === "archived") throw new Refusal("wrong_state", "An archived endpoint is not changed any more");
    const url = change.url ?? before.url;
    const after: EndpointRow = {
      ...before,
      url,
      host: hostOf(url, needs.policy),
      name: change.name ?? before.name,
      types: change.types ?? before.types,
      program_ids: change.programIds ?? before.program_ids,
      status: change.status ?? before.status,
    };
    if (!(await updateEndpoint(tx.db, after, change.revision))) throw changedMeanwhile("webhook", change.revision);
    if (after.status === "archived") await dropWaiting(tx.db, endpointId, tx.clock.now());
    await record(tx, actor, "webhooks.changed", endpointId, auditView(before), auditView(after));
    return toEndpoint(await existing(tx, endpointId));
  });
}

/** Makes another secret; the one before signs beside it for the overlap. */
export async function rotateWebhookSecret(
  ctx: Context,
  actor: Actor,
  endpointId: string,
  overlapHours: number,
  needs: SecretNeeds,
): Promise<WebhookSecret> {
  requirePermission(actor, "settings.write");
  return await transact(ctx, async (tx) => {
    await existing(tx, endpointId);
    const previousUntil = new Date(tx.clock.now().getTime() + overlapHours * HOUR_MS);
    const secret = await keepNewSecret(tx, endpointId, needs, previousUntil);
    const until = previousUntil.toISOString();
    await record(tx, actor, "webhooks.secret_rotated", endpointId, undefined, { previousUntil: until });
    return { endpoint: toEndpoint(await existing(tx, endpointId)), secret, previousUntil: until };
  });
}

async function keepNewSecret(
  tx: Context,
  endpointId: string,
  needs: SecretNeeds,
  previousUntil: Date,
): Promise<string> {
  const secret = `whsec_${Buffer.from(needs.randomBytes(SECRET_BYTES)).toString("base64")}`;
  await insertSecret(tx.db, endpointId, needs.vault.close(secret), tx.clock.now(), previousUntil);
  return secret;
}

export async function listWebhookDeliveries(
  ctx: Context,
  actor: Actor,
  endpointId: string,
  query: WebhookDeliveryQuery,
): Promise<{ data: WebhookDelivery[]; nextCursor: string | null }> {
  requirePermission(actor, "settings.read");
  await existing(ctx, endpointId);
  const page = await listDeliveries(ctx.db, endpointId, query, query);
  return { data: page.rows.map(toDelivery), nextCursor: page.nextCursor };
}

export async function getWebhookDelivery(ctx: Context, actor: Actor, publicId: string): Promise<WebhookDeliveryDetail> {
  requirePermission(actor, "settings.read");
  const row = await existingDelivery(ctx, publicId);
  return toDeliveryDetail(row, await listAttempts(ctx.db, row.delivery_id));
}

export async function existing(ctx: Context, endpointId: string): Promise<EndpointHealthRow> {
  const row = await findEndpoint(ctx.db, endpointId);
  if (row === undefined) throw notFound("webhook", endpointId);
  return row;
}

export async function existingDelivery(ctx: Context, publicId: string): Promise<DeliveryRow> {
  const id = parsePublicNumber("whd", publicId);
  const row = id === undefined ? undefined : await findDelivery(ctx.db, id);
  if (row === undefined) throw notFound("delivery", publicId);
  return row;
}

/** @throws Refusal address_refused for an address that may not be called */
function hostOf(url: string, policy: AddressPolicy): string {
  const problem = urlProblem(url, policy);
  if (problem === undefined) return new URL(url).host;
  throw new Refusal("address_refused", `This address cannot be an endpoint: ${problem}`, [
    {
      field: "url",
      value: url,
      message: problem,
      hint: "a public address, or a host that WEBHOOK_PRIVATE_HOSTS names",
    },
  ]);
}

export async function record(
  tx: Context,
  actor: Actor,
  action: string,
  endpointId: string,
  before: Record<string, unknown> | undefined,
  after: Record<string, unknown>,
): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "webhook", subjectId: endpointId, before, after });
}

function auditView(row: EndpointRow): Record<string, unknown> {
  const { url, name, types, program_ids, status } = row;
  return { url, name, types, program_ids, status };
}
