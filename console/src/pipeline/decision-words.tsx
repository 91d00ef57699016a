import type { DecisionWord } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { NameText } from "../kit/name-text.tsx";

/** A decision in words, step by step: which rule held, by what, and who had fewest. People are shown by their names. */
export function DecisionWords({ words }: { readonly words: readonly DecisionWord[] }) {
  const { t } = useTranslation("pipeline");
  if (words.length === 0) return <span>{t("noDecision")}</span>;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {words.map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a decision never change their order
        <li key={index}>
          <Word word={word} />
        </li>
      ))}
    </ul>
  );
}

function Word({ word }: { readonly word: DecisionWord }) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const { user, deputy, field, value, ...rest } = word.values;
  const shown = field === "country" && value !== undefined ? format.country(value) : (value ?? "");
  const text = t(`words.${word.code}`, {
    ...rest,
    field: field === undefined ? "" : t(`fields.${field}`),
    value: shown,
  });
  return (
    <>
      {user === undefined || user === "" ? null : (
        <>
          <NameText id={user} />
          {": "}
        </>
      )}
      {text}
      {deputy === undefined ? null : (
        <>
          {" "}
          <NameText id={deputy} />
        </>
      )}
    </>
  );
}
