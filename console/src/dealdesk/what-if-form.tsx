import { SegmentedControl, Select, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import { AttributionRules, type NewReplay, type SimulationDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { dayIn } from "../kit/day-ranges.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { useGo } from "../kit/link.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { useSession } from "../session/session.tsx";
import { monthsBack } from "./deal-draft.ts";
import { comparedOf, NO_PLAN, type PickedPlan, PlanPicker } from "./plan-picker.tsx";
import { WhatIfRules } from "./what-if-rules.tsx";

/** How a line of rates is written. */
const RATE_LINE = "2026-03-02 USD 1.0850";
const CHANGES = ["plan", "attribution", "rates"] as const;
type Kind = (typeof CHANGES)[number];

interface Draft {
  readonly name: string;
  readonly programId: string;
  readonly month: string;
  readonly kind: Kind;
  readonly plan: PickedPlan;
  /** null: as they are. */
  readonly rules: AttributionRules | null;
  readonly rates: string;
}

/** Which month, and what would have been otherwise. */
export function WhatIfForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("dealdesk");
  const { programs, program } = useSession();
  const { zone } = useFormat();
  const go = useGo();
  const [draft, setDraft] = useState<Draft>({
    name: "",
    programId: (program ?? programs[0])?.id ?? "",
    month: monthsBack(dayIn(zone, new Date()), 1),
    kind: "plan",
    plan: NO_PLAN,
    rules: null,
    rates: "",
  });
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const question = replayOf(draft);
  const start = useChange({
    send: () => api.post<SimulationDetail>("/simulations", question),
    refresh: ["simulations", "audit"],
    done: (made) => go(`/what-if/${made.id}`),
  });
  return (
    <FormDialogFrame
      opened
      wide
      onClose={onClose}
      title={t("createWhatIf")}
      submit={t("run")}
      onSubmit={() => start.mutate(undefined)}
      ready={question !== null}
      busy={start.isPending}
    >
      <Text size="sm">{t("whatIfText")}</Text>
      <TextInput
        label={t("name")}
        required
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t("program")}
          allowDeselect={false}
          data={programs.map((one) => ({ value: one.id, label: one.name }))}
          value={draft.programId}
          onChange={(programId) => set({ programId: programId ?? draft.programId, rules: null })}
        />
        <TextInput
          type="month"
          label={t("month")}
          value={draft.month}
          onChange={(event) => set({ month: event.currentTarget.value })}
        />
      </SimpleGrid>
      <ChangeFields draft={draft} set={set} />
      {start.isError ? <ProblemLine error={start.error} /> : null}
    </FormDialogFrame>
  );
}

interface ChangeFieldsProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}

function ChangeFields({ draft, set }: ChangeFieldsProps) {
  const { t } = useTranslation("dealdesk");
  return (
    <>
      <SegmentedControl
        aria-label={t("changed")}
        size="xs"
        value={draft.kind}
        onChange={(kind) => set({ kind: CHANGES.find((one) => one === kind) ?? "plan" })}
        data={CHANGES.map((value) => ({ value, label: t(`change.${value}`) }))}
      />
      {draft.kind === "plan" ? (
        <PlanPicker
          label={t("plan")}
          programId={draft.programId}
          picked={draft.plan}
          onChange={(plan) => set({ plan })}
        />
      ) : null}
      {draft.kind === "attribution" ? (
        <WhatIfRules programId={draft.programId} rules={draft.rules} onChange={(rules) => set({ rules })} />
      ) : null}
      {draft.kind === "rates" ? (
        <Textarea
          label={t("rates")}
          description={t("ratesHint")}
          autosize
          minRows={4}
          placeholder={RATE_LINE}
          value={draft.rates}
          onChange={(event) => set({ rates: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}

function replayOf(draft: Draft): NewReplay | null {
  const change = changeOf(draft);
  if (change === null || draft.name.trim() === "" || draft.programId === "" || draft.month === "") return null;
  return { kind: "replay", name: draft.name.trim(), programId: draft.programId, month: draft.month, change };
}

function changeOf(draft: Draft): NewReplay["change"] | null {
  if (draft.kind === "attribution") {
    const read = AttributionRules.safeParse(draft.rules);
    return read.success ? { kind: "attribution", rules: read.data } : null;
  }
  if (draft.kind === "plan") {
    const plan = comparedOf(draft.plan);
    return plan === null ? null : { kind: "plan", plan };
  }
  const lines = draft.rates.split("\n").filter((line) => line.trim() !== "");
  const rates = lines.map((line) => {
    const [on = "", currency = "", rate = ""] = line.trim().split(/[\s,;]+/);
    return { on, currency: currency.toUpperCase(), rate };
  });
  return rates.length === 0 || rates.some((one) => one.rate === "") ? null : { kind: "rates", rates };
}
