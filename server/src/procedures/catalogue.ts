import type { ProcedureChange, ProcedureFinding, ProcedureListed, ProcedureVersion } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context, Page, PageRequest } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import type { Facts } from "./contracts.ts";
import { textIn } from "./core/conditions.ts";
import { differences } from "./core/difference.ts";
import { pathText } from "./core/procedure-yaml.ts";
import { runningOn } from "./store/cases.ts";
import * as store from "./store/versions.ts";
import { checkProcedure, definitionIn, type LocatedFinding, type ProcedureInput } from "./versions.ts";

/** All procedures, each once. */
export async function listProcedures(
  ctx: Context,
  actor: Actor,
  page: PageRequest,
  language: string,
): Promise<Page<ProcedureListed>> {
  requirePermission(actor, "procedures.read");
  const { rows, nextCursor } = await store.procedurePage(ctx.db, ctx.clock.now(), page);
  const data = rows.map((row) => {
    const { title, purpose, subject, starts, stages } = definitionIn(row);
    return {
      procedure: row.procedure,
      title: textIn(title, language),
      purpose: textIn(purpose, language),
      subject,
      starts,
      stages: stages.length,
      published: row.published,
      publishedAt: row.published_at?.toISOString() ?? null,
      publishedBy: row.published_name,
      draft: row.draft,
      running: Number(row.running),
      overdue: Number(row.overdue),
      older: Number(row.older),
    };
  });
  return { rows: data, nextCursor };
}

export async function listVersions(ctx: Context, actor: Actor, procedure: string, page: PageRequest) {
  requirePermission(actor, "procedures.read");
  const { rows, nextCursor } = await store.versionPage(ctx.db, procedure, page);
  return { rows: await versionsWire(ctx, rows), nextCursor };
}

/** @param version a number, or `newest`: the draft where there is one. @throws Refusal not_found */
export async function getVersion(
  ctx: Context,
  actor: Actor,
  procedure: string,
  version: string,
): Promise<ProcedureVersion> {
  requirePermission(actor, "procedures.read");
  const [wire] = await versionsWire(ctx, [await versionRow(ctx, procedure, version)]);
  if (wire === undefined) throw new Error("one version in, one out");
  return wire;
}

/** The YAML of a version as it was written: for the command line. @throws Refusal not_found */
export async function yamlOf(ctx: Context, procedure: string, version: string): Promise<string> {
  return (await versionRow(ctx, procedure, version)).yaml;
}

async function versionRow(ctx: Context, procedure: string, version: string): Promise<store.VersionRow> {
  const row =
    version === "newest" || version === "published"
      ? await store.newestOf(ctx.db, procedure, version === "newest" ? "any" : "published")
      : await store.versionNumbered(ctx.db, procedure, Number(version));
  if (row === undefined) throw notFound("version of the procedure", `${procedure} ${version}`);
  return row;
}

export async function versionsWire(ctx: Context, rows: readonly store.VersionRow[]): Promise<ProcedureVersion[]> {
  const running = await runningOn(
    ctx.db,
    rows.map((row) => row.version_id),
  );
  return rows.map((row) => ({
    id: row.version_id,
    procedure: row.procedure,
    version: row.version,
    state: row.state as "draft",
    definition: definitionIn(row),
    yaml: row.yaml,
    summary: row.summary,
    savedBy: row.saved_name,
    savedAt: row.saved_at.toISOString(),
    publishedBy: row.published_name,
    publishedAt: row.published_at?.toISOString() ?? null,
    running: running.filter((one) => one.version_id === row.version_id).length,
    revision: row.revision,
  }));
}

/** Reads, lints and compares with what is published; writes nothing. */
export async function checkAgainstPublished(
  ctx: Context,
  actor: Actor,
  input: ProcedureInput & { readonly base?: string | undefined },
  facts: Facts,
) {
  requirePermission(actor, "procedures.read");
  const checked = checkProcedure(input, facts, input.base);
  const published = await store.newestOf(ctx.db, checked.definition.procedure);
  const changes = published === undefined ? [] : differences(definitionIn(published), checked.definition);
  return {
    definition: checked.definition,
    yaml: checked.yaml,
    findings: checked.findings.map(findingWire),
    changes: [...changes],
  };
}

function findingWire({ level, code, path, line, sentence }: LocatedFinding): ProcedureFinding {
  return { level, code, path: pathText(path), line, sentence };
}

export async function compareVersions(
  ctx: Context,
  actor: Actor,
  procedure: string,
  from: string,
  to: string,
): Promise<{ data: ProcedureChange[] }> {
  requirePermission(actor, "procedures.read");
  const before = await versionRow(ctx, procedure, from);
  const now = await versionRow(ctx, procedure, to);
  return { data: [...differences(definitionIn(before), definitionIn(now))] };
}
