import type { NewReportSchedule, PipelineReport, ReportSchedule } from "@tributary/contract";
import { NewReportSchedule as NewScheduleSchema } from "@tributary/contract";
import writeWorkbook from "write-excel-file/node";
import { type Actor, reach, requirePermission, userEmails, userNames, usersWithRoles } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { csvFile } from "../kernel/csv.ts";
import { addMonths, dayOf, monthOf } from "../kernel/period.ts";
import { notFound } from "../kernel/refusals.ts";
import type { PipelineNeeds } from "./contracts.ts";
import { dueReport } from "./core/cadence.ts";
import { forecastRows, targetsOf } from "./store/forecast.ts";
import * as store from "./store/reports.ts";
import { reasonRows, stageRows } from "./store/settings.ts";

const MONTHS_BACK = 6;
const MONTHS_AHEAD = 6;

/** Coverage, conversion, lost reasons and ageing. What came in counts by its day in UTC, as the whole pipeline does. */
export async function pipelineReport(
  ctx: Context,
  asked: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly programId?: string | undefined;
  },
): Promise<PipelineReport> {
  const now = ctx.clock.now();
  const month = monthOf(dayOf(now, "UTC"));
  const from = asked.from ?? addMonths(month, 1 - MONTHS_BACK).slice(0, 7);
  const to = asked.to ?? addMonths(month, 1).slice(0, 7);
  const programId = asked.programId ?? null;
  const span = { from: new Date(`${from}-01T00:00:00Z`), to: new Date(`${to}-01T00:00:00Z`), programId };
  const [byOwner, bySource, byCohort, byStage, lost, ageing, coverage] = await Promise.all([
    store.rates(ctx.db, "owner", span),
    store.rates(ctx.db, "source", span),
    store.rates(ctx.db, "cohort", span),
    store.stageRates(ctx.db, span),
    store.lostReasons(ctx.db, span),
    store.ages(ctx.db, now, programId),
    coverageFrom(ctx, month, programId),
  ]);
  return {
    from,
    to,
    coverage,
    byOwner: byOwner.map(rate),
    bySource: bySource.map(rate),
    byCohort: byCohort.map(rate).sort((a, b) => (a.key < b.key ? -1 : 1)),
    byStage: byStage.map((row) => ({
      key: row.key,
      entered: row.entered,
      left: row.left,
      lost: row.lost,
      share: shareOf(row.left, row.left + row.lost),
      medianDays: row.median_days,
      p90Days: row.p90_days,
    })),
    lostReasons: lost,
    ageing: ageing.map((row) => ({ key: row.key, open: row.open, late: row.late, oldestDays: row.oldest_days })),
  };
}

