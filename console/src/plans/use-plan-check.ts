import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { PlanCheckResult } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";

/** The pause after which what is typed is checked. */
const PAUSE_MS = 350;

/** The language of explanations: the reader's. */
export function usePlanLanguage(): "en" | "es" {
  const { i18n } = useTranslation();
  return i18n.language.startsWith("es") ? "es" : "en";
}

/** What the server says of a document that is being written: findings, and the plan in plain language. */
export function usePlanCheck(document: unknown) {
  const language = usePlanLanguage();
  const [settled] = useDebouncedValue(document, PAUSE_MS);
  const check = useQuery({
    queryKey: ["plan-check", language, JSON.stringify(settled)],
    queryFn: () => api.post<PlanCheckResult>("/plans/check", { document: settled, language }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return { result: check.data, waiting: check.isFetching || settled !== document, error: check.error };
}
