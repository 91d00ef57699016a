import type { PostbackTemplate } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";

/** How trackers, networks and ad platforms want to be called. */
export function useTemplates(): readonly PostbackTemplate[] {
  const { i18n } = useTranslation();
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return (
    useRecord<{ readonly data: readonly PostbackTemplate[] }>("/postback-templates", { language }).data?.data ?? []
  );
}
