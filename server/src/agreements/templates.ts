import {
  type AgreementTemplate,
  type AgreementTemplateDetail,
  type Clause,
  type NewAgreementTemplate,
  NewAgreementTemplate as NewTemplateSchema,
  type NewTemplateVersion,
  NewTemplateVersion as NewTemplateVersionSchema,
  TERMS_PLACEHOLDERS,
  type TemplateQuery,
  type TemplateVersion,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, can, personOf, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { unknownPlaceholders } from "./core/clauses.ts";
import * as store from "./store/templates.ts";
import { publishedPlan } from "./terms.ts";

/** A template with its first version. @throws Refusal `invalid_input` (placeholders, clause keys), `already_exists` */
export async function createTemplate(
  ctx: Context,
  actor: Actor,
  given: NewAgreementTemplate,
): Promise<AgreementTemplateDetail> {
  const input = NewTemplateSchema.parse(given);
  requirePermission(actor, "plans.write", { programId: input.programId });
  return await transact(ctx, async (tx) => {
    const id = tx.ids.next("tpl");
    const created = { created_by: personOf(actor), created_at: tx.clock.now() };
    const row = { template_id: id, program_id: input.programId, code: input.code, name: input.name, ...created };
    await refuseDuplicate("code", input.code, () => store.insertTemplate(tx.db, row));
    await insertVersion(tx, actor, row, input);
    return await getTemplate(tx, actor, id);
  });
}

/** The next version of a template; proposals that were made from an older one stay as they are. */
export async function addTemplateVersion(
  ctx: Context,
  actor: Actor,
  templateId: string,
  given: NewTemplateVersion,
): Promise<AgreementTemplateDetail> {
  const input = NewTemplateVersionSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await readableTemplate(tx, actor, templateId);
    requirePermission(actor, "plans.write", { programId: row.program_id });
    await insertVersion(tx, actor, row, input);
    return await getTemplate(tx, actor, templateId);
  });
}

export async function getTemplate(ctx: Context, actor: Actor, id: string): Promise<AgreementTemplateDetail> {
  const row = await readableTemplate(ctx, actor, id);
  const versions = (await store.templateVersions(ctx.db, [id])).map(versionWire);
  return { ...templateWire(row, versions[0] as TemplateVersion), versions };
}

export async function listTemplates(
  ctx: Context,
  actor: Actor,
  query: TemplateQuery,
): Promise<Page<AgreementTemplate>> {
  requirePermission(actor, "agreements.read");
  const within = reach(actor, "agreements.read");
  // A template belongs to a program: whoever reads agreements of a region or a portfolio picks from them for any program.
  const programIds = within.everything || within.programIds.length === 0 ? null : within.programIds;
  const { rows, nextCursor } = await store.templatePage(ctx.db, programIds, query.programId, query);
  const versions = await store.templateVersions(
    ctx.db,
    rows.map((row) => row.template_id),
  );
  return {
    rows: rows.flatMap((row) => {
      const latest = versions.find((one) => one.template_id === row.template_id);
      return latest === undefined ? [] : [templateWire(row, versionWire(latest))];
    }),
    nextCursor,
  };
}

async function insertVersion(
  tx: Context,
  actor: Actor,
  template: store.TemplateRow,
  input: z.output<typeof NewTemplateVersionSchema>,
): Promise<void> {
  checkClauses(input.clauses);
  await publishedPlan(tx, input.planVersionId, template.program_id);
  const id = tx.ids.next("tpv");
  const version = await store.insertTemplateVersion(tx.db, {
    template_version_id: id,
    template_id: template.template_id,
    plan_version_id: input.planVersionId,
    language: input.language,
    customers: input.customers,
    clauses: JSON.stringify(input.clauses),
    created_by: personOf(actor),
    created_at: tx.clock.now(),
  });
  await audit.record(tx, actor, {
    action: "agreements.template_written",
    subjectKind: "agreement_template",
    subjectId: template.template_id,
    after: { templateVersionId: id, version, clauses: input.clauses.map(({ key, locked }) => ({ key, locked })) },
  });
}

function checkClauses(clauses: readonly Clause[]): void {
  clauses.forEach((clause, index) => {
    if (clauses.findIndex((one) => one.key === clause.key) !== index)
      throw invalid(`clauses.${index}.key`, clause.key, "is the key of two clauses");
    const [unknown] = unknownPlaceholders(clause.text);
    if (unknown !== undefined)
      throw invalid(
        `clauses.${index}.text`,
        `{{${unknown}}}`,
        "cannot be filled in",
        `Known are ${TERMS_PLACEHOLDERS.join(", ")}.`,
      );
  });
}

async function readableTemplate(ctx: Context, actor: Actor, id: string): Promise<store.TemplateRow> {
  const row = await store.templateRow(ctx.db, id);
  const readable = row !== undefined && actor.partnerId === undefined && can(actor, "agreements.read");
  if (!readable) throw notFound("agreement template", id);
  return row;
}

function templateWire(row: store.TemplateRow, latest: TemplateVersion): AgreementTemplate {
  return {
    id: row.template_id,
    programId: row.program_id,
    code: row.code,
    name: row.name,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    latest,
  };
}

function versionWire(row: store.TemplateVersionRow): TemplateVersion {
  return {
    id: row.template_version_id,
    templateId: row.template_id,
    version: row.version,
    planVersionId: row.plan_version_id,
    language: row.language as TemplateVersion["language"],
    customers: row.customers as TemplateVersion["customers"],
    clauses: row.clauses as unknown as Clause[],
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  };
}
