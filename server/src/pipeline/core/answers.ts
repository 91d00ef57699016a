import type { FormDefinition, FormQuestion, Texts } from "@tributary/contract";

/** A thing that is wrong with an answer: which question, and a code that pages put into words. */
export interface AnswerProblem {
  readonly question: string;
  readonly code:
    | "missing"
    | "not_email"
    | "not_url"
    | "not_number"
    | "not_choice"
    | "not_country"
    | "consent"
    | "too_long";
}

export interface ReadAnswers {
  readonly fields: Readonly<Partial<Record<Exclude<FormQuestion["field"], "answer">, string>>>;
  /** Answers that are no field of a lead, by question. */
  readonly answers: Readonly<Record<string, string>>;
  readonly problems: readonly AnswerProblem[];
}

const MOST = { text: 200, email: 254, phone: 40, url: 500, number: 12, country: 2, long_text: 10_000 } as const;
const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+\.[^\s@.]{2,}$/;

/** Reads what somebody answered by the questions that were asked; everything that is wrong is told at once. */
export function readAnswers(
  definition: FormDefinition,
  given: Readonly<Record<string, string | readonly string[]>>,
): ReadAnswers {
  const fields: Partial<Record<Exclude<FormQuestion["field"], "answer">, string>> = {};
  const answers: Record<string, string> = {};
  const problems: AnswerProblem[] = [];
  for (const question of definition.questions) {
    const texts = [given[question.id] ?? ""]
      .flat()
      .map((one) => one.trim())
      .filter((one) => one !== "");
    const code = problemOf(question, texts);
    if (code !== undefined) {
      problems.push({ question: question.id, code });
      continue;
    }
    if (texts.length === 0) continue;
    const value = question.kind === "country" ? (texts[0] ?? "").toUpperCase() : texts.join(", ");
    if (question.field === "answer") answers[question.id] = value;
    else fields[question.field] = value;
  }
  return { fields, answers, problems };
}

function problemOf(question: FormQuestion, texts: readonly string[]): AnswerProblem["code"] | undefined {
  const text = texts[0] ?? "";
  if (question.kind === "consent") return question.required && text !== "yes" ? "consent" : undefined;
  if (texts.length === 0) return question.required ? "missing" : undefined;
  if (question.kind === "choice" || question.kind === "choices") {
    const known = new Set(question.choices.map((one) => one.value));
    const one = question.kind === "choice" && texts.length > 1;
    return one || texts.some((value) => !known.has(value)) ? "not_choice" : undefined;
  }
  if (texts.length > 1) return "not_choice";
  if (text.length > MOST[question.kind]) return "too_long";
  if (question.kind === "email") return EMAIL.test(text) ? undefined : "not_email";
  if (question.kind === "url") return isAddress(text) ? undefined : "not_url";
  if (question.kind === "number") return /^\d{1,9}$/.test(text) ? undefined : "not_number";
  if (question.kind === "country") return /^[A-Za-z]{2}$/.test(text) ? undefined : "not_country";
  return undefined;
}

function isAddress(text: string): boolean {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes(".");
}

/** A text in a language, in English where that is missing. */
export function textIn(texts: Readonly<Record<string, string>> | Texts, language: string): string {
  const all = texts as Readonly<Record<string, string>>;
  return all[language] || all[language.slice(0, 2)] || all.en || "";
}

/** What is wrong with a form itself: what its author has to mend before it is kept. */
export function formProblems(definition: FormDefinition): readonly { readonly at: string; readonly code: string }[] {
  const found: { at: string; code: string }[] = [];
  const ids = new Set<string>();
  const fields = new Set<string>();
  for (const [index, question] of definition.questions.entries()) {
    const at = `definition.questions.${index}`;
    if (ids.has(question.id)) found.push({ at: `${at}.id`, code: "asked_twice" });
    ids.add(question.id);
    if (question.field !== "answer" && fields.has(question.field))
      found.push({ at: `${at}.field`, code: "field_twice" });
    fields.add(question.field);
    const chooses = question.kind === "choice" || question.kind === "choices";
    if (chooses && question.choices.length === 0) found.push({ at: `${at}.choices`, code: "no_choices" });
  }
  if (!fields.has("name") && !fields.has("contactName")) found.push({ at: "definition.questions", code: "no_name" });
  if (!fields.has("email")) found.push({ at: "definition.questions", code: "no_email" });
  return found;
}
