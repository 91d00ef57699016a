import type { HealthDirection, HealthKind } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { findAlert } from "./store/alerts.ts";
import { settingsOf } from "./store/settings.ts";
import { causeOf, subjectOf } from "./words.ts";

/** What a mail about an alert says, and to whom besides those who look after the partner. */
export interface AlertLetter {
  readonly programId: string;
  readonly partnerId: string | null;
  readonly offerId: string | null;
  readonly emails: readonly string[];
  readonly write: (names: {
    readonly partner: string;
    readonly offer: string;
    readonly source: string;
    readonly timeZone: string;
  }) => {
    readonly subject: string;
    readonly text: string;
  };
}

/** Nothing when it is over again, or when the program wants no mail. */
export async function letterOf(ctx: Context, alertId: string): Promise<AlertLetter | undefined> {
  const row = await findAlert(ctx.db, alertId);
  if (row === undefined || row.state === "closed") return undefined;
  const settings = (await settingsOf(ctx.db, [row.program_id])).get(row.program_id);
  if (settings === undefined || !settings.mail) return undefined;
  const facts = {
    kind: row.kind as HealthKind,
    direction: row.direction as HealthDirection,
    eventType: row.event_type,
    expected: row.expected,
    seen: row.seen,
    since: row.since.toISOString(),
    offerId: row.offer_id,
  };
  return {
    programId: row.program_id,
    partnerId: row.partner_id,
    offerId: row.offer_id,
    emails: settings.emails,
    write: (names) => ({ subject: subjectOf(facts, names, "en"), text: causeOf(facts, names.timeZone, "en") }),
  };
}
