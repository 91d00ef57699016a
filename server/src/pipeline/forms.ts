import type {
  ApplicationForm,
  ApplicationFormChange,
  ApplicationFormDetail,
  ApplicationFormQuery,
  FormDefinition,
  NewApplicationForm,
} from "@tributary/contract";
import { FormDefinition as FormDefinitionSchema, NewApplicationForm as NewFormSchema } from "@tributary/contract";
import { type Actor, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { programById } from "../programs/index.ts";
import { formProblems } from "./core/answers.ts";
import * as store from "./store/forms.ts";

function formWire(row: store.CountedForm, publicUrl: string): ApplicationForm {
  return {
    id: row.form_id,
    programId: row.program_id,
    address: row.address,
    url: `${publicUrl}/apply/${row.address}`,
    name: row.name,
    active: row.active,
    version: row.version,
    framedBy: row.framed_by,
    applications: row.applications,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export async function listForms(
  ctx: Context,
  actor: Actor,
  query: ApplicationFormQuery,
  publicUrl: string,
): Promise<Page<ApplicationForm>> {
  const within = reach(actor, "pipeline.read");
  const mine =
    within.everything || within.regionIds.length > 0 || within.ownerUserIds.length > 0 ? null : within.programIds;
  const asked =
    query.programId === undefined ? mine : mine === null || mine.includes(query.programId) ? [query.programId] : [];
  const page = await store.formPage(ctx.db, asked, query);
  return { rows: page.rows.map((row) => formWire(row, publicUrl)), nextCursor: page.nextCursor };
}

export async function getForm(
  ctx: Context,
  actor: Actor,
  id: string,
  publicUrl: string,
): Promise<ApplicationFormDetail> {
  requirePermission(actor, "pipeline.read");
  const row = await store.formRow(ctx.db, id);
  if (row === undefined) throw notFound("application form", id);
  const definition = await store.definitionOf(ctx.db, id, row.version);
  if (definition === undefined) throw new Error(`Form ${id} has no version ${row.version}`);
  return { ...formWire(row, publicUrl), definition: FormDefinitionSchema.parse(definition) };
}

export async function createForm(
  ctx: Context,
  actor: Actor,
  given: NewApplicationForm,
  publicUrl: string,
): Promise<ApplicationFormDetail> {
  const input = NewFormSchema.parse(given);
  requirePermission(actor, "pipeline.write", { programId: input.programId });
  checkDefinition(input.definition);
  return await transact(ctx, async (tx) => {
    if (!(await programById(tx.db, input.programId))) throw invalid("programId", input.programId, "is not a program");
    const id = tx.ids.next("apf");
    const now = tx.clock.now();
    const row = {
      form_id: id,
      program_id: input.programId,
      address: input.address,
      name: input.name,
      active: true,
      version: 1,
      framed_by: input.framedBy,
      created_at: now,
    };
    await refuseDuplicate("address", input.address, () => store.insertForm(tx.db, row));
    await store.insertVersion(tx.db, { formId: id, version: 1, definition: input.definition, at: now, by: actor.id });
    await audit.record(tx, actor, {
      action: "pipeline.form_created",
      subjectKind: "application_form",
      subjectId: id,
      after: input,
    });
    return await getForm(tx, actor, id, publicUrl);
  });
}

/** Changes a form; another definition is a new version, so that answers keep the questions they were given to. */
export async function changeForm(
  ctx: Context,
  actor: Actor,
  id: string,
  change: ApplicationFormChange,
  publicUrl: string,
): Promise<ApplicationFormDetail> {
  if (change.definition !== undefined) checkDefinition(change.definition);
  return await transact(ctx, async (tx) => {
    const before = await getForm(tx, actor, id, publicUrl);
    requirePermission(actor, "pipeline.write", { programId: before.programId });
    const fresh =
      change.definition !== undefined && canonicalJson(change.definition) !== canonicalJson(before.definition);
    const saved = await store.updateForm(tx.db, id, change.revision, {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.active === undefined ? {} : { active: change.active }),
      ...(change.framedBy === undefined ? {} : { framed_by: change.framedBy }),
      ...(fresh ? { version: before.version + 1 } : {}),
    });
    if (saved === undefined) throw changedMeanwhile("application form", change.revision);
    if (fresh && change.definition !== undefined)
      await store.insertVersion(tx.db, {
        formId: id,
        version: saved.version,
        definition: change.definition,
        at: tx.clock.now(),
        by: actor.id,
      });
    const after = await getForm(tx, actor, id, publicUrl);
    await audit.record(tx, actor, {
      action: "pipeline.form_changed",
      subjectKind: "application_form",
      subjectId: id,
      before,
      after,
    });
    return after;
  });
}

const PROBLEMS: Readonly<Record<string, string>> = {
  asked_twice: "is the name of two questions",
  field_twice: "is filled by two questions",
  no_choices: "are missing: this question is answered by choosing",
  no_name: "never ask for a name: one has to fill the field name or contactName",
  no_email: "never ask for an e-mail address: one has to fill the field email",
};

function checkDefinition(definition: FormDefinition): void {
  const complaints = formProblems(definition).map((one) => ({
    field: one.at,
    message: PROBLEMS[one.code] ?? one.code,
  }));
  const first = complaints[0];
  if (first !== undefined) throw new Refusal("invalid_input", `${first.field} ${first.message}`, complaints);
}

/** Origins whose pages may show the form in a frame; undefined: there is no such form, or it is switched off. */
export async function framersOfForm(db: Db, address: string): Promise<readonly string[] | undefined> {
  const row = await store.formAt(db, address);
  return row?.active === true ? row.framed_by : undefined;
}
