import type { Round } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { ClauseDifference } from "../kit/difference/clause-difference.tsx";
import { MarkedSentences } from "../kit/difference/sentence-difference.tsx";
import { ValueDifference } from "../kit/difference/value-difference.tsx";
import { Properties } from "../kit/record/card.tsx";

/** What a round changed; of the first one, what it put on the table. */
export function RoundSummary({ round }: { readonly round: Round }) {
  const { t, i18n } = useTranslation("agreements");
  const { difference } = round;
  if (difference === null) {
    const text = i18n.language.startsWith("es") ? round.planText.es : round.planText.en;
    return (
      <>
        <p>
          <DayText day={round.validFrom} /> – {round.validTo === null ? t("openEnd") : <DayText day={round.validTo} />}
        </p>
        <details>
          <summary>{t("terms")}</summary>
          <MarkedSentences sentences={text} />
        </details>
        {round.note === "" ? null : <p>{t("internalNote", { note: round.note })}</p>}
      </>
    );
  }
  const nothing = difference.plan.length + difference.clauses.length + difference.terms.length === 0;
  return (
    <>
      {nothing ? <p>{t("sameTerms")}</p> : null}
      {difference.plan.length === 0 ? null : <ValueDifference changes={difference.plan} />}
      {difference.terms.length === 0 ? null : (
        <Properties
          items={difference.terms.map((one) => [
            t(one.field),
            `${termText(one.field, one.before, t)} → ${termText(one.field, one.after, t)}`,
          ])}
        />
      )}
      <ClauseDifference changes={difference.clauses} />
      {round.note === "" ? null : <p>{t("internalNote", { note: round.note })}</p>}
    </>
  );
}

function termText(
  field: string,
  value: string | null,
  t: ReturnType<typeof useTranslation<"agreements">>["t"],
): string {
  if (value === null) return t("openEnd");
  return field === "customers" ? t(`customersWill.${value}`) : value;
}
