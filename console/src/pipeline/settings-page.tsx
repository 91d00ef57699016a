import { Button, Group, NumberInput, Switch, TextInput } from "@mantine/core";
import type { LeadStage, LostReason, PipelineSettings, PipelineTargets } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { RowTools } from "./rule-rows.tsx";

/** Stages, lost reasons, and what is wanted of each month. */
export function SettingsPage() {
  const { t } = useTranslation("pipeline");
  const settings = useRecord<PipelineSettings>("/pipeline/settings");
  const targets = useRecord<PipelineTargets>("/pipeline/targets");
  return (
    <Page title={t("settings")} subtitle={<PipelineNav here="settings" />}>
      <Loaded query={settings}>{(one) => <Editor settings={one} />}</Loaded>
      <Loaded query={targets}>{(one) => <TargetEditor targets={one} />}</Loaded>
    </Page>
  );
}

const plain = { border: 0, margin: 0, padding: 0, minInlineSize: 0 } as const;

function keyOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40);
}

function Editor({ settings }: { readonly settings: PipelineSettings }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [stages, setStages] = useState<readonly LeadStage[]>(settings.stages);
  const [reasons, setReasons] = useState<readonly LostReason[]>(settings.lostReasons);
  const save = useChange<undefined, PipelineSettings>({
    send: () => api.put("/pipeline/settings", { stages, lostReasons: reasons }),
    refresh: ["pipeline", "leads", "audit"],
  });
  return (
    <fieldset disabled={!can("pipeline.approve")} style={plain}>
      <StageCard stages={stages} onChange={setStages} />
      <ReasonCard reasons={reasons} onChange={setReasons} />
      {save.isError ? <ProblemLine error={save.error} /> : null}
      <Button mb="md" loading={save.isPending} onClick={() => save.mutate(undefined)}>
        {t("save")}
      </Button>
    </fieldset>
  );
}

interface StageCardProps {
  readonly stages: readonly LeadStage[];
  readonly onChange: (stages: readonly LeadStage[]) => void;
}

