import type { RunApproval, RunItemAnswer, RunLevel } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { LEVELS, levelAt, levelsAfter, stateAfter } from "./core/life.ts";
import { type ApprovalProblem, approvalProblem, type Needs } from "./core/matrix.ts";
import { moveTo, RUN_TASK, refuseWhileWorking, takeRun } from "./life.ts";
import type { RunNeeds } from "./needs.ts";
import { mayApproveAt, type Standing, standings } from "./people.ts";
import * as decisions from "./store/decisions.ts";
import * as items from "./store/items.ts";
import * as store from "./store/runs.ts";

/** Why an item is not approved by somebody. `elsewhere`: outside the region or the right; `closed_it`: finance never signs what it closed itself. */
export type WhyNot = ApprovalProblem | "elsewhere" | "excluded" | "not_yet" | "closed_it" | "clean_only";

/** What is asked of every item; looked up once for all of them. */
export interface Approving {
  readonly run: store.RunRow;
  readonly standingAt: ReadonlyMap<RunLevel, readonly Standing[]>;
  readonly given: ReadonlyMap<string, readonly decisions.GivenRow[]>;
  /** who closed the statements */
  readonly closers: ReadonlySet<string>;
  readonly person: string;
}

/** Looks up what {@link verdictOn} needs, for some items or for all. */
export async function approving(
  ctx: Context,
  actor: Actor,
  run: store.RunRow,
  needs: RunNeeds,
  keys: readonly items.ItemKey[] | null,
): Promise<Approving> {
  const standingAt = new Map<RunLevel, readonly Standing[]>();
  for (const level of LEVELS) standingAt.set(level, await standings(ctx, actor, level, needs));
  const course = await store.courseOf(ctx.db, run.runId);
  return {
    run,
    standingAt,
    given: Map.groupBy(
      await decisions.givenIn(ctx.db, run.runId, run.attempt, keys),
      (one) => `${one.partner_id} ${one.currency}`,
    ),
    closers: new Set(
      course.filter((one) => one.to === "validated" && one.from === "calculated").map((one) => one.person),
    ),
    person: personOf(actor),
  };
}

/** The level that an item waits for, when its turn has come: with the whole run, or by itself when it was left out before. */
export function levelOf(run: Pick<store.RunRow, "state">, item: items.JudgedRow): RunLevel | null {
  const next = LEVELS.find((level) => gotOf(item)[level] < needsOfItem(item)[level]) ?? null;
  const isLater = run.state === "finance_approved" || run.state === "paid";
  return isLater || levelAt(run.state) === next ? next : null;
}

export type Verdict = { readonly level: RunLevel; readonly actingFor: string | null } | { readonly whyNot: WhyNot };

/** May the person approve the item now, and in whose place? One's own right goes before standing in. */
export function verdictOn(item: items.JudgedRow, { run, standingAt, given, closers, person }: Approving): Verdict {
  if (item.excluded_by !== null) return { whyNot: "excluded" };
  const level = levelOf(run, item);
  if (level === null) return { whyNot: isThrough(item) ? "not_needed" : "not_yet" };
  const touch = { partnerId: item.partner_id, regionId: item.region_id, ownerUserId: item.owner_user_id };
  let whyNot: WhyNot = "elsewhere";
  for (const { actor, actingFor } of standingAt.get(level) ?? []) {
    if (!mayApproveAt(actor, level, touch)) continue;
    const isCloser = closers.has(person) || (actingFor !== null && closers.has(actingFor));
    const problem =
      level === "finance" && isCloser
        ? "closed_it"
        : approvalProblem(approvable(item, given), level, { person, actingFor });
    if (problem === null) return { level, actingFor };
    whyNot = problem;
  }
  return { whyNot };
}

function approvable(item: items.JudgedRow, given: Approving["given"]) {
  const own = given.get(`${item.partner_id} ${item.currency}`) ?? [];
  return {
    ownerUserId: item.owner_user_id,
    enteredBy: (item.entered_by as unknown as items.Entered[]).map((one) => one.userId),
    given: own.map((one) => ({ level: one.level, person: one.person, actingFor: one.acting_for })),
    needs: needsOfItem(item),
  };
}

export function needsOfItem(item: items.JudgedRow): Needs {
  return { regional: item.need_regional, central: item.need_central, finance: item.need_finance };
}

export function gotOf(item: items.JudgedRow): Needs {
  return { regional: item.got_regional, central: item.got_central, finance: item.got_finance };
}

function isThrough(item: items.JudgedRow): boolean {
  return LEVELS.every((level) => gotOf(item)[level] >= needsOfItem(item)[level]);
}

export interface ApprovalOutcome {
  readonly approved: number;
  readonly refused: readonly { readonly partnerId: string; readonly currency: string; readonly reason: WhyNot }[];
}

