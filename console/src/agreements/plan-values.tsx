import { Button } from "@mantine/core";
import type { NegotiableValues, PlanDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useRecord } from "../api/records.ts";
import { ValueForm } from "../kit/difference/value-form.tsx";

export type PlanValuesOf = z.infer<typeof NegotiableValues>;
export type TypedValues = Readonly<Record<string, string>>;

interface PlanValuesProps {
  readonly planId: string;
  /** Of the template, where no plan was chosen. */
  readonly planVersionId: string | null;
  readonly typed: TypedValues;
  readonly onType: (typed: TypedValues) => void;
}

/** Values of the chosen plan that this partner gets otherwise; folded away until somebody wants to change one. */
export function PlanValues({ planId, planVersionId, typed, onType }: PlanValuesProps) {
  const { t } = useTranslation("agreements");
  const [opened, setOpened] = useState(false);
  const plan = useRecord<PlanDetail>(`/plans/${planId}`, {}, { enabled: planId !== "" });
  const versionId = planId === "" ? planVersionId : publishedOf(plan.data);
  const values = useRecord<PlanValuesOf>(`/plan-values/${versionId}`, {}, { enabled: versionId !== null });
  if (versionId === null || values.data === undefined) return null;
  const changed = Object.values(typed).filter((one) => one.trim() !== "").length;
  if (!opened && changed === 0)
    return (
      <Button variant="default" size="xs" onClick={() => setOpened(true)}>
        {t("changeValues")}
      </Button>
    );
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ fontWeight: 500, marginBottom: 8 }}>{t("changedValues")}</legend>
      <ValueForm values={values.data.data} currency={values.data.currency} typed={typed} onType={onType} />
    </fieldset>
  );
}

export function publishedOf(plan: PlanDetail | undefined): string | null {
  return plan?.versions.find((one) => one.status === "published")?.id ?? null;
}
