import type { CaseCondition } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { factWords, useFactTitles } from "./fact-titles.ts";

interface ConditionWords {
  readonly title: string;
  readonly sentence: string;
}

/** What a condition asks for, and why it holds or not, in the reader's language. */
export function useConditionWords(): (one: CaseCondition) => ConditionWords {
  const { t, i18n } = useTranslation("procedures");
  const titles = useFactTitles();
  return (one) => ({
    title: one.title === one.key ? factWords(one.key, titles) : one.title,
    sentence: i18n.exists(`facts:${one.code}`) ? t(`facts:${one.code}`, { ...one.values }) : ownSentence(one, t),
  });
}

function ownSentence(one: CaseCondition, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (["not_signed", "refused", "signed", "not_asked", "ended"].includes(one.code))
    return t(`sentences.${one.code}`, { ...one.values, role: t(`roles.${one.role}`) });
  return one.sentence;
}
