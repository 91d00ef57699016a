import type { FactListed } from "@tributary/contract";
import { useRecord } from "../api/records.ts";

/** The titles of facts, by their names. */
export function useFactTitles(): ReadonlyMap<string, string> {
  const facts = useRecord<{ readonly data: readonly FactListed[] }>("/procedure-facts");
  return new Map((facts.data?.data ?? []).map(({ fact, title }) => [fact, title]));
}

/** `risk.rated {"max":"medium"}` in words: the fact's title, and its parameters behind it. */
export function factWords(key: string, titles: ReadonlyMap<string, string>): string {
  const [fact = key, ...rest] = key.split(" ");
  const title = titles.get(fact);
  if (title === undefined || rest.length === 0) return title ?? key;
  const parameters = Object.values(JSON.parse(rest.join(" ")) as Record<string, unknown>);
  return `${title} (${parameters.flat().join(", ")})`;
}