/**
 * Approves partners' amounts, all that are named or all that are clean and one's own to approve. What somebody may not approve is told and left. The
 * last approval of a level moves the run on; the last of finance has its statements released for payment.
 * @throws Refusal `same_person` or `forbidden` when of those that were named none may be approved
 */
export async function approveItems(
  ctx: Context,
  actor: Actor,
  runId: string,
  input: RunApproval,
  needs: RunNeeds,
): Promise<ApprovalOutcome> {
  requirePermission(actor, "runs.read");
  return await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, input.revision);
    refuseWhileWorking(run);
    const asked = await items.itemsOf(tx.db, run.runId, run.attempt, input.items ?? null);
    const around = await approving(tx, actor, run, needs, input.items ?? null);
    const { good, refused } = sift(asked, around, input.items === undefined || input.clean);
    const [first] = refused;
    if (good.size === 0 && input.items !== undefined && first !== undefined) throw refusalOf(first.reason);
    const by = { person: personOf(actor), comment: input.comment, at: tx.clock.now() };
    for (const [level, approvals] of good) await decisions.insertApprovals(tx.db, run, level, approvals, by);
    const approved = [...good.values()].flat();
    if (approved.length > 0) {
      await recordApprovals(tx, actor, run, good, input.comment);
      await goOnByApprovals(tx, actor, run, approved.find((one) => one.actingFor !== null)?.actingFor ?? null);
    }
    return { approved: approved.length, refused: input.items === undefined ? [] : refused };
  });
}

function sift(asked: readonly items.ItemRow[], around: Approving, cleanOnly: boolean) {
  const good = new Map<RunLevel, decisions.NewApproval[]>();
  const refused: { partnerId: string; currency: string; reason: WhyNot }[] = [];
  for (const item of asked) {
    const key = { partnerId: item.partner_id, currency: item.currency };
    const verdict = cleanOnly && item.is_exception ? { whyNot: "clean_only" as const } : verdictOn(item, around);
    if ("whyNot" in verdict) refused.push({ ...key, reason: verdict.whyNot });
    else {
      const approvals = good.get(verdict.level) ?? [];
      approvals.push({ ...key, actingFor: verdict.actingFor, figuresHash: item.figures_hash });
      good.set(verdict.level, approvals);
    }
  }
  return { good, refused };
}

const WORDS: Readonly<Record<WhyNot, string>> = {
  owner: "You look after this partner: somebody else has to approve it.",
  entered: "You entered something that this amount rests on: somebody else has to approve it.",
  approved_already: "You approved it already: another level needs another person.",
  closed_it: "You closed these statements: somebody else has to sign for finance.",
  not_needed: "Nothing is needed any more.",
  not_yet: "Another level comes first.",
  elsewhere: "This is not yours to approve.",
  excluded: "It is left out of the run.",
  clean_only: "It has a warning: open it before you approve it.",
};

function refusalOf(reason: WhyNot): Refusal {
  const isPerson =
    reason === "owner" || reason === "entered" || reason === "approved_already" || reason === "closed_it";
  return new Refusal(isPerson ? "same_person" : reason === "elsewhere" ? "forbidden" : "wrong_state", WORDS[reason]);
}

async function recordApprovals(
  tx: TxContext,
  actor: Actor,
  run: store.RunRow,
  good: ReadonlyMap<RunLevel, readonly decisions.NewApproval[]>,
  comment: string,
): Promise<void> {
  const all = [...good].flatMap(([level, approvals]) => approvals.map((one) => ({ level, ...one })));
  for (let start = 0; start < all.length; start += NOTED_AT_ONCE)
    await audit.recordMany(
      tx,
      actor,
      all.slice(start, start + NOTED_AT_ONCE).map(({ level, partnerId, currency, actingFor, figuresHash }) => ({
        action: "runs.approved",
        subjectKind: "run",
        subjectId: run.runId,
        partnerId,
        after: { level, currency, figuresHash, ...(actingFor === null ? {} : { actingFor }) },
        ...(comment === "" ? {} : { reason: comment }),
      })),
    );
}

/** A statement of the database has so many parameters at most. */
const NOTED_AT_ONCE = 1_000;

