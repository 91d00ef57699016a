import type { JurisdictionAnswer, Regime, ReviewBook, Sentence } from "@tributary/contract";
import { findClaims, saysOne } from "./claims.ts";

export interface HeldRegime {
  readonly regime: Regime;
  /** what fills in its warnings, by code */
  readonly figures: Readonly<Record<string, string>>;
}

/** What regimes ask, and whether a text does so. Without a text: what it would have to carry. */
export function checkRegimes(
  held: readonly HeldRegime[],
  book: ReviewBook,
  language: string,
  text: string | null,
): JurisdictionAnswer {
  const regimes = held.map(({ regime, figures }) => ({
    code: regime.code,
    name: regime.name,
    source: regime.source,
    termRules: regime.termRules,
    duties: regime.duties,
    warnings: regime.warnings.map((warning) => warningOf(warning, figures, language, text)),
    marks: regime.marks.map(({ code, name, anyOf }) => ({
      code,
      name,
      present: text === null ? null : saysOne(text, anyOf),
    })),
  }));
  const forbidden = [...new Set(held.flatMap(({ regime }) => regime.forbidden))];
  const findings = text === null ? [] : findClaims(book, text, held.length === 0 ? undefined : forbidden);
  const sentences = [
    ...regimes.flatMap(({ name, warnings, marks }) => [
      ...warnings.flatMap((one) => warningSentences(name, one)),
      ...marks.filter(({ present }) => present === false).map((mark) => lacks(name, mark.name)),
    ]),
    ...findings.filter(({ grave, negated }) => grave && !negated).map(({ name, found }) => claims(name, found)),
  ];
  return { passes: sentences.length === 0, regimes, findings, sentences };
}

type Warning = JurisdictionAnswer["regimes"][number]["warnings"][number];

function warningOf(
  { code, text: texts }: Regime["warnings"][number],
  figures: Readonly<Record<string, string>>,
  language: string,
  text: string | null,
): Warning {
  const missing = new Set<string>();
  const filled = (template: string) =>
    template.replace(/\{([a-z0-9_-]+)\}/g, (whole, name: string) => {
      if (figures[name] === undefined) missing.add(name);
      return figures[name] ?? whole;
    });
  const all = Object.entries(texts).map(([key, template]) => [key, filled(template)] as const);
  const own = all.find(([key]) => key === language) ?? all.find(([key]) => key === "en") ?? all[0];
  return {
    code,
    text: own?.[1] ?? "",
    missing: [...missing],
    present: text === null ? null : all.some(([, one]) => wordsOf(text).includes(wordsOf(one))),
  };
}

/** A warning has to be there word by word; blanks, marks and capitals are the page's own. */
function wordsOf(text: string): string {
  return ` ${
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/(\d),(\d)/g, "$1.$2")
      .match(/[\p{L}\p{N}]+(?:\.\d+)?%?/gu)
      ?.join(" ") ?? ""
  } `;
}

function warningSentences(regime: Sentence, { missing, present }: Warning): Sentence[] {
  if (missing.length > 0)
    return [
      {
        en: `${regime.en}: the warning needs a figure that nobody gave (${missing.join(", ")}).`,
        es: `${regime.es}: la advertencia necesita una cifra que nadie ha dado (${missing.join(", ")}).`,
      },
    ];
  if (present !== false) return [];
  return [{ en: `${regime.en}: the risk warning is missing.`, es: `${regime.es}: falta la advertencia de riesgo.` }];
}

const lacks = (regime: Sentence, mark: Sentence): Sentence => ({
  en: `${regime.en}: ${lower(mark.en)} is missing.`,
  es: `${regime.es}: falta ${lower(mark.es)}.`,
});
const claims = (name: Sentence, found: string): Sentence => ({
  en: `“${found}” is a forbidden claim: ${lower(name.en)}.`,
  es: `«${found}» es una afirmación prohibida: ${lower(name.es)}.`,
});
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The European Economic Area. */
const EEA = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IS IT LI LV LT LU MT NL NO PL PT RO SK SI ES SE".split(" "),
);

/** Whether a regime speaks of somebody with a seat or a licence there. */
export function speaksOfPlace({ countries }: Regime, places: readonly string[]): boolean {
  return countries.some((country) =>
    places.some((place) =>
      country === "EEA" ? EEA.has(place.slice(0, 2)) : place === country || place.startsWith(`${country}-`),
    ),
  );
}