function StageCard({ stages, onChange }: StageCardProps) {
  const { t } = useTranslation("pipeline");
  const set = (at: number, part: Partial<LeadStage>) =>
    onChange(stages.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const fresh = (name: string): LeadStage => ({
    id: keyOf(name),
    names: { en: name },
    probability: 50,
    usualDays: 7,
    outcome: null,
    active: true,
  });
  return (
    <Card title={t("stages")}>
      {stages.map((one, at) => (
        <Group key={one.id} gap={8} mb={6} align="flex-end">
          <NamesOf id={one.id} texts={one.names} onChange={(names) => set(at, { names })} />
          <NumberInput
            label={t("probability")}
            w={110}
            suffix=" %"
            min={0}
            max={100}
            value={one.probability}
            disabled={one.outcome !== null}
            onChange={(value) => set(at, { probability: Number(value) || 0 })}
          />
          <NumberInput
            label={t("usual")}
            w={130}
            min={0}
            max={999}
            value={one.usualDays}
            disabled={one.outcome !== null}
            onChange={(value) => set(at, { usualDays: Number(value) || 0 })}
          />
          <Switch
            label={t("active")}
            checked={one.active}
            disabled={one.outcome !== null || one.id === "new"}
            onChange={(event) => set(at, { active: event.target.checked })}
          />
          <RowTools rows={stages} at={at} onChange={onChange} />
        </Group>
      ))}
      <AddName
        label={t("addStage")}
        taken={(name) => stages.some((one) => one.id === keyOf(name))}
        onAdd={(name) => onChange([...stages.slice(0, -2), fresh(name), ...stages.slice(-2)])}
      />
    </Card>
  );
}

interface ReasonCardProps {
  readonly reasons: readonly LostReason[];
  readonly onChange: (reasons: readonly LostReason[]) => void;
}

function ReasonCard({ reasons, onChange }: ReasonCardProps) {
  const { t } = useTranslation("pipeline");
  const set = (at: number, part: Partial<LostReason>) =>
    onChange(reasons.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const fresh = (name: string): LostReason => ({ id: keyOf(name), names: { en: name }, reapplyDays: 0, active: true });
  return (
    <Card title={t("lostReasons")}>
      {reasons.map((one, at) => (
        <Group key={one.id} gap={8} mb={6} align="flex-end">
          <NamesOf id={one.id} texts={one.names} onChange={(names) => set(at, { names })} />
          <NumberInput
            label={t("reapplyDays")}
            placeholder={t("reapplyNever")}
            w={220}
            min={0}
            max={3650}
            value={one.reapplyDays ?? ""}
            onChange={(value) => set(at, { reapplyDays: value === "" ? null : Number(value) })}
          />
          <Switch
            label={t("active")}
            checked={one.active}
            onChange={(event) => set(at, { active: event.target.checked })}
          />
          <RowTools rows={reasons} at={at} onChange={onChange} />
        </Group>
      ))}
      <AddName
        label={t("addReason")}
        taken={(name) => reasons.some((one) => one.id === keyOf(name))}
        onAdd={(name) => onChange([...reasons, fresh(name)])}
      />
    </Card>
  );
}

interface NamesOfProps {
  readonly id: string;
  readonly texts: LeadStage["names"];
  readonly onChange: (texts: LeadStage["names"]) => void;
}

function NamesOf({ id, texts, onChange }: NamesOfProps) {
  const { t } = useTranslation("pipeline");
  return (
    <>
      {["en", "es"].map((language) => (
        <TextInput
          key={language}
          label={`${t("name")} (${language})`}
          aria-label={`${t("name")} (${language}) ${id}`}
          w={190}
          value={String(texts[language] ?? "")}
          onChange={(event) => onChange({ ...texts, [language]: event.target.value })}
        />
      ))}
    </>
  );
}

function AddName({
  label,
  taken,
  onAdd,
}: {
  readonly label: string;
  readonly taken: (name: string) => boolean;
  readonly onAdd: (name: string) => void;
}) {
  const { t } = useTranslation("pipeline");
  const [name, setName] = useState("");
  return (
    <Group mt="sm" gap={8} align="flex-end">
      <TextInput
        label={label}
        w={190}
        value={name}
        placeholder={t("name")}
        onChange={(event) => setName(event.target.value)}
      />
      <Button
        variant="default"
        disabled={keyOf(name) === "" || taken(name)}
        onClick={() => {
          onAdd(name.trim());
          setName("");
        }}
      >
        {t("add")}
      </Button>
    </Group>
  );
}

const MONTHS = 6;

function TargetEditor({ targets }: { readonly targets: PipelineTargets }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [rows, setRows] = useState(targets.data);
  const save = useChange<undefined, PipelineTargets>({
    send: () => api.put("/pipeline/targets", { data: rows }),
    refresh: ["pipeline", "leads", "audit"],
  });
  const first = new Date();
  const months = Array.from({ length: MONTHS }, (_, at) =>
    new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + at, 1)).toISOString().slice(0, 7),
  );
  const set = (month: string, value: string | number) => {
    const rest = rows.filter((one) => !(one.month === month && one.ownerUserId === ""));
    setRows(value === "" ? rest : [...rest, { month, ownerUserId: "", ftds: Number(value) }]);
  };
  return (
    <Card title={t("targets")}>
      <fieldset disabled={!can("pipeline.approve")} style={plain}>
        <p style={{ marginTop: 0 }}>{t("targetsText")}</p>
        <Group gap={8}>
          {months.map((month) => (
            <NumberInput
              key={month}
              label={month}
              w={120}
              min={0}
              value={rows.find((one) => one.month === month && one.ownerUserId === "")?.ftds ?? ""}
              onChange={(value) => set(month, value)}
            />
          ))}
        </Group>
        {save.isError ? <ProblemLine error={save.error} /> : null}
        <Button mt="md" loading={save.isPending} onClick={() => save.mutate(undefined)}>
          {t("save")}
        </Button>
      </fieldset>
    </Card>
  );
}
