import type { AttributionRules } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ruleSentences } from "./rule-sentences.ts";
import { useRecordNames } from "./use-record-names.ts";

/** Turns rules into sentences with the names of all partners and offers that any of them mention. */
export function useRuleWords(all: readonly AttributionRules[]): (rules: AttributionRules) => string[] {
  const { t } = useTranslation("attribution");
  const names = useRecordNames(all.flatMap(idsOf));
  return (rules) => ruleSentences(t, rules, (id) => names.get(id) ?? id);
}

function idsOf({ windows, noOverwritePartners }: AttributionRules): string[] {
  return [...windows.flatMap((one) => [one.offerId ?? [], one.partnerId ?? []].flat()), ...noOverwritePartners];
}