/** Every level that nothing waits for any more is passed; the last one starts the release. */
async function goOnByApprovals(
  tx: TxContext,
  actor: Actor,
  seen: store.RunRow,
  actingFor: string | null,
): Promise<void> {
  let run = seen;
  for (let level = levelAt(run.state); level !== null && level !== "finance"; level = levelAt(run.state)) {
    if ((await items.waitingAt(tx.db, run.runId, run.attempt, level)) > 0) return await touched(tx, run);
    const to = stateAfter(level);
    await moveTo(tx, actor, run, to, "");
    run = { ...run, state: to };
  }
  const isFinance = levelAt(run.state) === "finance";
  const waiting = isFinance ? await items.waitingAt(tx.db, run.runId, run.attempt, "finance") : 0;
  const ready = await items.toRelease(tx.db, run.runId, run.attempt, 1);
  if (waiting > 0 || (!isFinance && ready.length === 0)) return await touched(tx, run);
  const progress: store.WorkProgress = { done: 0, of: 0, what: "release", cursor: "", until: "finance_approved" };
  await store.updateRun(tx.db, run.runId, {
    working: "release",
    asked_by: personOf(actor),
    asked_for: actingFor,
    comment: "",
    trouble: null,
    progress: JSON.stringify(progress),
  });
  await announce(tx, RUN_TASK, { runId: run.runId });
}

/** Whoever has the run open sees that something changed. */
async function touched(tx: TxContext, run: store.RunRow): Promise<void> {
  await store.updateRun(tx.db, run.runId, {});
}

/** After a run was validated or partners were left out: levels that nobody has to sign are passed at once. */
export async function passEmptyLevels(tx: TxContext, actor: Actor, run: store.RunRow): Promise<void> {
  const level = levelAt(run.state);
  if (level === null) return;
  await goOnByApprovals(tx, actor, run, null);
}

/**
 * Sends partners back with a comment (their approvals fall, and the run waits for them again), leaves them out of this run's payment, or takes them in
 * again. Statements that are closed stay closed.
 * @throws Refusal `wrong_state` when one is released already, or the run is not at its approvals
 */
export async function answerItems(ctx: Context, actor: Actor, runId: string, input: RunItemAnswer): Promise<void> {
  await transact(ctx, async (tx) => {
    const run = await takeRun(tx, runId, input.revision);
    refuseWhileWorking(run);
    const rows = await items.itemsOf(tx.db, run.runId, run.attempt, input.items);
    if (rows.length !== new Set(input.items.map((one) => `${one.partnerId} ${one.currency}`)).size)
      throw new Refusal("not_found", "A partner that you named is not in this run.");
    for (const item of rows) requireSay(actor, item);
    if (rows.some((one) => one.released))
      throw new Refusal("wrong_state", "What is released for payment is not taken back here.");
    const isBefore = run.state === "calculated" || levelAt(run.state) !== null;
    const isLater = run.state === "finance_approved" || run.state === "paid";
    if (!isBefore && !(isLater && input.decision !== "send_back"))
      throw new Refusal("wrong_state", `A run that is ${run.state} takes no such word.`);
    const keys = rows.map((one) => ({
      partnerId: one.partner_id,
      currency: one.currency,
      figuresHash: one.figures_hash,
    }));
    await decisions.dropApprovals(tx.db, run, keys);
    await decisions.insertAnswers(tx.db, run, input.decision, keys, {
      person: personOf(actor),
      comment: input.comment,
      at: tx.clock.now(),
    });
    await audit.recordMany(
      tx,
      actor,
      keys.map(({ partnerId, currency }) => ({
        action: `runs.${ACTIONS[input.decision]}`,
        subjectKind: "run",
        subjectId: run.runId,
        partnerId,
        after: { currency },
        reason: input.comment,
      })),
    );
    await settleState(tx, actor, run, rows, input);
  });
}

const ACTIONS = { send_back: "sent_back", exclude: "left_out", include: "taken_in" } as const;

/** The run waits where the partners do that are in it again; leaving out the last one that waited moves it on. */
async function settleState(
  tx: TxContext,
  actor: Actor,
  run: store.RunRow,
  rows: readonly items.ItemRow[],
  input: RunItemAnswer,
): Promise<void> {
  const isAtApprovals = levelAt(run.state) !== null;
  if (!isAtApprovals) return await touched(tx, run);
  if (input.decision === "exclude") return await goOnByApprovals(tx, actor, run, null);
  const first = LEVELS.find((level) => rows.some((one) => needsOfItem(one)[level] > 0)) ?? "finance";
  const at = levelAt(run.state) ?? "finance";
  if (LEVELS.indexOf(first) >= LEVELS.indexOf(at)) return await touched(tx, run);
  const to = first === "regional" ? "validated" : "regionally_approved";
  if (levelsAfter(to).includes(at)) await moveTo(tx, actor, run, to, input.comment);
}

/** Whoever runs it, or may approve the partner at some level, may say so. */
function requireSay(actor: Actor, item: items.ItemRow): void {
  const touch = { partnerId: item.partner_id, regionId: item.region_id, ownerUserId: item.owner_user_id };
  if (LEVELS.some((level) => mayApproveAt(actor, level, touch))) return;
  requirePermission(actor, "runs.write", {});
}
