import type {
  LeadActivity,
  LeadActivityQuery,
  NewLeadActivity,
  NewMail,
  NewTask,
  TaskChange,
  TaskQuery,
  WorkTask,
} from "@tributary/contract";
import {
  NewLeadActivity as NewLeadActivitySchema,
  NewMail as NewMailSchema,
  NewTask as NewTaskSchema,
} from "@tributary/contract";
import { type Actor, personOf, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { getPartner, partnersByIds, partnerTouch } from "../partners/index.ts";
import type { ActivityFacts, PipelineNeeds } from "./contracts.ts";
import { nextDue } from "./core/repeats.ts";
import { readableLead, touchOf, writableLead } from "./leads.ts";
import * as store from "./store/activities.ts";
import { leadRows } from "./store/leads.ts";
import { checkReferences } from "./take.ts";

type About = { readonly leadId: string | null; readonly partnerId: string | null };

function activityWire(row: store.ActivityRow): LeadActivity {
  return {
    id: row.activity_id,
    leadId: row.lead_id,
    partnerId: row.partner_id,
    kind: row.kind as LeadActivity["kind"],
    direction: row.direction as LeadActivity["direction"],
    subject: row.subject,
    body: row.body,
    people: row.people,
    at: row.at.toISOString(),
    minutes: row.minutes,
    outcome: row.outcome,
    byName: row.by_name,
  };
}

/** What it is about has to be named, and may be read by whoever asks. */
async function checkReadable(
  ctx: Context,
  actor: Actor,
  about: { leadId?: string | null | undefined; partnerId?: string | null | undefined },
) {
  if (about.leadId) await readableLead(ctx, actor, about.leadId);
  else if (about.partnerId) await getPartner(ctx, actor, about.partnerId);
  else throw invalid("leadId", "", "or partnerId is needed", "Say which lead or partner is meant.");
}

/** @returns the lead's partner, where there is one: what is written about a won lead is about its partner, too */
async function checkWritable(tx: TxContext, actor: Actor, about: About): Promise<About> {
  if (about.leadId !== null) {
    const lead = await writableLead(tx, actor, about.leadId);
    return { leadId: about.leadId, partnerId: lead.partner_id };
  }
  if (about.partnerId === null)
    throw invalid("leadId", "", "or partnerId is needed", "Say which lead or partner is meant.");
  await getPartner(tx, actor, about.partnerId);
  requirePermission(actor, "pipeline.write", await partnerTouch(tx, about.partnerId));
  return about;
}

export async function listActivities(
  ctx: Context,
  actor: Actor,
  query: LeadActivityQuery,
): Promise<Page<LeadActivity>> {
  await checkReadable(ctx, actor, query);
  const page = await store.activityPage(ctx.db, query, query);
  return { rows: page.rows.map(activityWire), nextCursor: page.nextCursor };
}

export async function addActivity(ctx: Context, actor: Actor, given: NewLeadActivity): Promise<LeadActivity> {
  const input = NewLeadActivitySchema.parse(given);
  if (input.subject === "" && input.body === "") throw invalid("body", "", "or a subject is needed");
  return await transact(ctx, async (tx) => {
    const about = await checkWritable(tx, actor, input);
    const now = tx.clock.now();
    const row = {
      activity_id: tx.ids.next("acv"),
      lead_id: about.leadId,
      partner_id: about.partnerId,
      kind: input.kind,
      direction: input.direction,
      subject: input.subject,
      body: input.body,
      people: input.people,
      at: input.at === null ? now : new Date(input.at),
      minutes: input.minutes,
      outcome: input.outcome,
      message_id: null,
      thread: [] as string[],
      by_id: actor.id,
      by_name: actor.name,
      created_at: now,
    };
    await store.insertActivity(tx.db, row);
    await audit.record(tx, actor, {
      action: "pipeline.activity_added",
      subjectKind: about.leadId === null ? "partner" : "lead",
      subjectId: about.leadId ?? about.partnerId ?? "",
      partnerId: about.partnerId,
      after: { kind: input.kind, subject: input.subject },
    });
    return activityWire(row);
  });
}

/** Sends a mail and keeps it as what was said; what could not be sent is kept in the data folder by the shell, and told. */
export async function writeMail(
  ctx: Context,
  actor: Actor,
  given: NewMail,
  needs: PipelineNeeds,
): Promise<LeadActivity> {
  const input = NewMailSchema.parse(given);
  const about = await transact(ctx, (tx) => checkWritable(tx, actor, input));
  const host = new URL(needs.publicUrl).hostname;
  const messageId = `${Buffer.from(needs.randomBytes(18)).toString("base64url")}@${host}`;
  const sent = await needs.sendMail({
    to: input.to,
    subject: input.subject,
    text: input.text,
    messageId: `<${messageId}>`,
  });
  return await transact(ctx, async (tx) => {
    const now = tx.clock.now();
    const row = {
      activity_id: tx.ids.next("acv"),
      lead_id: about.leadId,
      partner_id: about.partnerId,
      kind: "mail",
      direction: "out",
      subject: input.subject,
      body: input.text,
      people: [input.to],
      at: now,
      minutes: null,
      outcome: sent ? "sent" : "kept",
      message_id: messageId,
      thread: [] as string[],
      by_id: actor.id,
      by_name: actor.name,
      created_at: now,
    };
    await store.insertActivity(tx.db, row);
    return activityWire(row);
  });
}

/** What was said and done with a lead or partner, the newest first: for pages of other rooms. No actor. */
export async function activitiesOf(
  ctx: Context,
  about: { readonly leadId?: string; readonly partnerId?: string },
  limit = 20,
): Promise<readonly ActivityFacts[]> {
  const { rows } = await store.activityPage(ctx.db, about, { limit });
  return rows.map((row) => ({
    activityId: row.activity_id,
    kind: row.kind,
    subject: row.subject,
    at: row.at,
    byName: row.by_name,
    leadId: row.lead_id,
    partnerId: row.partner_id,
  }));
}

async function tasksWire(ctx: Context, rows: readonly store.TaskRow[]): Promise<WorkTask[]> {
  const [leads, partners] = await Promise.all([
    leadRows(ctx.db, [...new Set(rows.flatMap((row) => row.lead_id ?? []))]),
    partnersByIds(ctx.db, [...new Set(rows.flatMap((row) => row.partner_id ?? []))]),
  ]);
  const names = new Map([
    ...leads.map((one) => [one.lead_id, one.name] as const),
    ...partners.map((one) => [one.partnerId, one.name] as const),
  ]);
  const now = ctx.clock.now();
  return rows.map((row) => ({
    id: row.task_id,
    leadId: row.lead_id,
    partnerId: row.partner_id,
    aboutName: names.get(row.partner_id ?? "") ?? names.get(row.lead_id ?? "") ?? "",
    title: row.title,
    note: row.note,
    ownerUserId: row.owner_user_id,
    dueAt: row.due_at.toISOString(),
    remindAt: row.remind_at?.toISOString() ?? null,
    repeats: row.repeats as WorkTask["repeats"],
    state: row.state as WorkTask["state"],
    late: row.state === "open" && row.due_at < now,
    doneAt: row.done_at?.toISOString() ?? null,
    revision: row.revision,
  }));
}

export async function listTasks(ctx: Context, actor: Actor, query: TaskQuery): Promise<Page<WorkTask>> {
  if (query.leadId !== undefined || query.partnerId !== undefined) await checkReadable(ctx, actor, query);
  const page = await store.taskPage(ctx.db, query, reach(actor, "pipeline.read"), personOf(actor), query);
  return { rows: await tasksWire(ctx, page.rows), nextCursor: page.nextCursor };
}

export async function addTask(ctx: Context, actor: Actor, given: NewTask): Promise<WorkTask> {
  const input = NewTaskSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const about = input.leadId === null && input.partnerId === null ? input : await checkWritable(tx, actor, input);
    if (input.ownerUserId !== null) await checkReferences(tx, { ownerUserId: input.ownerUserId });
    const id = tx.ids.next("tsk");
    await store.insertTask(tx.db, {
      task_id: id,
      lead_id: about.leadId,
      partner_id: about.partnerId,
      title: input.title,
      note: input.note,
      owner_user_id: input.ownerUserId ?? personOf(actor),
      due_at: new Date(input.dueAt),
      remind_at: input.remindAt === null ? null : new Date(input.remindAt),
      repeats: input.repeats,
      state: "open",
      created_by: actor.id,
      created_at: tx.clock.now(),
    });
    await audit.record(tx, actor, { action: "pipeline.task_added", subjectKind: "task", subjectId: id, after: input });
    return await oneTask(tx, id);
  });
}

