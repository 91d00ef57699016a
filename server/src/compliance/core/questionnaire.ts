import type { Answers, Question, Questionnaire, Sentence } from "@tributary/contract";

interface AnswerProblem {
  readonly question: string;
  readonly message: string;
}

const given = (answers: Answers, code: string): readonly string[] => {
  const answer = answers[code];
  if (answer === undefined) return [];
  return (typeof answer === "string" ? [answer] : answer).map((one) => one.trim()).filter((one) => one !== "");
};

/** Questions that are asked at all with these answers. */
export function askedQuestions({ questions }: Questionnaire, answers: Answers): readonly Question[] {
  return questions.filter(({ onlyIf }) => onlyIf === null || given(answers, onlyIf.question).includes(onlyIf.is));
}

/** What is missing or cannot be an answer. Answers to questions that are not asked are left out by `keptAnswers`. */
export function answerProblems(questionnaire: Questionnaire, answers: Answers): AnswerProblem[] {
  return askedQuestions(questionnaire, answers).flatMap((question) => {
    const values = given(answers, question.code);
    const problem =
      values.length === 0 ? (question.required ? "is needed" : undefined) : valueProblem(question, values);
    return problem === undefined ? [] : [{ question: question.code, message: problem }];
  });
}

function valueProblem(question: Question, values: readonly string[]): string | undefined {
  const one = values[0] ?? "";
  if (question.kind !== "choices" && question.kind !== "countries" && values.length > 1) return "takes one answer";
  if (question.kind === "yes_no") return /^(?:yes|no)$/.test(one) ? undefined : "is answered with yes or no";
  if (question.kind === "number")
    return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(one) ? undefined : "is answered with a number";
  if (question.kind === "countries")
    return values.every((value) => /^[A-Z]{2}$/.test(value)) ? undefined : "is answered with countries, e.g. DE";
  if (question.kind === "text") return undefined;
  const known = new Set(question.options.map(({ code }) => code));
  return values.every((value) => known.has(value)) ? undefined : "is answered with one of its options";
}

/** The answers to what is asked, as they are kept. */
export function keptAnswers(questionnaire: Questionnaire, answers: Answers): Answers {
  const kept = askedQuestions(questionnaire, answers).flatMap(({ code, kind }) => {
    const values = given(answers, code);
    if (values.length === 0) return [];
    return [[code, kind === "choices" || kind === "countries" ? [...new Set(values)] : (values[0] ?? "")] as const];
  });
  return Object.fromEntries(kept);
}

/** What the answers add to the risk, and what they raise. */
export function consequencesOf(questionnaire: Questionnaire, answers: Answers): { points: number; flags: Sentence[] } {
  const met = askedQuestions(questionnaire, answers).flatMap((question) => {
    const values = given(answers, question.code);
    return question.consequences.filter(({ is }) => (is === "any" ? values.length > 0 : values.includes(is)));
  });
  return {
    points: met.reduce((sum, { points }) => sum + points, 0),
    flags: met.flatMap(({ flag }) => (flag === null ? [] : [flag])),
  };
}

/** Whether answers given before still answer what is asked now. */
export function isStillAnswered(questionnaire: Questionnaire, answers: Answers): boolean {
  return answerProblems(questionnaire, answers).length === 0;
}
