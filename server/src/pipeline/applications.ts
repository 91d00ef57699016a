import { createHash, createHmac } from "node:crypto";
import type { Application, ApplicationAnswer, FormDefinition, PublicForm } from "@tributary/contract";
import {
  Application as ApplicationSchema,
  FormDefinition as FormDefinitionSchema,
  NewLead,
  PartnerKind,
} from "@tributary/contract";
import disposable from "disposable-email-domains" with { type: "json" };
import { systemActor } from "../access/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { partnerById } from "../partners/index.ts";
import { programById } from "../programs/index.ts";
import type { IncomingLead, PipelineNeeds } from "./contracts.ts";
import { type ReadAnswers, readAnswers, textIn } from "./core/answers.ts";
import { openDesk } from "./desk.ts";
import { emailKey } from "./keys.ts";
import { challengeFor, stateOfProof } from "./proof.ts";
import * as forms from "./store/forms.ts";
import * as leads from "./store/leads.ts";
import { reasonRows } from "./store/settings.ts";
import { admitLead, mergeInto, recruiterOf, takeLeads } from "./take.ts";
import { type ApplicantWord, dayTold, told } from "./words.ts";

const DAY = 86_400_000;
const CONFIRM_DAYS = 7;
const APPLICANT = systemActor("application form");
const SHORT_LIVED = new Set(disposable);

/** The form as its page shows it. */
export async function publicForm(
  ctx: Context,
  needs: PipelineNeeds,
  address: string,
  asked: { readonly language: string; readonly ref: string },
): Promise<PublicForm> {
  const { row, definition } = await livingForm(ctx, address);
  const language = languageOf(definition, asked.language);
  const program = await programById(ctx.db, row.program_id);
  return {
    address,
    version: row.version,
    language,
    languages: definition.languages,
    program: program?.name ?? "",
    title: textIn(definition.title, language),
    intro: textIn(definition.intro, language),
    recruiter: await recruiterName(ctx, asked.ref),
    questions: definition.questions.map((one) => ({
      id: one.id,
      kind: one.kind,
      required: one.required,
      label: textIn(one.label, language),
      hint: textIn(one.hint, language),
      choices: one.choices.map((choice) => ({ value: choice.value, label: textIn(choice.label, language) })),
    })),
    challenge: await challengeFor(needs.formKey, { address, version: row.version }, ctx.clock.now()),
  };
}

async function recruiterName(ctx: Context, ref: string): Promise<string> {
  const { partnerId, userId, name } = await recruiterOf(ctx, ref);
  if (partnerId !== null) return (await partnerById(ctx.db, partnerId))?.name ?? "";
  return userId === null ? "" : name;
}

function languageOf(definition: FormDefinition, asked: string): string {
  const known = definition.languages.find((one) => one === asked.slice(0, 2).toLowerCase());
  return known ?? definition.languages[0] ?? "en";
}

async function livingForm(ctx: Context, address: string) {
  const row = await forms.formAt(ctx.db, address);
  if (row?.active !== true) throw notFound("application form", address);
  const definition = await forms.definitionOf(ctx.db, row.form_id, row.version);
  if (definition === undefined) throw notFound("application form", address);
  return { row, definition: FormDefinitionSchema.parse(definition) };
}

/**
 * Takes what somebody applied with. When this resolves the application is durable, and the mail that it needs is queued with it.
 * @throws Refusal `invalid_input` with one complaint per question, in the applicant's language
 */
