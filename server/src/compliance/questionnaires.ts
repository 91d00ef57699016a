import type {
  Answers,
  AskedQuestionnaire,
  NewAnswers,
  Questionnaire,
  QuestionnaireAnswer,
  Sentence,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch, programsOfPartner } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { answerProblems, consequencesOf, isStillAnswered, keptAnswers } from "./core/questionnaire.ts";
import { profileOf } from "./profile.ts";
import * as store from "./store/diligence.ts";
import { today } from "./today.ts";

interface Asked {
  readonly questionnaire: Questionnaire;
  readonly version: number;
  readonly last: store.AnswerRow | undefined;
  readonly state: AskedQuestionnaire["state"];
  /** the last day on which the answers count; null: no end */
  readonly endsOn: string | null;
}

/** What is asked of a partner now, with how it stands. */
export async function askedOf(ctx: Context, partnerId: string): Promise<Asked[]> {
  const { partner, entity } = await profileOf(ctx, partnerId);
  const { version, document } = await bookInForce(ctx, "questionnaires");
  const answers = await store.newestAnswers(ctx.db, partnerId);
  const day = today(ctx);
  const limited = document.questionnaires.some(({ programs }) => programs.length > 0);
  const working = new Set(limited ? await programsOfPartner(ctx.db, partnerId) : []);
  return document.questionnaires
    .filter(({ programs }) => programs.length === 0 || programs.some((id) => working.has(id)))
    .filter(({ entities }) => entities.length === 0 || (entity !== null && entities.includes(entity)))
    .filter(({ partnerKinds }) => partnerKinds.length === 0 || partnerKinds.includes(partner.kind))
    .map((questionnaire) => {
      const last = answers.find((row) => row.questionnaire === questionnaire.code);
      const endsOn = last === undefined ? null : endOf(last.answered_at, questionnaire.repeatMonths);
      return { questionnaire, version, last, state: stateOf(questionnaire, last, endsOn, day), endsOn };
    });
}

function endOf(answeredAt: Date, months: number): string | null {
  if (months === 0) return null;
  return Temporal.PlainDate.from(answeredAt.toISOString().slice(0, 10))
    .add({ months })
    .subtract({ days: 1 })
    .toString();
}

function stateOf(
  questionnaire: Questionnaire,
  last: store.AnswerRow | undefined,
  endsOn: string | null,
  day: string,
): Asked["state"] {
  if (last === undefined) return "open";
  if (endsOn !== null && endsOn < day) return "again";
  return isStillAnswered(questionnaire, last.answers as Answers) ? "answered" : "changed";
}

/** The partner's own people see what is asked and what they said, never what it counts. */
export async function listAsked(
  ctx: Context,
  actor: Actor,
  partnerId: string,
): Promise<{ data: AskedQuestionnaire[] }> {
  requirePermission(actor, "documents.read", await partnerTouch(ctx, partnerId));
  const own = actor.partnerId !== undefined;
  const asked = await askedOf(ctx, partnerId);
  return {
    data: asked.map(({ questionnaire, version, last, state }) => ({
      questionnaire: own ? withoutConsequences(questionnaire) : questionnaire,
      version,
      last: last === undefined ? null : answerWire(last, own),
      state,
    })),
  };
}

const withoutConsequences = (questionnaire: Questionnaire): Questionnaire => ({
  ...questionnaire,
  questions: questionnaire.questions.map((question) => ({ ...question, consequences: [] })),
});

function answerWire(row: store.AnswerRow, own: boolean): QuestionnaireAnswer {
  return {
    id: row.answer_id,
    partnerId: row.partner_id,
    questionnaire: row.questionnaire,
    version: row.version,
    answers: row.answers as Answers,
    points: own ? null : row.points,
    flags: own ? [] : (row.flags as unknown as Sentence[]),
    answeredBy: row.answered_name,
    answeredAt: row.answered_at.toISOString(),
    byPartner: row.by_partner,
  };
}

/** Answers a questionnaire as a whole; what was said before stays. @throws Refusal invalid_input naming each question */
export async function answerQuestionnaire(ctx: Context, actor: Actor, input: NewAnswers): Promise<QuestionnaireAnswer> {
  const partnerId = actor.partnerId ?? input.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "is needed");
  requirePermission(actor, "documents.write", await partnerTouch(ctx, partnerId));
  const asked = (await askedOf(ctx, partnerId)).find(({ questionnaire }) => questionnaire.code === input.questionnaire);
  if (asked === undefined) throw notFound("questionnaire", input.questionnaire);
  const { questionnaire, version } = asked;
  const problems = answerProblems(questionnaire, input.answers);
  if (problems.length > 0)
    throw new Refusal(
      "invalid_input",
      `${problems.length} of the questions are not answered as they ask.`,
      problems.map(({ question, message }) => ({ field: `answers.${question}`, value: "", message })),
    );
  const answers = keptAnswers(questionnaire, input.answers);
  const { points, flags } = consequencesOf(questionnaire, answers);
  const row = await transact(ctx, async (tx) => {
    const made = await store.insertAnswer(tx.db, {
      answer_id: tx.ids.next("qst"),
      partner_id: partnerId,
      questionnaire: questionnaire.code,
      version,
      answers: JSON.stringify(answers),
      points,
      flags: JSON.stringify(flags),
      answered_by: personOf(actor),
      answered_name: actor.name,
      answered_at: tx.clock.now(),
      by_partner: actor.partnerId !== undefined,
    });
    await audit.record(tx, actor, {
      action: "compliance.questionnaire_answered",
      subjectKind: "partner",
      subjectId: partnerId,
      after: { questionnaire: questionnaire.code, version, answers },
      partnerId,
    });
    return made;
  });
  return answerWire(row, actor.partnerId !== undefined);
}
