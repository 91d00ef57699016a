import type { NewPayoutSource, PayoutLimits, PayoutSource } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type BankDetail, checkBankDetail, PAYMENT_FORMATS } from "../banking/index.ts";
import { type Context, transact } from "../database/index.ts";
import { isTimeZone } from "../kernel/period.ts";
import { type Complaint, Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import type { Vault } from "./contracts.ts";
import type { Sealed } from "./source-secrets.ts";
import * as store from "./store/sources.ts";
import { accountText } from "./surroundings.ts";

/** What each provider's connection has to be given; the rest is optional. */
const CREDENTIALS: Readonly<
  Record<string, { readonly needed: readonly string[]; readonly optional: readonly string[] }>
> = {
  paypal: { needed: ["clientId", "clientSecret"], optional: ["webhookId"] },
  wise: { needed: ["token", "profileId"], optional: ["privateKey", "webhookPublicKey"] },
  payoneer: { needed: ["clientId", "clientSecret", "programId"], optional: ["webhookSecret"] },
};
/** A credential that is no secret is shown, so that a second person sees what is approved. */
const OPEN = new Set(["clientId", "profileId", "programId", "webhookId", "webhookPublicKey"]);

/** Proposes an account or a connection, or what is to become of one. In force once another person approves it. @returns the change's id */
export async function proposeSource(
  ctx: Context,
  actor: Actor,
  subjectId: string | null,
  input: NewPayoutSource,
  vault: Vault,
): Promise<string> {
  requirePermission(actor, "payouts.write", {});
  if (subjectId !== null && (await store.sourceRow(ctx.db, subjectId)) === undefined)
    throw notFound("account", subjectId);
  const sealed = sealedOf(input);
  const { account: _, credentials: __, ...told } = input;
  const shown = { ...told, shown: shownOf(input, sealed) };
  return await propose(ctx, actor, { kind: "source", subjectId, shown, sealed: vault.close(JSON.stringify(sealed)) });
}

/** Proposes up to where persons may release. @returns the change's id */
export async function proposeLimits(ctx: Context, actor: Actor, input: PayoutLimits): Promise<string> {
  requirePermission(actor, "payouts.write", {});
  const keys = input.limits.map((one) => `${one.person} ${one.currency}`);
  if (new Set(keys).size !== keys.length) throw invalid("limits", "", "names a person and currency twice");
  return await propose(ctx, actor, { kind: "limits", subjectId: null, shown: input, sealed: null });
}

async function propose(
  ctx: Context,
  actor: Actor,
  change: {
    readonly kind: "source" | "limits";
    readonly subjectId: string | null;
    readonly shown: object;
    readonly sealed: string | null;
  },
): Promise<string> {
  return await transact(ctx, async (tx) => {
    const changeId = tx.ids.next("pch");
    await store.insertChange(tx.db, {
      change_id: changeId,
      kind: change.kind,
      subject_id: change.subjectId,
      shown: JSON.stringify(change.shown),
      sealed: change.sealed,
      state: "proposed",
      proposed_by: personOf(actor),
      proposed_at: tx.clock.now(),
    });
    const after = { kind: change.kind, subjectId: change.subjectId, ...change.shown };
    await audit.record(tx, actor, {
      action: "payouts.change_proposed",
      subjectKind: "payout_change",
      subjectId: changeId,
      after,
    });
    return changeId;
  });
}

/** @throws Refusal `same_person` for whoever proposed it (declining the own proposal is allowed) */
export async function decideChange(ctx: Context, actor: Actor, id: string, approve: boolean): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await store.lockChange(tx.db, id);
    if (row === undefined) throw notFound("change", id);
    const own = row.proposed_by === personOf(actor);
    requirePermission(actor, !approve && own ? "payouts.write" : "payouts.approve", {});
    if (row.state !== "proposed") throw new Refusal("wrong_state", `This change is ${row.state}.`);
    if (approve && own) throw new Refusal("same_person", "You proposed this: somebody else has to approve it.");
    await store.updateChange(tx.db, id, {
      state: approve ? "approved" : "declined",
      decided_by: personOf(actor),
      decided_at: tx.clock.now(),
    });
    if (approve) await putInForce(tx, row);
    const action = approve ? "payouts.change_approved" : "payouts.change_declined";
    await audit.record(tx, actor, { action, subjectKind: "payout_change", subjectId: id, after: { kind: row.kind } });
  });
}