async function oneTask(ctx: Context, id: string): Promise<WorkTask> {
  const row = await store.taskRow(ctx.db, id);
  const [task] = row === undefined ? [] : await tasksWire(ctx, [row]);
  if (task === undefined) throw notFound("task", id);
  return task;
}

/** Changes a task. One that repeats and is done makes the next one, in the same transaction. */
export async function changeTask(ctx: Context, actor: Actor, id: string, change: TaskChange): Promise<WorkTask> {
  return await transact(ctx, async (tx) => {
    const row = await store.taskRow(tx.db, id);
    if (row === undefined) throw notFound("task", id);
    if (row.owner_user_id !== personOf(actor)) await checkTask(tx, actor, row);
    if (row.state !== "open" && change.state !== "open") throw new Refusal("wrong_state", `This task is ${row.state}.`);
    if (change.ownerUserId) await checkReferences(tx, { ownerUserId: change.ownerUserId });
    const now = tx.clock.now();
    const closes = change.state === "done" || change.state === "dropped";
    const saved = await store.updateTask(tx.db, id, change.revision, {
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.note === undefined ? {} : { note: change.note }),
      ...(change.ownerUserId === undefined ? {} : { owner_user_id: change.ownerUserId }),
      ...(change.dueAt === undefined ? {} : { due_at: new Date(change.dueAt) }),
      ...(change.remindAt === undefined
        ? {}
        : { remind_at: change.remindAt === null ? null : new Date(change.remindAt), reminded_at: null }),
      ...(change.repeats === undefined ? {} : { repeats: change.repeats }),
      ...(change.state === undefined
        ? {}
        : { state: change.state, done_at: closes ? now : null, done_by: closes ? actor.id : null }),
    });
    if (saved === undefined) throw changedMeanwhile("task", change.revision);
    if (change.state === "done" && saved.repeats !== null) await repeatTask(tx, saved);
    await audit.record(tx, actor, {
      action: "pipeline.task_changed",
      subjectKind: "task",
      subjectId: id,
      after: change,
    });
    return await oneTask(tx, id);
  });
}

