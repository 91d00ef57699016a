import { useTranslation } from "react-i18next";
import { factWords, useFactTitles } from "./fact-titles.ts";

/** What a condition of a case and one of a launch have in common. */
interface Said {
  readonly key: string;
  readonly title: string;
  readonly sentence: string;
  readonly code?: string | undefined;
  readonly values?: Readonly<Record<string, string | number>> | undefined;
  readonly role?: string | undefined;
}

interface ConditionWords {
  readonly title: string;
  readonly sentence: string;
}

/** What a condition asks for, and why it holds or not, in the reader's language. */
export function useConditionWords(): (one: Said) => ConditionWords {
  const { t, i18n } = useTranslation("procedures");
  const titles = useFactTitles();
  const knows = ({ code, values }: Said) => code !== undefined && i18n.exists(`facts:${code}`, { ...values });
  return (one) => ({
    title: one.title === one.key ? factWords(one.key, titles) : one.title,
    sentence: knows(one) ? t(`facts:${one.code}`, { ...one.values }) : ownSentence(one, t),
  });
}

function ownSentence(one: Said, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (["not_signed", "refused", "signed", "not_asked", "ended"].includes(one.code ?? ""))
    return t(`sentences.${one.code}`, { ...one.values, role: t(`roles.${one.role}`) });
  return one.sentence;
}
