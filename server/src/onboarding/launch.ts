import {
  type Launch,
  type LaunchCap,
  type LaunchGate,
  type LaunchQuery,
  type NewLaunch,
  NewLaunch as NewLaunchSchema,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, isWithin, personOf, requirePermission, systemActor } from "../access/index.ts";
import { pairsOfPartners } from "../agreements/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { activationRule, launchPartner, partnerById, partnerTouch, reachOf } from "../partners/index.ts";
import { type AskedAgain, askAgain } from "../procedures/index.ts";
import { changeCap, createCap, getCap } from "../tracking/index.ts";
import type { OnboardingNeeds } from "./contracts.ts";
import { LAUNCHED, launchGates } from "./gates.ts";
import { insertLaunch, type LaunchRow, launchPage, launchRow, raiseLaunch } from "./store/launches.ts";
import { launchWire } from "./wire.ts";

type Input = z.output<typeof NewLaunchSchema>;

/**
 * Makes a partner active. Every condition up to the launch is asked again here, in the transaction that makes it active: what was seen on a
 * screen, in an old look at the case or in another request counts for nothing. Caps of a soft launch are set in the same transaction.
 * @throws Refusal `forbidden`, `not_found`, `wrong_state`, `gates_shut` (one complaint for each condition that does not hold)
 */
export async function launch(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  given: NewLaunch,
  needs: OnboardingNeeds,
): Promise<Launch> {
  const input = NewLaunchSchema.parse(given);
  requirePerson(actor, "launched");
  requirePermission(actor, "partners.approve", await partnerTouch(ctx, partnerId));
  const today = dayOf(ctx.clock.now(), "UTC");
  if (input.endsOn !== null && input.endsOn <= today)
    throw invalid("endsOn", input.endsOn, "is over", "Name a day that is still to come.");
  return await transact(ctx, async (tx) => {
    const asked = await askAgain(tx, needs, input.caseId, { before: LAUNCHED });
    if (asked.subject.kind !== "partner" || asked.subject.id !== partnerId)
      throw new Refusal("gates_shut", "This case is about somebody else: nothing that it proved counts here.", [
        { field: "caseId", value: input.caseId, message: "is the case of another partner" },
      ]);
    if (asked.status !== "running")
      throw new Refusal("wrong_state", `The case is ${asked.status}: only one that is running launches a partner.`);
    await refusePartner(tx, partnerId, asked.procedure);
    const gates = launchGates(asked);
    refuseShut(gates);
    if (!asked.arrived)
      throw new Refusal("gates_shut", whereItIs(asked), [
        { field: asked.stage, message: asked.openTasks.join(", ") || `the case is at ${asked.stageTitle}` },
      ]);
    const { programId } = asked.subject;
    const caps = await setCaps(tx, partnerId, programId, input);
    const row = rowOf(tx, actor, { partnerId, programId, input, gates, caps });
    await insertLaunch(tx.db, row);
    await launchPartner(tx, actor, {
      partnerId,
      proof: { caseId: input.caseId, launchId: row.launch_id, versionId: asked.versionId, mode: input.mode },
    });
    await record(tx, actor, row, "onboarding.launched", input.reason);
    return launchWire(row, today);
  });
}

/** @throws Refusal `gates_shut` */
function refuseShut(gates: readonly LaunchGate[]): void {
  const shut = gates.filter((gate) => !gate.holds);
  if (shut.length === 0) return;
  const sentence = shut.length === 1 ? "One condition does not hold" : `${shut.length} conditions do not hold`;
  throw new Refusal(
    "gates_shut",
    `${sentence}: ${shut.map((gate) => gate.sentence).join(" ")}`,
    shut.map((gate) => ({
      field: `${gate.stage}.${gate.key}`,
      message: gate.sentence,
      hint: gate.kind === "decision" ? "It takes a signature." : "It is asked again at every launch.",
    })),
  );
}

function whereItIs({ stageTitle, openTasks }: AskedAgain): string {
  if (openTasks.length > 0) return `The case is at ${stageTitle}, and there is work left: ${openTasks.join(", ")}.`;
  return `The case is at ${stageTitle}, not at the stage that ends with the launch.`;
}

/** Whoever is launched already is not launched twice; and a procedure of somebody's own making launches nobody whose kind goes through another one. */
async function refusePartner(tx: Context, partnerId: string, procedure: string): Promise<void> {
  const partner = await partnerById(tx.db, partnerId);
  if (partner === undefined) throw notFound("partner", partnerId);
  if (partner.status !== "onboarding")
    throw new Refusal("wrong_state", `${partner.name} is ${partner.status}: only a partner in onboarding is launched.`);
  const rule = await activationRule(tx.db, partner.kind);
  if (rule === undefined || rule.procedure === procedure) return;
  throw new Refusal("gates_shut", `Partners of this kind are launched by ${rule.procedure}, not by ${procedure}.`, [
    { field: "caseId", message: "is a case of another procedure", hint: rule.procedure },
  ]);
}

function requirePerson(actor: Actor, what: string): void {
  if (actor.kind !== "user")
    throw new Refusal("forbidden", `A partner is ${what} by a person who signs in, not by a key or the program.`);
}

