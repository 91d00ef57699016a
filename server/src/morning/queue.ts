import type { Morning, MorningItem, MorningKind, MorningQuery } from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { reachOf } from "../partners/index.ts";
import type { Facts } from "./core/draft.ts";
import { ranked, type Working } from "./core/rank.ts";
import { type Language, sayAction, sayEvidence, sayItem } from "./core/words.ts";
import * as store from "./store/items.ts";
import { type AllWeights, wholeUnits } from "./weights.ts";

/** More than anybody does in a day; ranked are the ones that are worth most. */
const MOST = 3000;

interface Entry {
  readonly id: string;
  readonly kind: MorningKind;
  readonly worth: number;
  readonly ftds: number;
  readonly dueAt: Date | null;
  readonly row: store.ItemRow;
  readonly state: MorningItem["state"];
  readonly answer: store.AnswerRow | undefined;
  readonly handedBy: string | null;
}
export interface Placed {
  readonly item: Entry;
  readonly working: Working;
}

/** Everything that may be the asker's, ranked; open and answered apart. */
export async function queueOf(
  ctx: Context,
  actor: Actor,
  query: Pick<MorningQuery, "whose" | "kind" | "programId">,
  weights: AllWeights,
): Promise<{ readonly open: readonly Placed[]; readonly answered: readonly Placed[] }> {
  const me = personOf(actor);
  const deputyFor = (actor.deputyFor ?? []).map(({ id }) => id);
  const rows = await store.itemsOf(ctx.db, {
    owners: query.whose === "all" ? null : [me, ...deputyFor],
    me,
    permissions: [...actor.permissions],
    within: await reachOf(ctx, actor, "partners.read"),
    kinds: query.kind,
    programIds: query.programId,
    most: MOST,
  });
  const answers = await store.answersTo(
    ctx.db,
    rows.map((row) => row.key),
  );
  const byKey = Map.groupBy(answers, (one) => one.key);
  const entries = rows.map((row) => entryOf(row, byKey.get(row.key) ?? [], me, weights.currency, ctx.clock.now()));
  const now = ctx.clock.now();
  return {
    open: ranked(
      entries.filter(({ state }) => state === "open"),
      weights,
      now,
    ),
    answered: ranked(
      entries.filter(({ state }) => state !== "open"),
      weights,
      now,
    ),
  };
}

/** What was said of a thing holds for whoever said it, while it is the same thing. */
function entryOf(
  row: store.ItemRow,
  answers: readonly store.AnswerRow[],
  me: string,
  currency: string,
  now: Date,
): Entry {
  const own = answers.find((one) => one.user_id === me);
  const handed = answers.find((one) => one.answer === "hand" && one.to_user_id === me);
  return {
    id: row.item_id,
    kind: row.kind as MorningKind,
    worth: wholeUnits(row.worth_minor, currency),
    ftds: row.ftds,
    dueAt: row.due_at,
    row,
    state: stateOf(row, own, now),
    answer: own,
    handedBy: handed?.user_id ?? null,
  };
}

function stateOf(row: store.ItemRow, own: store.AnswerRow | undefined, now: Date): MorningItem["state"] {
  if (own === undefined) return "open";
  if (own.answer === "snooze") return own.until !== null && own.until > now ? "snoozed" : "open";
  if (own.answer === "hand") return "handed";
  // News about the same thing bring it back.
  return own.fingerprint === row.fingerprint ? (own.answer as "done" | "not_useful") : "open";
}

export function morningOf(
  actor: Actor,
  query: MorningQuery,
  queue: Awaited<ReturnType<typeof queueOf>>,
  weights: AllWeights,
  readAt: Date | null,
): Morning {
  const counts = Map.groupBy(queue.open, ({ item }) => item.kind);
  const worth = queue.open.reduce(
    (sum, { item }) => sum + item.row.worth_minor + BigInt(Math.round(item.ftds * Number(weights.ftdMinor))),
    0n,
  );
  const shown = query.state === "open" ? queue.open : queue.answered;
  return {
    data: shown.slice(0, query.limit).map((one) => itemWire(one, weights, query.language)),
    total: shown.length,
    counts: [...counts].map(([kind, items]) => ({ kind, count: items.length })),
    worth: { minor: String(worth), currency: weights.currency },
    readAt: readAt?.toISOString() ?? null,
    asDeputyFor: (actor.deputyFor ?? []).map(({ id, name }) => ({ id, name })),
  };
}

function itemWire({ item, working }: Placed, weights: AllWeights, language: Language): MorningItem {
  const { row, answer } = item;
  const evidence = row.evidence as unknown as { code: string; values: Facts; to: string | null }[];
  const action = row.action as unknown as { code: string; to: string };
  const { worth: _worth, ...factors } = working;
  const minor = row.worth_minor + BigInt(Math.round(item.ftds * Number(weights.ftdMinor)));
  return {
    id: item.id,
    kind: item.kind,
    partnerId: row.partner_id,
    programId: row.program_id,
    ownerUserId: row.owner_user_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    ...sayItem(item.kind, row.facts as unknown as Facts, language),
    evidence: evidence.map(({ code, values, to }) => ({ text: sayEvidence(code, values, language), to })),
    action: { label: sayAction(action.code, language), to: action.to },
    dueAt: row.due_at?.toISOString() ?? null,
    since: row.since.toISOString(),
    working: {
      ...factors,
      worth: { minor: String(minor), currency: weights.currency },
      ftds: Math.round(item.ftds * 10) / 10,
      ftdWorth: { minor: String(weights.ftdMinor), currency: weights.currency },
    },
    state: item.state,
    until: answer?.until?.toISOString() ?? null,
    handedBy: item.handedBy,
    reason: answer?.reason ?? "",
  };
}
