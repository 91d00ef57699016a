import { useTranslation } from "react-i18next";

/** What fields, words and forms of the plan language are called. A word that has no name yet is shown as it is written. */
export function useLabels() {
  const { t } = useTranslation("plans");
  const readable = (code: string) =>
    code.replaceAll("_", " ").replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return {
    field: (name: string) => t(`fields.${name}`, { defaultValue: readable(name) }),
    word: (value: string) => t(`words.${value}`, { defaultValue: readable(value) }),
    form: (id: string) => t(`forms.${id}`, { defaultValue: t(`words.${id}`, { defaultValue: readable(id) }) }),
    model: (code: string) => t(`models.${code}`, { defaultValue: readable(code) }),
  };
}
