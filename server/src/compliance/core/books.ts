import type {
  DocumentBook,
  QuestionnaireBook,
  RegimeBook,
  ReviewBook,
  RiskBook,
  RuleBookName,
} from "@tributary/contract";

interface BookProblem {
  readonly path: string;
  readonly message: string;
}

/** What the shape of a book cannot say: codes that are twice, or that name nothing. */
export function bookProblems(book: RuleBookName, document: unknown): BookProblem[] {
  if (book === "documents") return documentProblems(document as DocumentBook);
  if (book === "questionnaires") return questionnaireProblems(document as QuestionnaireBook);
  if (book === "risk") return riskProblems(document as RiskBook);
  if (book === "reviews") return twice("claims", (document as ReviewBook).claims);
  if (book === "regimes") return twice("regimes", (document as RegimeBook).regimes);
  return [];
}

function twice(path: string, items: readonly { readonly code: string }[]): BookProblem[] {
  const seen = new Set<string>();
  return items.flatMap(({ code }, index) => {
    if (seen.has(code)) return [{ path: `${path}.${index}.code`, message: `${code} is there twice` }];
    seen.add(code);
    return [];
  });
}

function documentProblems({ kinds, sets }: DocumentBook): BookProblem[] {
  const known = new Set(kinds.map(({ code }) => code));
  const unknown = sets.flatMap(({ needed }, index) =>
    needed
      .flat()
      .flatMap((code) =>
        known.has(code) ? [] : [{ path: `sets.${index}.needed`, message: `${code} is no kind of document` }],
      ),
  );
  return [...twice("kinds", kinds), ...twice("sets", sets), ...unknown];
}

function questionnaireProblems({ questionnaires }: QuestionnaireBook): BookProblem[] {
  return [
    ...twice("questionnaires", questionnaires),
    ...questionnaires.flatMap(({ questions }, index) => {
      const path = `questionnaires.${index}.questions`;
      const order = questions.map(({ code }) => code);
      const late = questions.flatMap(({ onlyIf }, at) =>
        onlyIf === null || order.slice(0, at).includes(onlyIf.question)
          ? []
          : [{ path: `${path}.${at}.onlyIf`, message: `${onlyIf.question} is not asked before it` }],
      );
      return [...twice(path, questions), ...late];
    }),
  ];
}

function riskProblems({ medium, high, factors }: RiskBook): BookProblem[] {
  const order = high > medium ? [] : [{ path: "high", message: "has to be above the points of medium" }];
  return [...order, ...twice("factors", factors)];
}
