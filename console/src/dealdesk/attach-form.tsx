import { Checkbox, Select, Text } from "@mantine/core";
import type { Agreement, Partner, SimulationDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { useGo } from "../kit/link.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";

interface AttachFormProps {
  readonly simulation: SimulationDetail;
  readonly onClose: () => void;
}

/** Puts a simulation beside terms that are being negotiated, where their approvers see it. */
export function AttachForm({ simulation, onClose }: AttachFormProps) {
  const { t } = useTranslation("dealdesk");
  const go = useGo();
  const { programId, partnerId } = simulation;
  const agreements = useRecord<{ data: Agreement[] }>("/agreements", { programId, partnerId, limit: 200 });
  const names = useRecord<{ data: Partner[] }>("/partners", { programId, limit: 500 });
  const [chosen, setChosen] = useState<string | null>(null);
  const [withPlan, setWithPlan] = useState(false);
  const open = (agreements.data?.data ?? []).filter((one) => one.pending !== null);
  const pending = open.find((one) => one.id === chosen)?.pending;
  const nameOf = (id: string) => names.data?.data.find((one) => one.id === id)?.name ?? id;
  const attach = useChange({
    send: () =>
      api.post(`/agreements/${chosen}/versions/${pending?.version}/rounds`, {
        evidence: simulation.id,
        note: t("attachedNote", { name: simulation.name }),
        ...(withPlan ? { plan: simulation.plans[0]?.document } : {}),
        submit: pending?.status === "proposed",
      }),
    refresh: ["agreements", "audit"],
    done: () => go(`/agreements/${chosen}`),
  });
  return (
    <FormDialogFrame
      opened
      onClose={onClose}
      title={t("attach")}
      submit={t("attachDo")}
      onSubmit={() => attach.mutate(undefined)}
      ready={pending !== undefined}
      busy={attach.isPending}
    >
      <Text size="sm">{t("attachText")}</Text>
      {agreements.isSuccess && open.length === 0 ? (
        <NoteLine tone="warn">{t("nothingOpen")}</NoteLine>
      ) : (
        <Select
          label={t("agreement")}
          searchable
          data={open.map((one) => ({
            value: one.id,
            label: t("termsOf", { partner: nameOf(one.partnerId), version: one.pending?.version ?? 1 }),
          }))}
          value={chosen}
          onChange={setChosen}
          placeholder={t("chooseAgreement")}
        />
      )}
      <Checkbox
        label={t("attachPlan")}
        description={t("attachPlanText")}
        checked={withPlan}
        onChange={(event) => setWithPlan(event.currentTarget.checked)}
      />
      {attach.isError ? <ProblemLine error={attach.error} /> : null}
    </FormDialogFrame>
  );
}
