import { systemActor, userEmails } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { addDays, type Day } from "../kernel/period.ts";
import { partnersByIds } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import type { TermsRange } from "./core/precedence.ts";
import { scheduleOf } from "./core/schedule.ts";
import { policyOf } from "./rules.ts";
import * as store from "./store/agreements.ts";
import { noteReminder } from "./store/reminders.ts";
import { todayIn } from "./surroundings.ts";
import { moved, noted } from "./versions.ts";

/** A letter about terms that end, or that were sent or countered. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The furthest that a policy may look ahead. */
const LOOK_AHEAD_DAYS = 365;
const SYSTEM = systemActor("agreements");

/** Offers whose last day to answer is over are not on the table any more. @returns how many */
export async function expireOffers(ctx: Context): Promise<number> {
  const rows = await store.overdue(ctx.db, addDays(ctx.clock.now().toISOString().slice(0, 10), 1));
  let expired = 0;
  for (const row of rows) {
    if (row.answer_by === null || row.answer_by >= (await todayIn(ctx, row.program_id))) continue;
    await transact(ctx, async (tx) => {
      await moved(tx, row, "expired", { expired_at: tx.clock.now() });
      const id = row.agreement_version_id;
      await noted(tx, SYSTEM, "agreements.expired", id, row.partner_id, { status: "expired" }, { status: row.status });
    });
    expired += 1;
  }
  return expired;
}

/** Letters about signed terms that end, so many days before as the program wants; each is written once. */
export async function dueReminders(ctx: Context): Promise<readonly Letter[]> {
  const utcToday = ctx.clock.now().toISOString().slice(0, 10);
  const rows = await store.endingUntil(ctx.db, addDays(utcToday, -1), addDays(utcToday, LOOK_AHEAD_DAYS + 1));
  const letters: Letter[] = [];
  for (const row of rows) {
    const { reminderDays } = await policyOf(ctx.db, row.program_id);
    const today = await todayIn(ctx, row.program_id);
    const daysBefore = reminderDays
      .filter((days) => row.valid_to !== null && addDays(row.valid_to, -days) <= today && today < row.valid_to)
      .sort((a, b) => a - b)[0];
    if (daysBefore === undefined || row.valid_to === null) continue;
    const note = { id: row.agreement_version_id, validTo: row.valid_to, daysBefore, at: ctx.clock.now() };
    if (await noteReminder(ctx.db, note)) letters.push(...(await lettersAbout(ctx, row, row.valid_to)));
  }
  return letters;
}

async function lettersAbout(ctx: Context, row: store.VersionOfPair, end: Day): Promise<Letter[]> {
  const [partner] = await partnersByIds(ctx.db, [row.partner_id]);
  const [program] = await programsByIds(ctx.db, [row.program_id]);
  if (partner === undefined || program === undefined) return [];
  const pair = { partnerId: row.partner_id, programId: row.program_id };
  const accepted = (await store.acceptedOf(ctx.db, [pair])).map(rangeOf);
  const after = scheduleOf(accepted).find((one) => one.from <= end && (one.to === null || end < one.to));
  const then = after?.version ?? null;
  const owner = partner.ownerUserId ?? program.ownerUserId;
  const emails = owner === null ? new Map<string, string>() : await userEmails(ctx.db, [owner]);
  const facts = { partner: partner.name, program: program.name, version: row.version, end, then };
  const forOwner = [...emails.values()].map((to) => ({ to, ...reminder("en", facts) }));
  const forPartner =
    partner.email === ""
      ? []
      : [{ to: partner.email, ...reminder(partner.language.startsWith("es") ? "es" : "en", facts) }];
  return [...forOwner, ...forPartner];
}

/** What the side that has to answer is told when terms are put before it; nothing when they were answered in the meantime. */
export async function lettersOnTheTable(ctx: Context, id: string, awaited: "sent" | "countered"): Promise<Letter[]> {
  const [row] = await store.versionRows(ctx.db, [id]);
  if (row === undefined || row.status !== awaited) return [];
  const [partner] = await partnersByIds(ctx.db, [row.partner_id]);
  const [program] = await programsByIds(ctx.db, [row.program_id]);
  if (partner === undefined || program === undefined) return [];
  if (awaited === "sent") {
    const words = TABLE_WORDS[partner.language.startsWith("es") ? "es" : "en"];
    return partner.email === "" ? [] : [{ to: partner.email, ...words.sent(program.name, row.answer_by ?? "") }];
  }
  const owner = partner.ownerUserId ?? program.ownerUserId;
  const emails = owner === null ? new Map<string, string>() : await userEmails(ctx.db, [owner]);
  return [...emails.values()].map((to) => ({
    to,
    ...TABLE_WORDS.en.countered(partner.name, program.name, row.message),
  }));
}

const TABLE_WORDS = {
  en: {
    sent: (program: string, answerBy: string) => ({
      subject: `New terms for ${program}`,
      text: `New terms for ${program} are in the portal. Read, sign or answer them by ${answerBy}.`,
    }),
    countered: (partner: string, program: string, message: string) => ({
      subject: `${partner} proposes other terms for ${program}`,
      text: `${partner} has answered the terms for ${program} with a proposal of its own:\n\n${message}`,
    }),
  },
  es: {
    sent: (program: string, answerBy: string) => ({
      subject: `Nuevas condiciones para ${program}`,
      text: `Hay nuevas condiciones para ${program} en el portal. Léalas, fírmelas o respóndalas hasta el ${answerBy}.`,
    }),
  },
} as const;

function rangeOf(row: store.VersionOfPair): TermsRange {
  return {
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    customers: row.customers as TermsRange["customers"],
  };
}

interface EndingFacts {
  readonly partner: string;
  readonly program: string;
  readonly version: number;
  readonly end: Day;
  /** version that applies from then on */
  readonly then: number | null;
}

function reminder(language: "en" | "es", { partner, program, version, end, then }: EndingFacts) {
  if (language === "es") {
    const after = then === null ? "Después no hay condiciones en vigor." : `Después se aplica la versión ${then}.`;
    return {
      subject: `Las condiciones de ${partner} en ${program} terminan el ${end}`,
      text: `La versión ${version} del acuerdo entre ${partner} y ${program} deja de aplicarse el ${end}. ${after}`,
    };
  }
  const after = then === null ? "After that there are no terms in force." : `After that version ${then} applies.`;
  return {
    subject: `The terms of ${partner} in ${program} end on ${end}`,
    text: `Version ${version} of the agreement between ${partner} and ${program} does not apply any more from ${end} on. ${after}`,
  };
}
