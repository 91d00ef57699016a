import type {
  Forecast,
  ForecastQuery,
  Lead,
  LeadBoard,
  LeadBoardQuery,
  LeadChange,
  LeadDetail,
  LeadQuery,
} from "@tributary/contract";
import { type Actor, reach, requirePermission, type Touch } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { partnersByIds } from "../partners/index.ts";
import { textIn } from "./core/answers.ts";
import { keysOf } from "./keys.ts";
import { forecastRows, targetsOf } from "./store/forecast.ts";
import { definitionOf } from "./store/forms.ts";
import * as store from "./store/leads.ts";
import * as likenesses from "./store/likenesses.ts";
import { type StageRow, stageRows } from "./store/settings.ts";
import { checkReferences } from "./take.ts";
import { leadWire, likenessWire, stageWire } from "./wire.ts";

export async function stagesById(ctx: Context): Promise<ReadonlyMap<string, StageRow>> {
  return new Map((await stageRows(ctx.db)).map((row) => [row.stage_id, row]));
}

export function touchOf(row: store.LeadRow): Touch {
  return { regionId: row.region_id, programId: row.program_id, ownerUserId: row.owner_user_id };
}

export async function listLeads(ctx: Context, actor: Actor, query: LeadQuery): Promise<Page<Lead>> {
  const now = ctx.clock.now();
  const [page, stages] = await Promise.all([
    store.leadPage(ctx.db, reach(actor, "pipeline.read"), query, query.sort, now, query),
    stagesById(ctx),
  ]);
  return { rows: page.rows.map((row) => leadWire(row, stages, now)), nextCursor: page.nextCursor };
}

/** The lead, if this actor may read it. */
export async function readableLead(ctx: Context, actor: Actor, id: string, hold = false): Promise<store.LeadRow> {
  const row = hold ? await store.lockedLead(ctx.db, id) : await store.leadRow(ctx.db, id);
  const within = reach(actor, "pipeline.read");
  const seen =
    row !== undefined &&
    (within.everything ||
      within.regionIds.includes(row.region_id ?? "") ||
      within.programIds.includes(row.program_id ?? "") ||
      within.ownerUserIds.includes(row.owner_user_id ?? ""));
  if (!seen) throw notFound("lead", id);
  return row;
}

/** What leads are called, as far as this actor may see them. */
export async function leadNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const rows = await store.leadsWithin(ctx.db, reach(actor, "pipeline.read"), ids);
  return rows.map((row) => ({ id: row.lead_id, name: row.name }));
}

export async function writableLead(tx: TxContext, actor: Actor, id: string): Promise<store.LeadRow> {
  const row = await readableLead(tx, actor, id, true);
  requirePermission(actor, "pipeline.write", touchOf(row));
  return row;
}

export async function getLead(ctx: Context, actor: Actor, id: string): Promise<LeadDetail> {
  const row = await readableLead(ctx, actor, id);
  const [stages, likes, moves, answers] = await Promise.all([
    stagesById(ctx),
    likenesses.likenessesOf(ctx.db, id),
    store.movesOf(ctx.db, id),
    answersOf(ctx, row),
  ]);
  const names = await namesOf(ctx, likes);
  return {
    ...leadWire(row, stages, ctx.clock.now()),
    sourceWords: row.source_words as unknown as LeadDetail["sourceWords"],
    routingWords: row.routing_words as unknown as LeadDetail["routingWords"],
    answers,
    likenesses: likes.map((one) => likenessWire(one, names.get(one.other_id) ?? one.other_id)),
    moves: moves.map((one) => ({ from: one.from_stage, to: one.to_stage, at: one.at.toISOString(), by: one.by_name })),
  };
}

async function namesOf(ctx: Context, likes: readonly likenesses.LikenessRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = (kind: string) => likes.filter((one) => one.other_kind === kind).map((one) => one.other_id);
  const [leads, partners] = await Promise.all([
    store.leadRows(ctx.db, ids("lead")),
    partnersByIds(ctx.db, ids("partner")),
  ]);
  return new Map([
    ...leads.map((one) => [one.lead_id, one.name] as const),
    ...partners.map((one) => [one.partnerId, one.name] as const),
  ]);
}

/** Answers beside the questions that were asked then, in the lead's language. */
async function answersOf(ctx: Context, row: store.LeadRow): Promise<LeadDetail["answers"]> {
  const given = row.answers as Readonly<Record<string, string>>;
  const asked = row.form_id === null ? undefined : await definitionOf(ctx.db, row.form_id, row.form_version ?? 0);
  const questions = new Map(asked?.questions.map((one) => [one.id, one]));
  return Object.entries(given).map(([id, answer]) => {
    const question = questions.get(id);
    return { question: question === undefined ? id : textIn(question.label, row.language), answer };
  });
}

