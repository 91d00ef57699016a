import { type Actor, personOf } from "../access/index.ts";
import type { Context, Page, PageRequest } from "../database/index.ts";
import { reachOf } from "../partners/index.ts";
import type { Subject, WaitFacts } from "./contracts.ts";
import { conditionKey, isDecision, textIn } from "./core/conditions.ts";
import { versionsById } from "./store/versions.ts";
import { type WaitFilter, waitPage } from "./store/waits.ts";
import { definitionIn } from "./versions.ts";

export interface WaitQuery {
  /** `me`: what my roles and my partners wait for; `everybody`: all within reach. */
  readonly for: "me" | "everybody";
  readonly role?: readonly string[] | undefined;
  readonly procedure?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly language?: string | undefined;
}

const ALL_ROLES = [
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
  "administrator",
  "owner",
  "partner",
];

/** What cases wait for, the most urgent first. */
export async function casesWaiting(
  ctx: Context,
  actor: Actor,
  query: WaitQuery,
  page: PageRequest = { limit: 100 },
): Promise<Page<WaitFacts & { readonly waitId: bigint }>> {
  const within = await reachOf(ctx, actor, "procedures.read");
  const mine = actor.grants.map(({ role }) => role as string);
  const roles = query.for === "me" ? mine.filter((role) => ALL_ROLES.includes(role)) : ALL_ROLES;
  const filter: WaitFilter = {
    roles: query.role === undefined ? roles : roles.filter((role) => query.role?.includes(role)),
    ownedBy: query.for === "me" && (query.role?.includes("owner") ?? true) ? await ownPartners(ctx, actor) : null,
    procedure: query.procedure,
    overdueAt: query.overdue === true ? ctx.clock.now() : undefined,
  };
  const { rows, nextCursor } = await waitPage(ctx.db, within, filter, page);
  const versions = await versionsById(ctx.db, [...new Set(rows.map((row) => row.version_id))]);
  const language = query.language ?? "en";
  const waits = rows.map((row) => {
    const version = versions.get(row.version_id);
    const definition = version && definitionIn(version);
    const stage = definition?.stages.find(({ key }) => key === row.stage);
    return {
      waitId: row.wait_id,
      caseId: row.case_id,
      procedure: row.procedure,
      title: definition === undefined ? row.procedure : textIn(definition.title, language),
      subject: { kind: row.subject_kind as Subject["kind"], id: row.subject_id, programId: row.program_id },
      partnerId: row.partner_id,
      stage: row.stage,
      stageTitle: stage === undefined ? row.stage : textIn(stage.title, language),
      kind: row.kind as WaitFacts["kind"],
      key: row.key,
      what: whatOf(stage, row, language),
      role: row.role,
      dueAt: row.due_at,
      since: row.from_at,
    };
  });
  return { rows: waits, nextCursor };
}

/** Partners that somebody looks after. */
async function ownPartners(ctx: Context, actor: Actor): Promise<readonly string[]> {
  const permissions = new Set(["procedures.read"] as const);
  const scope = { kind: "portfolio", id: personOf(actor) } as const;
  const own = await reachOf(ctx, { ...actor, grants: [{ role: "system", permissions, scope }] }, "procedures.read");
  return own.everything ? [] : own.partnerIds;
}

function whatOf(
  stage: ReturnType<typeof definitionIn>["stages"][number] | undefined,
  row: { readonly kind: string; readonly key: string },
  language: string,
): string {
  if (stage === undefined) return row.key;
  const task = row.kind === "task" ? stage.tasks.find(({ key }) => key === row.key) : undefined;
  if (task !== undefined) return textIn(task.title, language);
  const condition = stage.gate.find((one) => conditionKey(one) === row.key);
  if (condition === undefined) return row.key;
  if (isDecision(condition)) return textIn(condition.title, language);
  return condition.title === undefined ? row.key : textIn(condition.title, language);
}
