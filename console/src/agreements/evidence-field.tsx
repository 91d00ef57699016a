import { Select } from "@mantine/core";
import type { Simulation } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";

interface EvidenceFieldProps {
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

/** A finished simulation of the deal desk, for the approvers. */
export function EvidenceField({ value, onChange }: EvidenceFieldProps) {
  const { t } = useTranslation("agreements");
  const simulations = useRecord<Page<Simulation>>("/simulations", { kind: "deal", limit: 100 });
  const done = (simulations.data?.data ?? []).filter((one) => one.status === "done");
  return (
    <Select
      clearable
      label={t("evidence")}
      description={t("evidenceHint")}
      inputWrapperOrder={["label", "input", "description"]}
      data={done.map((one) => ({ value: one.id, label: one.name }))}
      nothingFoundMessage={t("noEvidence")}
      value={value}
      onChange={onChange}
    />
  );
}