async function putInForce(tx: Context, row: store.ChangeRow): Promise<void> {
  if (row.kind === "limits") {
    const { limits } = row.shown as unknown as PayoutLimits;
    const rows = limits.map(({ person, currency, limit }) => ({ person, currency, limit_minor: BigInt(limit) }));
    return await store.replaceLimits(tx.db, rows);
  }
  const told = row.shown as unknown as NewPayoutSource & { shown: object; state?: string };
  const columns = {
    name: told.name,
    method: told.method,
    via: told.via,
    format: told.via === "file" ? told.format : null,
    currencies: told.currencies,
    countries: told.countries,
    cut_off: told.cutOff,
    time_zone: told.timeZone,
    lead_days: told.leadDays,
    arrival_days: told.arrivalDays,
    fees: JSON.stringify(told.fees),
    shown: JSON.stringify(told.shown),
    sealed: row.sealed ?? "",
    position: told.position,
  };
  if (row.subject_id !== null) return await store.updateSource(tx.db, row.subject_id, columns);
  const sourceId = tx.ids.next("psr");
  await store.insertSource(tx.db, { source_id: sourceId, ...columns, created_at: tx.clock.now() });
  await store.updateChange(tx.db, row.change_id, { subject_id: sourceId });
}

/** Checks what was entered and takes it apart into what is sealed. */
function sealedOf(input: NewPayoutSource): Sealed {
  if (!isTimeZone(input.timeZone)) throw invalid("timeZone", input.timeZone, "is no time zone", "e.g. Europe/Madrid");
  const complaints = input.via === "file" ? complaintsOfFile(input) : complaintsOfConnection(input);
  if (complaints.length > 0) throw new Refusal("invalid_input", "The account is not complete.", complaints);
  return {
    initiator: {
      name: input.initiator?.name ?? input.holder,
      ...(input.initiator?.id ? { id: input.initiator.id } : {}),
    },
    account: accountOf(input),
    credentials: input.via === "api" ? input.credentials : {},
    environment: input.environment,
    ...(Object.keys(input.options).length > 0 ? { options: input.options } : {}),
  };
}

function accountOf(input: NewPayoutSource): BankDetail {
  const [currency = ""] = input.currencies;
  return { method: input.method, country: input.country ?? "", currency, holder: input.holder, fields: input.account };
}

function complaintsOfFile(input: NewPayoutSource): readonly Complaint[] {
  const complaints: Complaint[] = [];
  const formats: readonly string[] = PAYMENT_FORMATS;
  if (input.format === null || !formats.includes(input.format))
    complaints.push({ field: "format", value: input.format ?? "", message: "is no format", hint: formats.join(", ") });
  // Mass-payment files of a provider name no account of ours.
  if (input.method !== "bank") return complaints;
  const verdict = checkBankDetail(accountOf(input));
  if (!verdict.ok)
    complaints.push(
      ...verdict.complaints.map(({ field, value, message, hint }) => ({
        field: `account.${field}`,
        value,
        message,
        hint,
      })),
    );
  return complaints;
}

function complaintsOfConnection(input: NewPayoutSource): readonly Complaint[] {
  const known = CREDENTIALS[input.method];
  if (known === undefined)
    return [{ field: "method", value: input.method, message: "has no API here", hint: "A bank is paid by files." }];
  const names = [...known.needed, ...known.optional];
  return [
    ...known.needed
      .filter((name) => !input.credentials[name])
      .map((name) => ({ field: `credentials.${name}`, value: "", message: "is needed" })),
    ...Object.keys(input.credentials)
      .filter((name) => !names.includes(name))
      .map((name) => ({ field: `credentials.${name}`, value: "", message: "is not known", hint: names.join(", ") })),
  ];
}

function shownOf(input: NewPayoutSource, sealed: Sealed): PayoutSource["shown"] {
  const credentials = Object.entries(input.credentials).map(([name, value]) => [name, OPEN.has(name) ? value : "••••"]);
  return {
    initiator: sealed.initiator,
    holder: input.holder,
    account: input.method === "bank" ? accountText(sealed.account) : "",
    credentials: Object.fromEntries(credentials),
    environment: input.environment,
    options: input.options,
  };
}

/** Takes an account out of use: nothing more is paid from it. What is under way goes on. */
export async function closeSource(ctx: Context, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "payouts.approve", {});
  await transact(ctx, async (tx) => {
    if ((await store.sourceRow(tx.db, id)) === undefined) throw notFound("account", id);
    await store.updateSource(tx.db, id, { state: "closed" });
    await audit.record(tx, actor, { action: "payouts.source_closed", subjectKind: "payout_source", subjectId: id });
  });
}