/** Each cap of the launch in the program that it names, that of the case, or every program that the partner has terms for. */
async function setCaps(tx: Context, partnerId: string, programId: string | null, input: Input) {
  if (input.mode === "full") return [];
  const working = programId === null ? await pairsOfPartners(tx.db, [partnerId]) : [{ programId }];
  const set: Launch["caps"] = [];
  for (const [index, cap] of input.caps.entries()) {
    const programs = cap.programId === null ? working.map((one) => one.programId) : [cap.programId];
    if (programs.length === 0)
      throw invalid(`caps.${index}.programId`, "", "is needed", "The partner has terms for no program yet.");
    for (const program of programs)
      set.push({ ...cap, programId: program, capId: await setCap(tx, partnerId, program, cap) });
  }
  return set;
}

/** @returns its id */
async function setCap(tx: Context, partnerId: string, programId: string, cap: LaunchCap): Promise<string> {
  const made = await createCap(tx, CAPS, {
    programId,
    partnerId,
    name: `Soft launch: ${cap.eventType ?? cap.metric} per ${cap.period}`,
    metric: cap.metric,
    eventType: cap.eventType,
    limit: cap.limit,
    period: cap.period,
    overflow: cap.metric === "clicks" ? { kind: "fallback" } : { kind: "pend" },
  });
  return made.id;
}

/** Whoever may launch may not set caps at large: those of a launch are the launch's own, whose trail names the person. */
const CAPS = systemActor("onboarding");

function rowOf(
  tx: Context,
  actor: Actor,
  made: {
    readonly partnerId: string;
    readonly programId: string | null;
    readonly input: Input;
    readonly gates: readonly LaunchGate[];
    readonly caps: Launch["caps"];
  },
): LaunchRow {
  const { input } = made;
  return {
    // biome-ignore format: one row
    launch_id: tx.ids.next("lnc"),
    partner_id: made.partnerId,
    program_id: made.programId,
    case_id: input.caseId,
    mode: input.mode,
    state: input.mode,
    gates: made.gates,
    caps: made.caps,
    criteria: input.mode === "soft" ? input.criteria : "",
    ends_on: input.mode === "soft" ? input.endsOn : null,
    reason: input.reason,
    launched_by: personOf(actor),
    launched_name: actor.name,
    launched_at: tx.clock.now(),
    raised_by: null,
    raised_name: null,
    raised_at: null,
    raised_reason: "",
    revision: 1,
  };
}

/**
 * Lifts the caps of a soft launch: a decision of its own, by somebody else than who launched.
 * @throws Refusal `same_person`, `wrong_state`, `conflict`, `forbidden`, `not_found`
 */
export async function raise(
  ctx: Context,
  actor: Actor,
  id: string,
  given: { readonly revision: number; readonly reason: string },
): Promise<Launch> {
  requirePerson(actor, "launched fully");
  return await transact(ctx, async (tx) => {
    const row = await readable(tx, actor, id, true);
    requirePermission(actor, "partners.approve", await partnerTouch(tx, row.partner_id));
    if (row.state !== "soft") throw new Refusal("wrong_state", "This launch is not a soft one any more.");
    if (row.revision !== given.revision) throw changedMeanwhile("launch", given.revision);
    if (row.launched_by === personOf(actor))
      throw new Refusal("same_person", "You launched this partner: somebody else lifts its caps.");
    const partner = await partnerById(tx.db, row.partner_id);
    if (partner?.status !== "active")
      throw new Refusal("wrong_state", `The partner is ${partner?.status ?? "gone"}: there is nothing to lift.`);
    for (const cap of row.caps) {
      const found = await getCap(tx, CAPS, cap.capId);
      if (found.status !== "archived")
        await changeCap(tx, CAPS, cap.capId, { revision: found.revision, status: "archived" });
    }
    const by = { id: personOf(actor), name: actor.name, at: tx.clock.now(), reason: given.reason };
    const saved = await raiseLaunch(tx.db, row, by);
    await record(tx, actor, saved, "onboarding.launch_raised", given.reason);
    return launchWire(saved, dayOf(tx.clock.now(), "UTC"));
  });
}

async function readable(ctx: Context, actor: Actor, id: string, lock = false): Promise<LaunchRow> {
  const row = await launchRow(ctx.db, id, lock);
  const within = await reachOf(ctx, actor, "partners.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id, programId: row.program_id }))
    throw notFound("launch", id);
  return row;
}

export async function listLaunches(ctx: Context, actor: Actor, query: LaunchQuery): Promise<Page<Launch>> {
  const page = await launchPage(ctx.db, await reachOf(ctx, actor, "partners.read"), query);
  const today = dayOf(ctx.clock.now(), "UTC");
  return { rows: page.rows.map((row) => launchWire(row, today)), nextCursor: page.nextCursor };
}

async function record(tx: Context, actor: Actor, row: LaunchRow, action: string, reason: string): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "partner",
    subjectId: row.partner_id,
    partnerId: row.partner_id,
    reason,
    after: { launchId: row.launch_id, caseId: row.case_id, mode: row.mode, caps: row.caps, endsOn: row.ends_on },
  });
}