export async function changeLead(ctx: Context, actor: Actor, id: string, change: LeadChange): Promise<LeadDetail> {
  await transact(ctx, async (tx) => {
    const row = await writableLead(tx, actor, id);
    if (row.status === "merged") throw new Refusal("wrong_state", "This lead was merged: change the one it leads to.");
    await checkReferences(tx, change);
    const after = { ...changedColumns(change), updated_at: tx.clock.now() };
    requirePermission(actor, "pipeline.write", touchOf({ ...row, ...after } as store.LeadRow));
    const saved = await store.updateLead(tx.db, id, change.revision, {
      ...after,
      ...keyColumns({ ...row, ...after } as store.LeadRow),
    });
    if (saved === undefined) throw changedMeanwhile("lead", change.revision);
    const told = Object.keys(change).filter((name) => name !== "revision");
    const stages = await stagesById(tx);
    const [before, now] = [leadWire(row, stages, tx.clock.now()), leadWire(saved, stages, tx.clock.now())];
    await audit.record(tx, actor, {
      action: "pipeline.lead_changed",
      subjectKind: "lead",
      subjectId: id,
      before: only(before, told),
      after: only(now, told),
    });
  });
  return await getLead(ctx, actor, id);
}

function only(lead: Lead, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(lead).filter(([name]) => fields.includes(name)));
}

const COLUMNS = {
  name: "name",
  contactName: "contact_name",
  email: "email",
  phone: "phone",
  website: "website",
  kind: "kind",
  vertical: "vertical",
  country: "country",
  language: "language",
  regionId: "region_id",
  programId: "program_id",
  expectedFtds: "expected_ftds",
  nextStep: "next_step",
  nextStepOn: "next_step_on",
  note: "note",
  tags: "tags",
  ownerUserId: "owner_user_id",
  source: "source",
} as const;

function changedColumns(change: LeadChange) {
  const columns: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS)) {
    const value = change[name as keyof typeof COLUMNS];
    if (value !== undefined) columns[column] = value;
  }
  if (change.handles !== undefined) columns.handles = JSON.stringify(change.handles);
  if (change.expectedMonth !== undefined)
    columns.expected_month = change.expectedMonth === null ? null : `${change.expectedMonth}-01`;
  if (change.expectedRevenue !== undefined) {
    columns.expected_minor = change.expectedRevenue === null ? null : BigInt(change.expectedRevenue.minor);
    columns.expected_currency = change.expectedRevenue?.currency ?? null;
  }
  if (change.ownerUserId !== undefined)
    columns.routing_words = JSON.stringify([{ code: "by_hand", values: { user: change.ownerUserId ?? "" } }]);
  if (change.source !== undefined) columns.source_words = JSON.stringify([{ code: "source_by_hand", values: {} }]);
  return columns;
}

function keyColumns(row: store.LeadRow) {
  const handles = typeof row.handles === "string" ? JSON.parse(row.handles) : row.handles;
  const keys = keysOf({ ...row, handles });
  return {
    name_key: keys.name,
    email_key: keys.email,
    domain_key: keys.domain,
    host_key: keys.host,
    phone_key: keys.phone,
    handle_keys: [...keys.handles],
  };
}

/** The board: every open stage with its newest leads, and the sums of all of them. */
export async function leadBoard(ctx: Context, actor: Actor, query: LeadBoardQuery): Promise<LeadBoard> {
  const within = reach(actor, "pipeline.read");
  const now = ctx.clock.now();
  const [rows, sums] = await Promise.all([stageRows(ctx.db), store.stageSums(ctx.db, within, query, now)]);
  const stages = new Map(rows.map((row) => [row.stage_id, row]));
  const known = new Map(sums.map((one) => [one.stage_id, one]));
  const shown = rows.filter((row) => row.outcome === null && (row.active || known.has(row.stage_id)));
  const columns = await Promise.all(
    shown.map(async (stage) => {
      const filter = { ...query, status: ["open"], stageId: [stage.stage_id] };
      const page = await store.leadPage(ctx.db, within, filter, "-createdAt", now, { limit: query.limit });
      const sum = known.get(stage.stage_id);
      return {
        stage: stageWire(stage),
        count: sum?.leads ?? 0,
        expectedFtds: sum?.ftds ?? 0,
        leads: page.rows.map((row) => leadWire(row, stages, now)),
      };
    }),
  );
  return { columns };
}

/** Expected of all open leads, and weighted by the probability of their stage. */
export async function forecast(ctx: Context, actor: Actor, query: ForecastQuery): Promise<Forecast> {
  const rows = await forecastRows(ctx.db, reach(actor, "pipeline.read"), query, ctx.clock.now());
  const targets =
    query.by === "month"
      ? await targetsOf(ctx.db, "")
      : query.by === "owner"
        ? await targetsOf(ctx.db, null)
        : new Map();
  const keys = [...new Set(rows.map((row) => row.key))];
  return {
    by: query.by,
    rows: keys.map((key) => {
      const parts = rows.filter((row) => row.key === key);
      const money = (pick: (row: (typeof parts)[number]) => bigint) =>
        parts.flatMap((row) =>
          row.currency === null ? [] : [{ minor: pick(row).toString(), currency: row.currency }],
        );
      return {
        key,
        leads: parts.reduce((sum, row) => sum + row.leads, 0),
        ftds: parts.reduce((sum, row) => sum + row.ftds, 0),
        weightedFtds: (parts.reduce((sum, row) => sum + row.weighted_percent, 0) / 100).toFixed(1),
        revenue: money((row) => row.minor),
        weightedRevenue: money((row) => row.weighted_minor),
        target: targets.get(key) ?? null,
      };
    }),
  };
}