export async function apply(
  ctx: Context,
  needs: PipelineNeeds,
  address: string,
  given: Application,
): Promise<ApplicationAnswer> {
  const input = ApplicationSchema.parse(given);
  const { row, definition: newest } = await livingForm(ctx, address);
  const shown = input.version === row.version ? newest : await forms.definitionOf(ctx.db, row.form_id, input.version);
  if (shown === undefined) throw notFound("application form", address);
  const definition = FormDefinitionSchema.parse(shown);
  const language = languageOf(definition, input.language);
  const words = { program: (await programById(ctx.db, row.program_id))?.name ?? "" };
  const thanks = textIn(definition.thanks, language) || told("receivedText", language, words);
  // Only machines see this field; they are told what people are told.
  if (input.address2 !== "") return answer("received", language, thanks);
  const proof = await stateOfProof(needs.formKey, input.proof, address, ctx.clock.now());
  if (proof.state !== "holds") throw refuse("proof", told(proof.state, language));
  if (proof.seconds < definition.minimumSeconds) throw refuse("proof", told("tooFast", language));
  const read = readAnswers(definition, input.answers);
  if (read.problems.length > 0) throw refuseAnswers(read, language);
  const lead = leadOf(read, definition, row.program_id, language, input);
  const hints = isShortLived(lead.email) ? [told("disposable", language)] : [];
  await transact(ctx, async (tx) => {
    // A proof that was used answers like the first time: a browser that sends twice has one application.
    if (!(await forms.spendProof(tx.db, proof.id, proof.until))) return;
    await take(tx, needs, lead, { formId: row.form_id, formVersion: input.version }, definition.confirmEmail, language);
  });
  if (!definition.confirmEmail) return answer("received", language, thanks, hints);
  return answer("confirm", language, told("confirmText", language), hints);
}

async function take(
  tx: TxContext,
  needs: PipelineNeeds,
  lead: IncomingLead,
  form: { readonly formId: string; readonly formVersion: number },
  confirmed: boolean,
  language: string,
): Promise<void> {
  const token = tokenOf(needs, Buffer.from(needs.randomBytes(18)).toString("base64url"));
  // Also without confirmation it waits at first: whether it is too early is asked before it counts.
  const until = new Date(tx.clock.now().getTime() + CONFIRM_DAYS * DAY);
  const [taken] = await takeLeads(tx, APPLICANT, [lead], {
    channel: "form",
    ...form,
    confirm: { hash: hashOf(token), until, language },
  });
  if (taken === undefined || "refused" in taken) throw taken?.refused ?? new Error("Nothing was taken");
  if (confirmed) {
    await announce(tx, "pipeline.confirmation_due", { leadId: taken.id, token, language });
    return;
  }
  const row = await leads.lockedLead(tx.db, taken.id);
  if (row === undefined) throw new Error("The application that was just written is not there");
  const early = await admitOrWait(tx, row, false);
  if (early !== null)
    await announce(tx, "pipeline.too_early", { leadId: taken.id, text: earlyText(early, language), language });
}

