import { SegmentedControl, Select, Skeleton, Stack, TextInput } from "@mantine/core";
import type { ComparedPlan, Plan, PlanDetail } from "@tributary/contract";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { parseDocument } from "yaml";
import { useRecord } from "../api/records.ts";
import { NoteLine } from "../kit/problem-state.tsx";

const CodeEditor = lazy(async () => ({ default: (await import("../kit/code/code-editor.tsx")).CodeEditor }));

/** What is chosen so far; an empty version or text is not a plan yet. */
export interface PickedPlan {
  readonly kind: "version" | "document";
  readonly planId: string;
  readonly planVersionId: string;
  readonly name: string;
  readonly text: string;
}

export const NO_PLAN: PickedPlan = { kind: "version", planId: "", planVersionId: "", name: "", text: "" };

/** The plan as the API takes it; null while it is not one. */
export function comparedOf(picked: PickedPlan): ComparedPlan | null {
  const name = picked.name.trim() === "" ? {} : { name: picked.name.trim() };
  if (picked.kind === "version")
    return picked.planVersionId === "" ? null : { kind: "version", planVersionId: picked.planVersionId, ...name };
  if (picked.text.trim() === "") return null;
  const document = parseDocument(picked.text);
  return document.errors.length > 0 ? null : { kind: "document", document: document.toJS() as unknown, ...name };
}

interface PlanPickerProps {
  readonly label: string;
  readonly programId: string;
  readonly picked: PickedPlan;
  readonly onChange: (picked: PickedPlan) => void;
}

/** A version of a saved plan, or a document that is written or pasted here. */
export function PlanPicker({ label, programId, picked, onChange }: PlanPickerProps) {
  const { t } = useTranslation("dealdesk");
  return (
    <Stack gap={10}>
      <SegmentedControl
        aria-label={t("planKind", { label })}
        size="xs"
        w="fit-content"
        value={picked.kind}
        onChange={(kind) => onChange({ ...picked, kind: kind === "document" ? "document" : "version" })}
        data={[
          { value: "version", label: t("savedPlan") },
          { value: "document", label: t("pastedPlan") },
        ]}
      />
      {picked.kind === "version" ? (
        <SavedPlan label={label} programId={programId} picked={picked} onChange={onChange} />
      ) : (
        <WrittenPlan label={label} picked={picked} onChange={onChange} />
      )}
    </Stack>
  );
}

function SavedPlan({ label, programId, picked, onChange }: PlanPickerProps) {
  const { t } = useTranslation("dealdesk");
  const plans = useRecord<{ data: Plan[] }>("/plans", { programId, limit: 200 });
  const plan = useRecord<PlanDetail>(`/plans/${picked.planId}`, {}, { enabled: picked.planId !== "" });
  const versions = (plan.data?.versions ?? []).toSorted((a, b) => b.version - a.version);
  const chosen = versions.find((one) => one.id === picked.planVersionId);
  // The newest version is what is nearly always meant.
  const [newest] = versions;
  if (newest !== undefined && newest.planId === picked.planId && chosen === undefined)
    queueMicrotask(() => onChange({ ...picked, planVersionId: newest.id }));
  return (
    <Stack gap={10}>
      <Select
        label={label}
        searchable
        placeholder={t("choosePlan")}
        data={(plans.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
        value={picked.planId === "" ? null : picked.planId}
        onChange={(planId) => onChange({ ...picked, planId: planId ?? "", planVersionId: "" })}
      />
      {picked.planId === "" ? null : (
        <Select
          label={t("version")}
          allowDeselect={false}
          data={versions.map((one) => ({
            value: one.id,
            label: t("versionNumber", { version: one.version, state: t(`planState.${one.status}`) }),
          }))}
          value={picked.planVersionId === "" ? null : picked.planVersionId}
          onChange={(planVersionId) => onChange({ ...picked, planVersionId: planVersionId ?? "" })}
        />
      )}
    </Stack>
  );
}

function WrittenPlan({ label, picked, onChange }: Omit<PlanPickerProps, "programId">) {
  const { t } = useTranslation("dealdesk");
  const [shown] = useState(picked.text);
  const problem = parseDocument(picked.text).errors[0]?.message;
  return (
    <Stack gap={10}>
      <TextInput
        label={t("planName")}
        value={picked.name}
        onChange={(event) => onChange({ ...picked, name: event.currentTarget.value })}
      />
      <Suspense fallback={<Skeleton height={260} />}>
        <CodeEditor text={shown} label={label} marks={[]} onChange={(text) => onChange({ ...picked, text })} />
      </Suspense>
      {problem === undefined ? null : <NoteLine tone="bad">{problem}</NoteLine>}
    </Stack>
  );
}
