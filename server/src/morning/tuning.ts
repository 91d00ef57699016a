import {
  MORNING_KINDS,
  type MorningKind,
  type MorningTuning,
  type MorningTuningChange,
  MorningTuningChange as MorningTuningChangeSchema,
  type MorningTuningPreview,
} from "@tributary/contract";
import { type Actor, can, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { changedMeanwhile } from "../kernel/refusals.ts";
import type { Facts } from "./core/draft.ts";
import { KINDS } from "./core/kinds.ts";
import { learntFactor } from "./core/rank.ts";
import { sayItem } from "./core/words.ts";
import { queueOf } from "./queue.ts";
import * as store from "./store/items.ts";
import { operatorTuning, weightsOf, wholeUnits } from "./weights.ts";

export async function getTuning(ctx: Context, actor: Actor): Promise<MorningTuning> {
  const me = personOf(actor);
  const [operator, personal, learnt] = await Promise.all([
    operatorTuning(ctx.db),
    store.tuningOf(ctx.db, me),
    store.learntOf(ctx.db, me),
  ]);
  return {
    operator: {
      weights: operator.weights,
      ftdWorth: { minor: String(operator.ftdMinor), currency: operator.currency },
      revision: operator.revision,
      mayChange: can(actor, "settings.write", {}),
    },
    personal: { weights: personal.weights, revision: personal.revision },
    learnt: learnt.map((row) => ({
      kind: row.kind as MorningKind,
      done: row.done,
      notUseful: row.not_useful,
      factor: learntFactor(row.done, row.not_useful),
    })),
    chances: MORNING_KINDS.map((kind) => ({ kind, ...KINDS[kind] })),
  };
}

/** @throws Refusal conflict, forbidden (the operator's weights are a setting) */
export async function changeTuning(ctx: Context, actor: Actor, given: MorningTuningChange): Promise<MorningTuning> {
  const change = MorningTuningChangeSchema.parse(given);
  const ofOperator = change.of === "operator";
  if (ofOperator) requirePermission(actor, "settings.write", {});
  await transact(ctx, async (tx) => {
    const userId = ofOperator ? "" : personOf(actor);
    const before = await store.tuningOf(tx.db, userId);
    const tuning = {
      weights: change.weights as Record<string, number>,
      ftdMinor: ofOperator && change.ftdWorth ? BigInt(change.ftdWorth.minor) : before.ftdMinor,
      currency: ofOperator && change.ftdWorth ? change.ftdWorth.currency : before.currency,
      revision: change.revision,
    };
    if (!(await store.saveTuning(tx.db, userId, tuning))) throw changedMeanwhile("weights", change.revision);
    await audit.record(tx, actor, {
      action: "morning.weights_changed",
      subjectKind: "morning_weights",
      subjectId: userId === "" ? "operator" : userId,
      before: before.weights,
      after: change.weights,
    });
  });
  return await getTuning(ctx, actor);
}

/** How the order would change, before anything is kept. */
export async function previewTuning(
  ctx: Context,
  actor: Actor,
  change: MorningTuningChange,
  language: "en" | "es",
): Promise<MorningTuningPreview> {
  const weights = await weightsOf(ctx.db, personOf(actor));
  const ftdWorth =
    change.of === "operator" && change.ftdWorth
      ? wholeUnits(BigInt(change.ftdWorth.minor), change.ftdWorth.currency)
      : weights.ftdWorth;
  const changed = { ...weights, ftdWorth, [change.of]: change.weights };
  const query = { whose: "mine", state: "open", limit: 200, language } as const;
  const before = await queueOf(ctx, actor, query, weights);
  const after = await queueOf(ctx, actor, query, changed);
  const places = new Map(before.open.map((one, index) => [one.item.id, index + 1]));
  return {
    rows: after.open.slice(0, 25).map(({ item, working }, index) => ({
      id: item.id,
      title: sayItem(item.kind, item.row.facts as unknown as Facts, language).title,
      kind: item.kind,
      before: places.get(item.id) ?? null,
      after: index + 1,
      score: working.score,
    })),
  };
}
