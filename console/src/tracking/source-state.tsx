import type { EventSource } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "../kit/status-badge.tsx";

/** Whether a source is let in, and whether what it sends counts. */
export function SourceState({ source }: { readonly source: EventSource }) {
  const { t } = useTranslation("tracking");
  if (source.test && source.status === "active")
    return <StatusBadge state="test" label={t("test")} tones={{ test: "info" }} />;
  return <StatusBadge state={source.status} label={t(`sourceState.${source.status}`)} />;
}
