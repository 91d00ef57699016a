import { Button, Checkbox, Group, Select, Textarea, TextInput } from "@mantine/core";
import {
  type AgreementTemplate,
  type Clause,
  type Plan,
  type PlanDetail,
  TERMS_PLACEHOLDERS,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";

interface TemplateFormProps {
  readonly programId: string;
  /** null: a new one */
  readonly template: AgreementTemplate | null;
  readonly onClose: () => void;
}

const FIRST: Clause = { key: "clause_1", title: "", text: "", locked: true };

/** A template's clauses; saving writes a new version, proposals that were made from an older one stay as they are. */
export function TemplateForm({ programId, template, onClose }: TemplateFormProps) {
  const { t } = useTranslation("agreements");
  const plans = useRecord<Page<Plan>>("/plans", { programId, limit: 200 });
  const [head, setHead] = useState({ name: template?.name ?? "", code: template?.code ?? "" });
  const [planId, setPlanId] = useState<string | null>(null);
  const [language, setLanguage] = useState<"en" | "es">(template?.latest.language ?? "en");
  const [clauses, setClauses] = useState<readonly Clause[]>(template?.latest.clauses ?? [FIRST]);
  const save = useChange({
    send: async () => {
      const planVersionId = planId === null ? template?.latest.planVersionId : await publishedOf(planId);
      const version = { planVersionId, language, clauses };
      return template === null
        ? await api.post("/agreement-templates", { programId, ...head, ...version })
        : await api.post(`/agreement-templates/${template.id}/versions`, version);
    },
    refresh: ["agreement-templates", "audit"],
    done: onClose,
  });
  const published = (plans.data?.data ?? []).filter((plan) => plan.publishedVersion !== null);
  return (
    <FormDialogFrame
      wide
      opened
      onClose={onClose}
      title={template === null ? t("newTemplate") : template.name}
      submit={t("saveTemplate")}
      ready={(template !== null || planId !== null) && clauses.length > 0}
      busy={save.isPending}
      onSubmit={() => save.mutate(undefined)}
    >
      {template === null ? <Head head={head} onChange={setHead} /> : null}
      <Group grow>
        <Select
          label={t("standard")}
          data={published.map((one) => ({ value: one.id, label: one.name }))}
          value={planId}
          placeholder={template === null ? "" : t("asBefore")}
          onChange={setPlanId}
        />
        <Select
          label={t("language")}
          allowDeselect={false}
          data={(["en", "es"] as const).map((value) => ({ value, label: t(`languageOf.${value}`) }))}
          value={language}
          onChange={(value) => setLanguage(value === "es" ? "es" : "en")}
        />
      </Group>
      <p>
        {t("placeholders", {
          names: TERMS_PLACEHOLDERS.map((name) => `{{${name}}}`).join(" "),
          interpolation: { skipOnVariables: true },
        })}
      </p>
      <Clauses clauses={clauses} onChange={setClauses} />
      {save.isError ? <ProblemLine error={save.error} /> : null}
    </FormDialogFrame>
  );
}

async function publishedOf(planId: string): Promise<string | undefined> {
  const plan = await api.get<PlanDetail>(`/plans/${planId}`);
  return plan.versions.find((one) => one.status === "published")?.id;
}

interface ClausesProps {
  readonly clauses: readonly Clause[];
  readonly onChange: (clauses: readonly Clause[]) => void;
}

function Clauses({ clauses, onChange }: ClausesProps) {
  const { t } = useTranslation("agreements");
  const change = (index: number, part: Partial<Clause>) =>
    onChange(clauses.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const add = () => {
    const taken = new Set(clauses.map((one) => one.key));
    let number = clauses.length + 1;
    while (taken.has(`clause_${number}`)) number += 1;
    onChange([...clauses, { ...FIRST, key: `clause_${number}` }]);
  };
  return (
    <>
      {clauses.map((one, index) => (
        <Card
          key={one.key}
          title={t("clauseNumber", { number: index + 1 })}
          actions={
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => onChange(clauses.filter((_, at) => at !== index))}
            >
              {t("removeClause")}
            </Button>
          }
        >
          <TextInput
            label={t("clauseTitle")}
            value={one.title}
            onChange={(event) => change(index, { title: event.currentTarget.value })}
          />
          <Textarea
            label={t("clauseText")}
            autosize
            minRows={3}
            maxRows={12}
            value={one.text}
            onChange={(event) => change(index, { text: event.currentTarget.value })}
          />
          <Checkbox
            mt="xs"
            label={t("locked")}
            checked={one.locked}
            onChange={(event) => change(index, { locked: event.currentTarget.checked })}
          />
        </Card>
      ))}
      <Button variant="default" size="xs" onClick={add}>
        {t("addClause")}
      </Button>
    </>
  );
}

interface HeadProps {
  readonly head: { readonly name: string; readonly code: string };
  readonly onChange: (head: HeadProps["head"]) => void;
}

function Head({ head, onChange }: HeadProps) {
  const { t } = useTranslation("agreements");
  return (
    <Group grow>
      <TextInput
        label={t("name")}
        required
        value={head.name}
        onChange={(event) => onChange({ ...head, name: event.currentTarget.value })}
      />
      <TextInput
        label={t("code")}
        required
        value={head.code}
        onChange={(event) => onChange({ ...head, code: event.currentTarget.value })}
      />
    </Group>
  );
}
