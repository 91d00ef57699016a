import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiProblem } from "../api/problem.ts";

/** Where the sliders stand; what nobody moved stands where the plan's estimate begins. */
export interface FunnelState {
  readonly numbers: Readonly<Record<string, number>>;
  readonly choices: Readonly<Record<string, string>>;
  readonly months: number;
  readonly setNumber: (id: string, value: number) => void;
  readonly setChoice: (name: string, value: string) => void;
  readonly setMonths: (months: number) => void;
}

export interface Asked {
  readonly funnel: Pick<FunnelState, "numbers" | "choices" | "months">;
  readonly language: string;
}

/** Long enough that a slider on its way asks only a few times. */
const WAIT_MS = 180;

/**
 * The answer for where the sliders stand; the former answer stays until the next one has come.
 * @param name of what is estimated: another plan begins anew
 */
export function useEstimate<T>(name: string, ask: (asked: Asked) => Promise<T>) {
  const { i18n } = useTranslation();
  const [numbers, setNumbers] = useState<Readonly<Record<string, number>>>({});
  const [choices, setChoices] = useState<Readonly<Record<string, string>>>({});
  const [months, setMonths] = useState(6);
  const [funnel] = useDebouncedValue({ numbers, choices, months }, WAIT_MS);
  const language = i18n.language.slice(0, 2);
  const query = useQuery<T, ApiProblem>({
    queryKey: ["estimates", name, JSON.stringify(funnel), language],
    queryFn: () => ask({ funnel, language }),
    placeholderData: keepPreviousData,
  });
  const state: FunnelState = {
    numbers,
    choices,
    months,
    setNumber: (id, value) => setNumbers((before) => ({ ...before, [id]: value })),
    setChoice: (id, value) => setChoices((before) => ({ ...before, [id]: value })),
    setMonths,
  };
  return { query, state };
}
