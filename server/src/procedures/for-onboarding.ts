import type { ProcedureDefinition } from "@tributary/contract";
import { sql } from "kysely";
import type { RecordReach } from "../access/index.ts";
import { type Context, type Db, keysetPage, type Page, type PageRequest } from "../database/index.ts";
import { whereWithin } from "../partners/index.ts";
import { textIn } from "./core/conditions.ts";
import { newestOf, newestPublished, versionsById } from "./store/versions.ts";
import { definitionIn } from "./versions.ts";

/** A procedure as new cases run on it. */
export interface PublishedProcedure {
  readonly procedure: string;
  readonly versionId: string;
  readonly version: number;
  readonly hash: string;
  readonly definition: ProcedureDefinition;
}

/** Door: the newest published version of every procedure. */
export async function publishedProcedures(db: Db): Promise<readonly PublishedProcedure[]> {
  return (await newestPublished(db)).map((row) => ({
    procedure: row.procedure,
    versionId: row.version_id,
    version: row.version,
    hash: row.hash,
    definition: definitionIn(row),
  }));
}

/** Door: the newest version of a procedure, draft or published. */
export async function newestVersion(
  db: Db,
  procedure: string,
): Promise<{ readonly versionId: string; readonly state: "draft" | "published"; readonly hash: string } | undefined> {
  const row = await newestOf(db, procedure, "any");
  return row && { versionId: row.version_id, state: row.state as "draft", hash: row.hash };
}

/** A running case as boards show it. */
export interface BoardCase {
  readonly caseId: string;
  readonly partnerId: string;
  readonly procedure: string;
  readonly title: string;
  readonly stage: string;
  readonly stageTitle: string;
  /** From 1. */
  readonly stageNumber: number;
  readonly stages: number;
  readonly since: Date;
  readonly dueAt: Date | null;
  readonly waits: readonly {
    readonly kind: string;
    readonly key: string;
    readonly title: string;
    readonly role: string;
  }[];
}

export interface BoardFilter {
  readonly procedures: readonly string[];
  readonly stages?: readonly string[] | undefined;
  readonly partnerIds?: readonly string[] | undefined;
  readonly waitingOn?: string | undefined;
  readonly overdueAt?: Date | undefined;
}

/** Door: running cases of partners with what each waits for, the newest first. */
export async function boardOfCases(
  ctx: Context,
  within: RecordReach,
  filter: BoardFilter,
  page: PageRequest & { readonly language: string },
): Promise<Page<BoardCase>> {
  let query = whereWithin(
    ctx.db.selectFrom("procedures.case as c").selectAll("c"),
    within,
    "c.partner_id",
    "c.program_id",
  )
    .where("c.status", "=", "running")
    .where("c.partner_id", "is not", null)
    .where(sql<boolean>`c.procedure = any(${[...filter.procedures]}::text[])`);
  if (filter.stages) query = query.where("c.stage", "in", [...filter.stages]);
  if (filter.partnerIds) query = query.where(sql<boolean>`c.partner_id = any(${[...filter.partnerIds]}::text[])`);
  if (filter.overdueAt) query = query.where("c.due_at", "<", filter.overdueAt);
  if (filter.waitingOn !== undefined)
    query = query.where(
      sql<boolean>`exists (select from procedures.wait w where w.case_id = c.case_id and w.until_at is null and w.role = ${filter.waitingOn})`,
    );
  const found = await keysetPage(query, { name: "newest", columns: ["case_id"], direction: "desc" }, page);
  const ids = found.rows.map((row) => row.case_id);
  const waits = await waitsOfCases(ctx.db, ids);
  const versions = await versionsById(ctx.db, [...new Set(found.rows.map((row) => row.version_id))]);
  const rows = found.rows.map((row): BoardCase => {
    const version = versions.get(row.version_id);
    if (version === undefined) throw new Error(`${row.case_id} runs on a version that is not there`);
    const { title, stages } = definitionIn(version);
    const place = stages.findIndex(({ key }) => key === row.stage);
    const stage = stages[place];
    return {
      caseId: row.case_id,
      partnerId: row.partner_id ?? "",
      procedure: row.procedure,
      title: textIn(title, page.language),
      stage: row.stage,
      stageTitle: stage === undefined ? row.stage : textIn(stage.title, page.language),
      stageNumber: place + 1,
      stages: stages.length,
      since: row.stage_since,
      dueAt: row.due_at,
      waits: waits
        .filter((wait) => wait.case_id === row.case_id)
        .map(({ kind, key, role }) => ({ kind, key, role, title: titleOf(stage, key, page.language) })),
    };
  });
  return { rows, nextCursor: found.nextCursor };
}

function titleOf(stage: ProcedureDefinition["stages"][number] | undefined, key: string, language: string): string {
  const task = stage?.tasks.find((one) => one.key === key);
  if (task !== undefined) return textIn(task.title, language);
  const decision = stage?.gate.find((one) => "decision" in one && one.decision === key);
  return decision !== undefined && "decision" in decision ? textIn(decision.title, language) : key;
}

async function waitsOfCases(db: Db, caseIds: readonly string[]) {
  if (caseIds.length === 0) return [];
  return await db
    .selectFrom("procedures.wait")
    .select(["case_id", "kind", "key", "role"])
    .where("case_id", "in", [...caseIds])
    .where("until_at", "is", null)
    .orderBy("wait_id")
    .execute();
}

/** Door: the newest case of a partner for any of these procedures, the running ones first. */
export async function newestCaseOf(
  db: Db,
  partnerId: string,
  procedures: readonly string[],
): Promise<
  | {
      readonly caseId: string;
      readonly procedure: string;
      readonly status: "running" | "finished" | "dropped";
      readonly programId: string | null;
    }
  | undefined
> {
  if (procedures.length === 0) return undefined;
  const row = await db
    .selectFrom("procedures.case")
    .select(["case_id", "procedure", "status", "program_id"])
    .where("partner_id", "=", partnerId)
    .where("procedure", "in", [...procedures])
    .orderBy(sql`status = 'running'`, "desc")
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return (
    row && { caseId: row.case_id, procedure: row.procedure, status: row.status as "running", programId: row.program_id }
  );
}

/** The newest case of a partner on a procedure. */
export interface KnownCase {
  readonly partnerId: string;
  readonly procedure: string;
  readonly startedAt: Date;
  readonly running: boolean;
}

/** Door: for each partner and procedure the newest case that ever was, the running one first. @param about.partnerIds left out: of all partners */
export async function lastCasesOf(
  db: Db,
  about: { readonly procedures: readonly string[]; readonly partnerIds?: readonly string[] },
): Promise<readonly KnownCase[]> {
  let query = db
    .selectFrom("procedures.case")
    .select(["partner_id", "procedure", "started_at", "status"])
    .distinctOn(["partner_id", "procedure"])
    .where(sql<boolean>`procedure = any(${[...about.procedures]}::text[])`)
    .where("partner_id", "is not", null);
  if (about.partnerIds) query = query.where(sql<boolean>`partner_id = any(${[...about.partnerIds]}::text[])`);
  const rows = await query
    .orderBy("partner_id")
    .orderBy("procedure")
    .orderBy(sql`status = 'running'`, "desc")
    .orderBy("started_at", "desc")
    .execute();
  return rows.map((row) => ({
    partnerId: row.partner_id ?? "",
    procedure: row.procedure,
    startedAt: row.started_at,
    running: row.status === "running",
  }));
}
