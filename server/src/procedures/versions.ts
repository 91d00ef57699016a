import { createHash } from "node:crypto";
import { ProcedureDefinition } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import type { Facts } from "./contracts.ts";
import { type Finding, lint } from "./core/lint.ts";
import { pathText, readProcedure, writeProcedure } from "./core/procedure-yaml.ts";
import * as store from "./store/versions.ts";

/** A procedure as it is handed in: as YAML, or as data that is written into the YAML that there is. */
export type ProcedureInput = { readonly yaml: string } | { readonly definition: unknown };

export interface LocatedFinding extends Finding {
  readonly line: number | null;
}

interface CheckedProcedure {
  readonly definition: ProcedureDefinition;
  readonly yaml: string;
  readonly findings: readonly LocatedFinding[];
}

/** Reads and lints, writes nothing. @throws Refusal `procedure_invalid` for what is no procedure; each complaint names its line */
export function checkProcedure(input: ProcedureInput, facts: Facts, before?: string): CheckedProcedure {
  const yaml = "yaml" in input ? input.yaml : writeProcedure(definitionOf(input.definition), before);
  const read = readProcedure(yaml);
  if ("complaints" in read)
    throw new Refusal(
      "procedure_invalid",
      "This is no procedure.",
      read.complaints.map(({ line, path, message }) => ({
        field: path || "yaml",
        message: line === null ? message : `line ${line}: ${message}`,
      })),
    );
  const known = new Map([...facts].map(([name, { parameters }]) => [name, parameters]));
  const findings = lint(read.definition, known).map((one) => ({ ...one, line: read.lineOf(one.path) }));
  return { definition: read.definition, yaml, findings };
}

function definitionOf(value: unknown): ProcedureDefinition {
  const read = ProcedureDefinition.safeParse(value);
  if (read.success) return read.data;
  throw new Refusal(
    "procedure_invalid",
    "This is no procedure.",
    read.error.issues.map(({ path, message }) => ({ field: pathText(path), message })),
  );
}

/** Identity of what a procedure says, whatever its YAML looks like. */
export function procedureHash(definition: ProcedureDefinition): string {
  return createHash("sha256").update(canonicalJson(definition)).digest("hex");
}

/**
 * Writes the draft of a procedure, or begins one. Errors of the linter do not stop a draft; they stop its publication.
 * @param input.revision of the draft that was read; left out: whatever there is, is replaced
 */
export async function saveProcedure(
  ctx: Context,
  actor: Actor,
  input: ProcedureInput & { readonly facts: Facts; readonly revision?: number | undefined },
): Promise<store.VersionRow> {
  requirePermission(actor, "procedures.approve", {});
  return await transact(ctx, async (tx) => {
    const name = "yaml" in input ? checkProcedure(input, input.facts).definition.procedure : nameOf(input.definition);
    await store.lockProcedure(tx.db, name);
    const draft = await store.draftOf(tx.db, name);
    if (input.revision !== undefined && (draft?.revision ?? 0) !== input.revision)
      throw changedMeanwhile("draft", input.revision);
    const newest = await store.newestOf(tx.db, name);
    const { definition, yaml } = checkProcedure(input, input.facts, (draft ?? newest)?.yaml);
    const saved = { saved_by: personOf(actor), saved_name: actor.name, saved_at: tx.clock.now() };
    const content = { yaml, definition: JSON.stringify(definition), hash: procedureHash(definition), ...saved };
    const row =
      draft === undefined
        ? await store.insertVersion(tx.db, {
            version_id: tx.ids.next("pcv"),
            procedure: name,
            version: (newest?.version ?? 0) + 1,
            state: "draft",
            ...content,
          })
        : await store.changeDraft(tx.db, draft.version_id, draft.revision, content);
    if (row === undefined) throw changedMeanwhile("draft", draft?.revision ?? 0);
    await note(tx, actor, "procedures.draft_saved", row, draft?.hash);
    return row;
  });
}

function nameOf(definition: unknown): string {
  return definitionOf(definition).procedure;
}

/** Makes the draft the version that new cases run on. @throws Refusal `procedure_invalid` while the linter finds an error */
export async function publishProcedure(
  ctx: Context,
  actor: Actor,
  input: {
    readonly procedure: string;
    readonly summary: string;
    readonly facts: Facts;
    readonly revision?: number | undefined;
  },
): Promise<store.VersionRow> {
  requirePermission(actor, "procedures.approve", {});
  return await transact(ctx, async (tx) => {
    await store.lockProcedure(tx.db, input.procedure);
    const draft = await store.draftOf(tx.db, input.procedure);
    if (draft === undefined) throw notFound("draft of the procedure", input.procedure);
    if (input.revision !== undefined && draft.revision !== input.revision)
      throw changedMeanwhile("draft", input.revision);
    const errors = checkProcedure({ yaml: draft.yaml }, input.facts).findings.filter(({ level }) => level === "error");
    if (errors.length > 0)
      throw new Refusal(
        "procedure_invalid",
        errors.map(({ sentence }) => sentence).join(" "),
        errors.map(({ path, line, sentence }) => ({
          field: pathText(path),
          message: line === null ? sentence : `line ${line}: ${sentence}`,
        })),
      );
    const published = { published_by: personOf(actor), published_name: actor.name, published_at: tx.clock.now() };
    const change = { state: "published", summary: input.summary, ...published } as const;
    const row = await store.changeDraft(tx.db, draft.version_id, draft.revision, change);
    if (row === undefined) throw changedMeanwhile("draft", draft.revision);
    await note(tx, actor, "procedures.published", row, undefined, input.summary);
    return row;
  });
}

/** Throws a draft away. */
export async function dropDraft(ctx: Context, actor: Actor, procedure: string, revision: number): Promise<void> {
  requirePermission(actor, "procedures.approve", {});
  await transact(ctx, async (tx) => {
    await store.lockProcedure(tx.db, procedure);
    const draft = await store.draftOf(tx.db, procedure);
    if (draft === undefined) throw notFound("draft of the procedure", procedure);
    if (draft.revision !== revision) throw changedMeanwhile("draft", revision);
    await store.deleteDraft(tx.db, draft.version_id);
    await note(tx, actor, "procedures.draft_dropped", draft, draft.hash);
  });
}

async function note(
  tx: TxContext,
  actor: Actor,
  action: string,
  row: store.VersionRow,
  before: string | undefined,
  reason?: string,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "procedure_version",
    subjectId: row.version_id,
    ...(before === undefined ? {} : { before: { hash: before } }),
    after: { procedure: row.procedure, version: row.version, hash: row.hash },
    ...(reason ? { reason } : {}),
  });
}

/** @returns the definition of a stored version */
export function definitionIn(row: { readonly definition: unknown }): ProcedureDefinition {
  return row.definition as ProcedureDefinition;
}
