import { systemActor } from "../../access/index.ts";
import { decideAdjustment, proposeAdjustment } from "../../commissions/index.ts";
import type { Context } from "../../database/index.ts";
import { addMonths, dayOf, monthOf } from "../../kernel/period.ts";
import { branding, decideInquiry, listStatements, openInquiry, saveBranding } from "../../statements/index.ts";
import type { SampleRecords } from "./records.ts";

/** What happens around a month's statements: papers with a letterhead, a bonus, a correction that waits for its second person, questions of partners. */
export async function writeMoneyMatters(ctx: Context, { cast, programIds }: SampleRecords): Promise<void> {
  const { finance, approver } = cast;
  await saveBranding(ctx, systemActor("sample"), { ...(await branding(ctx.db)), ...LETTERHEAD });
  const month = addMonths(monthOf(dayOf(ctx.clock.now(), "UTC")), -1).slice(0, 7);
  const { rows } = await listStatements(ctx, finance, { limit: 50, month });
  const [first, second, third] = rows;
  if (first === undefined || second === undefined || third === undefined) return;
  const about = ({ partnerId, currency }: typeof first) => {
    return { partnerId, currency, programId: programIds.casino, month };
  };
  const bonus = await proposeAdjustment(ctx, finance, {
    ...about(first),
    kind: "bonus",
    amount: "25000",
    reasonCode: "bonus",
    reason: "Agreed bonus for the autumn campaign.",
  });
  await decideAdjustment(ctx, approver, bonus.id, true);
  const asked = await openInquiry(ctx, finance, {
    statementId: second.id,
    subject: "Two sign-ups of the last weekend are missing",
    text: "On the phone: the partner counts two more first deposits than the statement.",
  });
  await proposeAdjustment(ctx, finance, {
    ...about(second),
    amount: "8000",
    reasonCode: "inquiry",
    reason: "Two first deposits that were reported late.",
    inquiryId: asked.id,
  });
  const settled = await openInquiry(ctx, finance, {
    statementId: third.id,
    subject: "Why is a part still held?",
    text: "The partner asks why not everything is payable.",
  });
  await decideInquiry(ctx, finance, settled.id, {
    outcome: "resolved",
    text: "What was earned in the last days of the month is held until its own day; the statement lists it.",
  });
}

/** The same operator as on the sample's invoices (demo/payees.ts). */
const LETTERHEAD = {
  name: "Tributary Sample",
  legalName: "Tributary Sample Operator Ltd",
  address: ["12 Harbour Street", "VLT 1117 Valletta", "Malta"],
  email: "partners@tributary.example",
  website: "https://tributary.example",
  registration: "C 00001 · VAT MT11679112",
};
