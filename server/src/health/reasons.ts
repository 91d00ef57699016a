import type { HealthReason } from "@tributary/contract";
import * as audit from "../audit/index.ts";
import type { Context } from "../database/index.ts";
import { lastFailedLinkTest, lastFailedPostback, linksOfPair } from "../tracking/index.ts";
import type { Trouble } from "./contracts.ts";
import { HOUR_MS } from "./hours.ts";

const BEFORE_MS = 36 * HOUR_MS;
const AFTER_MS = 2 * HOUR_MS;
const TEST_BEFORE_MS = 7 * 24 * HOUR_MS;
const CHANGES_SHOWN = 3;
const LINKS_LOOKED_AT = 30;
/** Changes of these say nothing of why something is tracked no more. */
const NO_CAUSE = /^(health|access|users|saved_views|partners\.contact|statements|commissions|ledger)\b/;

/** What may lie behind a trouble, the likeliest first: what failed, what was changed shortly before, what can be seen beside it. */
export async function reasonsOf(ctx: Context, trouble: Trouble): Promise<HealthReason[]> {
  const since = new Date(trouble.since * HOUR_MS);
  const reasons: (HealthReason | undefined)[] = [];
  if (trouble.partnerId !== null) {
    const call = await lastFailedPostback(ctx.db, trouble.partnerId, new Date(since.getTime() - HOUR_MS));
    if (trouble.kind === "postback_errors" && call !== undefined)
      reasons.push(reason("postback_error", call.at, call.what, "postback", call.postbackId));
    const before = new Date(since.getTime() - TEST_BEFORE_MS);
    const test = await lastFailedLinkTest(ctx.db, trouble.partnerId, trouble.offerId, before);
    if (test !== undefined) reasons.push(reason("link_test_failed", test.at, "", "test", test.runId));
  }
  reasons.push(...(await changesBefore(ctx, trouble, since)));
  if (trouble.kind === "rejected_calls")
    reasons.push(reason("calls_rejected", since, "", "source", trouble.sourceId ?? ""));
  if (trouble.kind === "conversions" && trouble.direction === "drop")
    reasons.push(reason("clicks_go_on", null, "", "", ""));
  if (trouble.offerId === null && (trouble.kind === "clicks" || trouble.kind === "conversions"))
    reasons.push(reason("all_offers", null, "", "", ""));
  return reasons.filter((one) => one !== undefined);
}

function reason(
  code: HealthReason["code"],
  at: Date | null,
  text: string,
  kind: string,
  id: string,
  who = "",
): HealthReason {
  return { code, at: at?.toISOString() ?? null, text, who, subjectKind: kind, subjectId: id };
}

/** What was changed about the program, the offer, the partner or its links around the hour in which it began, the newest first. */
async function changesBefore(ctx: Context, trouble: Trouble, since: Date): Promise<HealthReason[]> {
  const during = { from: new Date(since.getTime() - BEFORE_MS), to: new Date(since.getTime() + AFTER_MS) };
  const subjects: [string, string][] = [["program", trouble.programId]];
  if (trouble.sourceId !== null) subjects.push(["event_source", trouble.sourceId]);
  if (trouble.offerId !== null) subjects.push(["offer", trouble.offerId]);
  if (trouble.partnerId !== null) {
    subjects.push(["partner", trouble.partnerId]);
    const links = await linksOfPair(ctx.db, trouble.partnerId, trouble.offerId);
    subjects.push(...links.slice(-LINKS_LOOKED_AT).map((id): [string, string] => ["link", id]));
  }
  const found = await Promise.all(
    subjects.map(([subjectKind, subjectId]) =>
      audit.list(ctx, { subjectKind, subjectId, ...during }, { limit: CHANGES_SHOWN }),
    ),
  );
  return found
    .flatMap((entries) => [...entries])
    .filter(({ action }) => !NO_CAUSE.test(action))
    .sort((a, b) => Number(b.seq - a.seq))
    .slice(0, CHANGES_SHOWN)
    .map((entry) =>
      reason("setting_changed", entry.at, entry.action, entry.subjectKind, entry.subjectId, entry.actorName),
    );
}
