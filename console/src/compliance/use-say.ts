import type { Sentence } from "@tributary/contract";
import { useFormat } from "../i18n/use-format.ts";

/** A sentence that the server says in several languages, in the reader's. */
export function useSay(): (sentence: Sentence) => string {
  const { language } = useFormat();
  return ({ en, es }) => (language.startsWith("es") ? es : en);
}