function rate(row: store.RateRow) {
  return {
    key: row.key,
    came: row.came,
    won: row.won,
    lost: row.lost,
    open: row.open,
    share: shareOf(row.won, row.won + row.lost),
    medianDays: row.median_days,
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Of the coming months: what is wanted, what open leads are expected to bring, and how much of the plan the weighted part covers. */
async function coverageFrom(
  ctx: Context,
  month: string,
  programId: string | null,
): Promise<PipelineReport["coverage"]> {
  const filter = { by: "month" as const, ...(programId === null ? {} : { programId: [programId] }) };
  const [rows, targets] = await Promise.all([
    forecastRows(ctx.db, { everything: true }, filter, ctx.clock.now()),
    targetsOf(ctx.db, ""),
  ]);
  return Array.from({ length: MONTHS_AHEAD }, (_, at) => addMonths(month, at).slice(0, 7)).map((key) => {
    const found = rows.filter((row) => row.key === key);
    const target = targets.get(key) ?? null;
    const weighted = found.reduce((sum, row) => sum + row.weighted_percent, 0) / 100;
    return {
      month: key,
      target,
      expected: found.reduce((sum, row) => sum + row.ftds, 0),
      weighted: Math.round(weighted * 10) / 10,
      share: target === null || target === 0 ? null : weighted / target,
    };
  });
}

/** A report is about everybody's leads: whoever sees only some of them gets none that says more. */
export async function readReport(
  ctx: Context,
  actor: Actor,
  asked: Parameters<typeof pipelineReport>[1],
): Promise<PipelineReport> {
  const within = reach(actor, "pipeline.read");
  const own = asked.programId !== undefined && !within.everything && within.programIds.includes(asked.programId);
  if (!own) requirePermission(actor, "pipeline.read", {});
  return await pipelineReport(ctx, asked);
}

type Cell = string | number;
type Sheet = { readonly title: string; readonly rows: readonly (readonly Cell[])[] };

const HEADS = {
  en: {
    coverage: ["Coverage", "Month", "Plan FTDs", "Expected FTDs", "Weighted FTDs", "Coverage %"],
    rate: ["Came", "Won", "Lost", "Open", "Won %", "Median days"],
    byOwner: "Owner",
    bySource: "Source",
    byCohort: "Month of arrival",
    byStage: ["Stage", "Entered", "Went on", "Lost", "Went on %", "Median days", "90 % within days"],
    lostReasons: ["Lost reason", "Leads"],
    ageing: ["Stage", "Open", "Longer than usual", "Oldest (days)"],
  },
  es: {
    coverage: ["Cobertura", "Mes", "FTD del plan", "FTD esperados", "FTD ponderados", "Cobertura %"],
    rate: ["Llegados", "Ganados", "Perdidos", "Abiertos", "Ganados %", "Días (mediana)"],
    byOwner: "Responsable",
    bySource: "Fuente",
    byCohort: "Mes de llegada",
    byStage: ["Etapa", "Entraron", "Siguieron", "Perdidos", "Siguieron %", "Días (mediana)", "90 % en días"],
    lostReasons: ["Motivo de pérdida", "Leads"],
    ageing: ["Etapa", "Abiertos", "Más de lo habitual", "El más antiguo (días)"],
  },
} as const;

/** The tables of a report, with names where keys stand. */
async function sheetsOf(ctx: Context, report: PipelineReport, language: string): Promise<readonly Sheet[]> {
  const heads = HEADS[language === "es" ? "es" : "en"];
  const [users, stages, reasons] = await Promise.all([
    userNames(
      ctx,
      report.byOwner.map((row) => row.key).filter((key) => key !== ""),
    ),
    stageRows(ctx.db),
    reasonRows(ctx.db),
  ]);
  const text = (names: unknown) =>
    (names as Readonly<Record<string, string>>)[language] ?? (names as { en: string }).en;
  const stage = new Map(stages.map((row) => [row.stage_id, text(row.names)]));
  const reason = new Map(reasons.map((row) => [row.reason_id, text(row.names)]));
  const rates = (title: string, rows: PipelineReport["byOwner"], name: (key: string) => string): Sheet => ({
    title,
    rows: [
      [title, ...heads.rate],
      ...rows.map((row) => [
        name(row.key),
        row.came,
        row.won,
        row.lost,
        row.open,
        percent(row.share),
        tenth(row.medianDays),
      ]),
    ],
  });
  return [
    {
      title: heads.coverage[0],
      rows: [
        heads.coverage.slice(1),
        ...report.coverage.map((row) => [row.month, row.target ?? "", row.expected, row.weighted, percent(row.share)]),
      ],
    },
    rates(heads.byOwner, report.byOwner, (key) => users.get(key) ?? (key === "" ? "–" : key)),
    rates(heads.bySource, report.bySource, (key) => (key === "" ? "–" : key)),
    rates(heads.byCohort, report.byCohort, (key) => key),
    {
      title: heads.byStage[0],
      rows: [
        [...heads.byStage],
        ...report.byStage.map((row) => [
          stage.get(row.key) ?? row.key,
          row.entered,
          row.left,
          row.lost,
          percent(row.share),
          tenth(row.medianDays),
          tenth(row.p90Days),
        ]),
      ],
    },
    {
      title: heads.lostReasons[0],
      rows: [[...heads.lostReasons], ...report.lostReasons.map((row) => [reason.get(row.key) ?? row.key, row.leads])],
    },
    {
      title: `${heads.ageing[2]}`,
      rows: [
        [...heads.ageing],
        ...report.ageing.map((row) => [stage.get(row.key) ?? row.key, row.open, row.late, row.oldestDays]),
      ],
    },
  ];
}

function percent(share: number | null): Cell {
  return share === null ? "" : Math.round(share * 1000) / 10;
}

function tenth(days: number | null): Cell {
  return days === null ? "" : Math.round(days * 10) / 10;
}

/** The report as a file: XLSX with a sheet per table, or CSV with the tables under each other. */
export async function reportFile(ctx: Context, report: PipelineReport, format: "csv" | "xlsx", language: string) {
  const sheets = await sheetsOf(ctx, report, language);
  const name = `pipeline-${report.from}-${report.to}.${format}`;
  if (format === "csv") {
    const rows = sheets.flatMap((sheet) => [[sheet.title], ...sheet.rows, []]);
    return {
      name,
      media: "text/csv; charset=utf-8",
      file: Buffer.from(csvFile(["Tributary", report.from, report.to], rows)),
    };
  }
  const file = await writeWorkbook(
    sheets.map((sheet) => ({
      data: sheet.rows.map((row) => row.map((value) => ({ value }))),
      sheet: sheet.title.slice(0, 31),
    })),
  ).toBuffer();
  return { name, media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file };
}

function scheduleWire(row: store.ScheduleRow): ReportSchedule {
  return {
    id: String(row.schedule_id),
    cadence: row.cadence as "weekly",
    format: row.format as "csv",
    language: row.language,
    roles: row.roles,
    userIds: row.user_ids,
    active: row.active,
    lastPeriod: row.last_period,
    revision: row.revision,
  };
}

export async function listSchedules(ctx: Context) {
  const [rows, sent] = await Promise.all([store.schedules(ctx.db), store.newestReports(ctx.db)]);
  return {
    data: rows.map(scheduleWire),
    sent: sent.map((row) => ({
      id: String(row.report_id),
      period: row.period,
      madeAt: row.made_at.toISOString(),
      fileName: row.file_name,
      sentTo: row.sent_to.length,
    })),
  };
}

export async function addSchedule(ctx: Context, actor: Actor, given: NewReportSchedule): Promise<void> {
  requirePermission(actor, "pipeline.approve", {});
  const input = NewScheduleSchema.parse(given);
  await transact(ctx, async (tx) => {
    const id = await store.insertSchedule(tx.db, input);
    await audit.record(tx, actor, {
      action: "pipeline.report_scheduled",
      subjectKind: "report_schedule",
      subjectId: String(id),
      after: input,
    });
  });
}

export async function removeSchedule(ctx: Context, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "pipeline.approve", {});
  await transact(ctx, async (tx) => {
    if (!(await store.deleteSchedule(tx.db, id))) throw notFound("report schedule", id);
    await audit.record(tx, actor, {
      action: "pipeline.report_unscheduled",
      subjectKind: "report_schedule",
      subjectId: id,
    });
  });
}

/** A report that was sent, as it was. */
export async function sentReport(ctx: Context, actor: Actor, id: string) {
  requirePermission(actor, "pipeline.read", {});
  const row = await store.reportRow(ctx.db, id);
  if (row === undefined) throw notFound("report", id);
  return { name: row.file_name, media: row.media, file: row.file };
}

/** Makes and sends every report whose week or month is over. Taken and kept in one transaction, then sent: no period is sent twice. */
export async function sendReports(ctx: Context, needs: PipelineNeeds): Promise<number> {
  let sent = 0;
  for (const row of (await store.schedules(ctx.db)).filter((one) => one.active)) {
    const due = dueReport(row.cadence as "weekly" | "monthly", dayOf(ctx.clock.now(), "UTC"));
    if (row.last_period >= due.period) continue;
    const report = await pipelineReport(ctx, { from: due.from, to: due.to });
    const made = await reportFile(ctx, report, row.format as "csv" | "xlsx", row.language);
    const people = [...new Set([...row.user_ids, ...(await usersWithRoles(ctx.db, row.roles))])];
    const to = [...(await userEmails(ctx.db, people)).values()];
    const taken = await transact(ctx, async (tx) => {
      if (!(await store.takePeriod(tx.db, row.schedule_id, due.period))) return false;
      await store.insertReport(tx.db, { ...made, period: due.period, at: tx.clock.now(), figures: report, to });
      return true;
    });
    if (!taken) continue;
    sent += 1;
    const subject = row.language === "es" ? `Pipeline: informe ${due.period}` : `Pipeline: report ${due.period}`;
    for (const one of to)
      await needs.sendMail({
        to: one,
        subject,
        text: `${needs.publicUrl}/pipeline/report`,
        attachments: [{ filename: made.name, content: made.file, contentType: made.media }],
      });
  }
  return sent;
}
