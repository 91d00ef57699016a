import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { OnboardingSettings, PartnerKind, ProcedureDefinition } from "@tributary/contract";
import { PartnerKind as PartnerKinds } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { invalid } from "../kernel/refusals.ts";
import { activationRules, setActivationRule } from "../partners/index.ts";
import {
  checkProcedure,
  type Facts,
  newestVersion,
  publishedProcedures,
  publishProcedure,
  saveProcedure,
} from "../procedures/index.ts";
import { LAUNCHED } from "./gates.ts";
import { putTemplate, templateRows } from "./store/templates.ts";

/** The shipped procedures, in the order in which a partner meets them. */
const SHIPPED = [
  "affiliate-onboarding",
  "introducing-broker-onboarding",
  "network-onboarding",
  "periodic-review",
  "ownership-transfer",
  "deactivation",
] as const;

type State = OnboardingSettings["templates"][number]["state"];

export interface InstalledTemplate {
  readonly procedure: string;
  /** `installed`: published now; `drafted`: a newer shipped state waits as a draft; `edited`: somebody changed it, so nothing was written. */
  readonly outcome: "installed" | "drafted" | "current" | "edited";
}

const textOf = (procedure: string) => readFile(new URL(`./templates/${procedure}.yaml`, import.meta.url), "utf8");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Installs the shipped procedures and brings them up to date; may run at every start. What is not there is published; what was shipped anew becomes a draft
 * for somebody to publish; what somebody edited stays as it is.
 * @param options.launches partners of the kinds that a newly installed procedure is for become active by it from now on
 */
export async function installTemplates(
  ctx: Context,
  actor: Actor,
  facts: Facts,
  options: { readonly launches: boolean },
): Promise<readonly InstalledTemplate[]> {
  return await transact(ctx, async (tx) => {
    const known = new Map((await templateRows(tx.db)).map((row) => [row.procedure, row]));
    const installed: InstalledTemplate[] = [];
    for (const procedure of SHIPPED) {
      const yaml = await textOf(procedure);
      const before = known.get(procedure);
      if (before?.shipped_hash === sha256(yaml)) {
        installed.push({ procedure, outcome: "current" });
        continue;
      }
      const newest = await newestVersion(tx.db, procedure);
      if (newest !== undefined && newest.hash !== before?.definition_hash) {
        installed.push({ procedure, outcome: "edited" });
        continue;
      }
      const saved = await saveProcedure(tx, actor, { yaml, facts });
      await putTemplate(tx.db, {
        procedure,
        shipped_hash: sha256(yaml),
        definition_hash: saved.hash,
        version_id: saved.version_id,
        installed_at: tx.clock.now(),
      });
      if (newest === undefined) {
        await publishProcedure(tx, actor, { procedure, summary: "As shipped.", facts });
        if (options.launches) await launchBy(tx, actor, saved.definition as ProcedureDefinition);
      }
      installed.push({ procedure, outcome: newest === undefined ? "installed" : "drafted" });
    }
    return installed;
  });
}

/** Kinds that have no rule yet become active by this procedure, if it ends in a launch. */
async function launchBy(tx: Context, actor: Actor, definition: ProcedureDefinition): Promise<void> {
  if (!endsInLaunch(definition)) return;
  const ruled = new Set((await activationRules(tx.db)).map(({ kind }) => kind));
  for (const kind of definition.for?.kind ?? [])
    if (!ruled.has(kind)) await setActivationRule(tx, actor, { kind, procedure: definition.procedure });
}

const endsInLaunch = ({ stages }: ProcedureDefinition): boolean =>
  stages.some(({ gate }) => gate.some((one) => "fact" in one && one.fact === LAUNCHED));

/** Who becomes active by which procedure, and what became of the shipped ones. */
export async function onboardingSettings(
  ctx: Context,
  actor: Actor,
  facts: Facts,
  language = "en",
): Promise<OnboardingSettings> {
  requirePermission(actor, "procedures.read");
  const rules = new Map((await activationRules(ctx.db)).map(({ kind, procedure }) => [kind, procedure]));
  const known = new Map((await templateRows(ctx.db)).map((row) => [row.procedure, row]));
  const templates = [];
  for (const procedure of SHIPPED) {
    const yaml = await textOf(procedure);
    const { definition } = checkProcedure({ yaml }, facts);
    const newest = await newestVersion(ctx.db, procedure);
    const row = known.get(procedure);
    let state: State = "current";
    if (row === undefined || newest === undefined) state = newest === undefined ? "not_installed" : "edited";
    else if (newest.hash !== row.definition_hash) state = "edited";
    else if (newest.state === "draft") state = "update_waits";
    const titles = definition.title;
    const title = typeof titles === "string" ? titles : (titles[language] ?? titles["en"] ?? procedure);
    templates.push({ procedure, title, state, installedAt: row?.installed_at.toISOString() ?? null });
  }
  const kinds = PartnerKinds.options.map((kind) => ({ kind, procedure: rules.get(kind) ?? rules.get("*") ?? null }));
  return { kinds, templates };
}

/** Says by which procedure partners of a kind become active; null: by the approval of whoever may. @throws Refusal `invalid_input` */
export async function changeActivation(
  ctx: Context,
  actor: Actor,
  change: { readonly kind: PartnerKind; readonly procedure: string | null },
): Promise<void> {
  requirePermission(actor, "settings.write", {});
  if (change.procedure !== null) {
    const found = (await publishedProcedures(ctx.db)).find((one) => one.procedure === change.procedure);
    if (found === undefined || !endsInLaunch(found.definition))
      throw invalid("procedure", change.procedure, "is no published procedure that ends in a launch");
  }
  await setActivationRule(ctx, actor, change);
}