/** A token says by itself that it is one of ours: what is guessed costs no question to the database. */
function tokenOf(needs: PipelineNeeds, secret: string): string {
  return `${secret}${createHmac("sha256", needs.formKey).update(`confirm ${secret}`).digest("base64url").slice(0, 16)}`;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Somebody opened the link of the mail. Opened again, it says the same. */
export async function confirmApplication(
  ctx: Context,
  needs: PipelineNeeds,
  token: string,
): Promise<ApplicationAnswer> {
  if (tokenOf(needs, token.slice(0, 24)) !== token)
    return answer("received", "en", told("lateLinkText", "en"), [], "lateLink");
  return await transact(ctx, async (tx) => {
    const row = await leads.leadByConfirmation(tx.db, hashOf(token));
    if (row === undefined) return answer("received", "en", told("lateLinkText", "en"), [], "lateLink");
    const language = row.confirm_language ?? "en";
    if (row.status !== "unconfirmed") return answer("received", language, told("receivedText", language));
    if (row.confirm_until !== null && row.confirm_until <= tx.clock.now())
      return answer("received", language, told("lateLinkText", language), [], "lateLink");
    const early = await admitOrWait(tx, row, true);
    if (early !== null) return answer("too_early", language, earlyText(early, language));
    return answer("received", language, told("receivedText", language));
  });
}

type Early = { readonly from: Date | null };

/** The lead counts, or, when its applicant was turned down and may not apply again yet, what it says goes to the lead of then. */
async function admitOrWait(tx: TxContext, row: leads.LeadRow, proved: boolean): Promise<Early | null> {
  const early = await tooEarly(tx, row);
  if (early !== null) {
    await mergeInto(tx, APPLICANT, row, early.leadId);
    return early;
  }
  await admitLead(tx, APPLICANT, row, await openDesk(tx), proved);
  return null;
}

async function tooEarly(tx: TxContext, row: leads.LeadRow): Promise<(Early & { readonly leadId: string }) | null> {
  if (row.email_key === null) return null;
  const [before] = await leads.leadsWithEmail(tx.db, [row.email_key]);
  if (before?.status !== "lost" || before.ended_at === null) return null;
  const reason = (await reasonRows(tx.db)).find((one) => one.reason_id === before.lost_reason);
  if (reason === undefined) return null;
  if (reason.reapply_days === null) return { from: null, leadId: before.lead_id };
  const from = new Date(before.ended_at.getTime() + reason.reapply_days * DAY);
  return from > tx.clock.now() ? { from, leadId: before.lead_id } : null;
}

function earlyText(early: Early, language: string): string {
  if (early.from === null) return told("tooEarlyNever", language);
  return told("tooEarlyOn", language, { day: dayTold(early.from, language) });
}

const TITLES = { received: "received", confirm: "confirm", too_early: "tooEarly" } as const;

function answer(
  outcome: ApplicationAnswer["outcome"],
  language: string,
  text: string,
  hints: readonly string[] = [],
  title: ApplicantWord = TITLES[outcome],
): ApplicationAnswer {
  return { outcome, title: told(title, language), text, hints: [...hints] };
}

function refuse(field: string, message: string): Refusal {
  return new Refusal("invalid_input", message, [{ field, message }]);
}

function refuseAnswers(read: ReadAnswers, language: string): Refusal {
  const complaints = read.problems.map((one) => ({
    field: `answers.${one.question}`,
    message: told(one.code, language),
  }));
  return new Refusal("invalid_input", complaints[0]?.message ?? "", complaints);
}

function leadOf(
  { fields, answers }: ReadAnswers,
  definition: FormDefinition,
  programId: string,
  language: string,
  input: { readonly source: string; readonly ref: string },
): IncomingLead {
  const kind = PartnerKind.safeParse(fields.kind);
  const handles = (["telegram", "skype"] as const).flatMap((one) => {
    const handle = fields[one];
    return handle === undefined ? [] : [{ kind: one, handle: handle.slice(0, 120) }];
  });
  const email = fields.email ?? "";
  return NewLead.parse({
    name: (fields.name ?? fields.contactName ?? email).slice(0, 120),
    contactName: (fields.contactName ?? "").slice(0, 120),
    email,
    phone: fields.phone ?? "",
    website: fields.website ?? "",
    country: fields.country ?? null,
    kind: kind.success ? kind.data : "affiliate",
    vertical: (fields.vertical ?? "").slice(0, 60),
    expectedFtds: fields.expectedFtds === undefined ? null : Math.min(Number(fields.expectedFtds), 10_000_000),
    note: fields.note ?? "",
    handles,
    language,
    programId,
    source: input.source === "" ? definition.source : input.source,
    recruiter: input.ref,
    answers: { ...answers },
    tags: isShortLived(email) ? ["disposable-mail"] : [],
  });
}

function isShortLived(email: string): boolean {
  const key = emailKey(email);
  return key !== null && SHORT_LIVED.has(key.slice(key.lastIndexOf("@") + 1));
}

/** What was written to an applicant who has to confirm. @returns null when nothing has to be confirmed any more */
export async function confirmationMail(
  ctx: Context,
  publicUrl: string,
  notice: { readonly leadId: string; readonly token: string; readonly language: string },
) {
  const row = await leads.leadRow(ctx.db, notice.leadId);
  if (row?.status !== "unconfirmed" || row.form_id === null) return null;
  const form = await forms.formRow(ctx.db, row.form_id);
  const program = form === undefined ? undefined : await programById(ctx.db, form.program_id);
  const until = row.confirm_until ?? ctx.clock.now();
  const values = {
    name: row.contact_name === "" ? row.name : row.contact_name,
    program: program?.name ?? "",
    link: `${publicUrl}/apply/${form?.address ?? ""}?confirm=${notice.token}`,
    day: dayTold(until, notice.language),
  };
  return {
    to: row.email,
    subject: told("confirmSubject", notice.language, values),
    text: told("confirmMail", notice.language, values),
  };
}

export async function tooEarlyMail(
  ctx: Context,
  notice: { readonly leadId: string; readonly text: string; readonly language: string },
) {
  const row = await leads.leadRow(ctx.db, notice.leadId);
  const program = row?.program_id ? await programById(ctx.db, row.program_id) : undefined;
  if (row === undefined || row.email === "") return null;
  const subject = told("tooEarlySubject", notice.language, { program: program?.name ?? "" });
  return { to: row.email, subject, text: notice.text };
}
