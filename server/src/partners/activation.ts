import { PartnerKind } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid } from "../kernel/refusals.ts";
import { moveRow, type PartnerView, readablePartner, touchOf } from "./service.ts";
import * as store from "./store/activation.ts";
import { partnerWire } from "./wire.ts";

/** Activation of partners of a kind (`*`: of every kind without a rule of its own) goes through this procedure. */
export interface ActivationRule {
  readonly kind: string;
  readonly procedure: string;
}

/** What proves that a launch was earned: the case that went through, and whatever its procedure wants to be found again. */
export interface LaunchProof {
  readonly caseId: string;
  readonly [more: string]: unknown;
}

/** The rule that partners of a kind become active by; undefined: whoever approves partners activates them. */
export async function activationRule(db: Db, kind: string): Promise<ActivationRule | undefined> {
  return await store.ruleOfKind(db, kind);
}

export async function activationRules(db: Db): Promise<readonly ActivationRule[]> {
  return await store.rules(db);
}

/**
 * Says which procedure launches partners of a kind.
 * @param rule.kind `*` for every kind without a rule of its own
 * @param rule.procedure null: no procedure any more
 * @throws Refusal `forbidden`, `invalid_input`
 */
export async function setActivationRule(
  ctx: Context,
  actor: Actor,
  rule: { readonly kind: string; readonly procedure: string | null },
): Promise<void> {
  requirePermission(actor, "settings.write", {});
  if (rule.kind !== "*" && !PartnerKind.safeParse(rule.kind).success)
    throw invalid("kind", rule.kind, "is no kind of partner");
  await transact(ctx, async (tx) => {
    const before = (await store.rules(tx.db)).find((one) => one.kind === rule.kind)?.procedure ?? null;
    if (before === rule.procedure) return;
    if (rule.procedure === null) await store.dropRule(tx.db, rule.kind);
    else await store.putRule(tx.db, rule.kind, rule.procedure, personOf(actor), tx.clock.now());
    await audit.record(tx, actor, {
      action: "partners.activation_rule_changed",
      subjectKind: "activation_rule",
      subjectId: rule.kind,
      before: { procedure: before },
      after: { procedure: rule.procedure },
    });
  });
}

/**
 * Makes a partner active at the end of its procedure. Only the onboarding room calls this: it has asked the procedure whether every gate is open.
 * @throws Refusal `not_found`, `forbidden`, `wrong_state`, `fields_missing`
 */
export async function launchPartner(
  ctx: Context,
  actor: Actor,
  launch: { readonly partnerId: string; readonly proof: LaunchProof },
): Promise<PartnerView> {
  const { partnerId, proof } = launch;
  if (proof.caseId === "") throw new Refusal("partner_not_launched", "A launch names the case that it stands on.");
  return await transact(ctx, async (tx) => {
    const row = await readablePartner(tx, actor, partnerId);
    requirePermission(actor, "partners.approve", touchOf(row));
    await store.insertLaunch(tx.db, partnerId, personOf(actor), tx.clock.now(), proof);
    const saved = await moveRow(tx, actor, row, { revision: row.revision, status: "active", reason: "" }, proof);
    return partnerWire(saved, false);
  });
}

/**
 * Ends or pauses a partner by a closing that showed what it means. Only the onboarding room calls this.
 * @throws Refusal `not_found`, `forbidden`, `wrong_state`, `conflict`
 */
export async function closePartner(
  ctx: Context,
  actor: Actor,
  closing: {
    readonly partnerId: string;
    readonly revision: number;
    readonly status: "paused" | "deactivated";
    readonly reason: string;
    readonly proof: { readonly closingId: string };
  },
): Promise<PartnerView> {
  const { partnerId, proof, ...move } = closing;
  return await transact(ctx, async (tx) => {
    const row = await readablePartner(tx, actor, partnerId);
    requirePermission(actor, "partners.write", touchOf(row));
    return partnerWire(await moveRow(tx, actor, row, move, proof), false);
  });
}
