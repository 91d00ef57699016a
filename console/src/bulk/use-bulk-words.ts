import type { BulkChange, BulkDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";

/** What a bulk change is called: its file, or the fields that a selection was given. */
export function useBulkName(): (one: BulkChange) => string {
  const { t } = useTranslation("bulk");
  return (one) =>
    one.source === "file"
      ? one.name
      : t("editOf", {
          fields: one.name
            .split(", ")
            .map((field) => t(`fields.${field}`, { defaultValue: field }))
            .join(", "),
        });
}

/** What a field is called; custom fields by their titles. */
export function useFieldName(one: BulkDetail): (field: string) => string {
  const { t } = useTranslation("bulk");
  const { language } = useFormat();
  return (field) => {
    const title = one.fields.find((known) => known.name === field)?.title;
    return title?.[language === "es" ? "es" : "en"] ?? t(`fields.${field}`, { defaultValue: field });
  };
}

/** A value as a person reads it. */
export function useValueText(): (value: unknown) => string {
  const { t } = useTranslation("bulk");
  return (value) => {
    if (value === null || value === undefined || value === "") return "–";
    if (Array.isArray(value)) return value.length === 0 ? "–" : value.join(", ");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "object") return JSON.stringify(value);
    const text = String(value);
    return text.startsWith("code:") ? text.slice("code:".length) : text;
  };
}
