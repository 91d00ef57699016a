import type { FactListed } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";

/** The titles of facts, by their names, in the reader's language. */
export function useFactTitles(): ReadonlyMap<string, string> {
  const { t, i18n } = useTranslation("facts");
  const facts = useRecord<{ readonly data: readonly FactListed[] }>("/procedure-facts");
  const titleOf = ({ fact, title }: FactListed) =>
    i18n.exists(`facts:titles.${fact}`) ? t(`facts:titles.${fact}`) : title;
  return new Map((facts.data?.data ?? []).map((one) => [one.fact, titleOf(one)]));
}

/** `risk.rated {"max":"medium"}` in words: the fact's title, and its parameters behind it. */
export function factWords(key: string, titles: ReadonlyMap<string, string>): string {
  const [fact = key, ...rest] = key.split(" ");
  const title = titles.get(fact);
  if (title === undefined || rest.length === 0) return title ?? key;
  const parameters = Object.values(JSON.parse(rest.join(" ")) as Record<string, unknown>);
  return `${title} (${parameters.flat().join(", ")})`;
}