async function repeatTask(tx: TxContext, row: store.TaskRow): Promise<void> {
  const due = nextDue(row.due_at, row.repeats as "day", tx.clock.now());
  const before = row.remind_at === null ? null : row.due_at.getTime() - row.remind_at.getTime();
  await store.insertTask(tx.db, {
    task_id: tx.ids.next("tsk"),
    lead_id: row.lead_id,
    partner_id: row.partner_id,
    title: row.title,
    note: row.note,
    owner_user_id: row.owner_user_id,
    due_at: due,
    remind_at: before === null ? null : new Date(due.getTime() - before),
    repeats: row.repeats,
    state: "open",
    created_by: row.created_by,
    created_at: tx.clock.now(),
  });
}

/** A task is anybody's who may write what it is about; one about nothing is its owner's. */
async function checkTask(tx: TxContext, actor: Actor, row: store.TaskRow): Promise<void> {
  const [lead] = row.lead_id === null ? [] : await leadRows(tx.db, [row.lead_id]);
  if (row.partner_id !== null) await getPartner(tx, actor, row.partner_id);
  const touch =
    row.partner_id !== null ? await partnerTouch(tx, row.partner_id) : lead === undefined ? {} : touchOf(lead);
  requirePermission(actor, "pipeline.write", touch);
}

/** Partners have another owner: the open tasks of the one before that are about them go along. */
export async function passOpenTasks(
  ctx: Context,
  partnerIds: readonly string[],
  from: string | null,
  to: string | null,
): Promise<number> {
  if (partnerIds.length === 0) return 0;
  return await transact(ctx, (tx) => store.passTasks(tx.db, partnerIds, from, to));
}
