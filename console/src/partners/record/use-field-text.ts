import type { FieldValue, PartnerField } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/use-format.ts";
import { toForm } from "./field-entry.ts";

/** Titles and values of custom fields in the language of the screen. */
export function useFieldText() {
  const { t, i18n } = useTranslation("partners");
  const format = useFormat();
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const option = (field: PartnerField, value: string) =>
    field.options.find((one) => one.value === value)?.title[language] ?? value;
  const value = (field: PartnerField, given: FieldValue): string => {
    if (typeof given === "boolean") return t(given ? "fields.yes" : "fields.no");
    if (Array.isArray(given)) return given.map((one) => option(field, one)).join(", ");
    if (typeof given !== "string") return String(toForm(field.type, given));
    if (field.type === "one_of") return option(field, given);
    if (field.type === "country") return format.country(given);
    return field.type === "date" ? format.day(given) : given;
  };
  return {
    title: (field: PartnerField) => field.title[language],
    help: (field: PartnerField) => field.help[language],
    value,
    option,
  };
}
