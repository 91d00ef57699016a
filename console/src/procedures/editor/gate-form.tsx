import { ActionIcon, Button, Group, MultiSelect, Select, Switch, TextInput } from "@mantine/core";
import { IconLock, IconPlus, IconSignature, IconTrash } from "@tabler/icons-react";
import type {
  DecisionCondition,
  FactCondition,
  GateCondition,
  ProcedureDefinition,
  ProcedureStage,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFactTitles } from "../fact-titles.ts";
import css from "../procedures.module.css";
import { conditionTitle, textOf, withText } from "../texts.ts";
import { FactPicker } from "./fact-picker.tsx";
import { given, keyFrom, replaced } from "./lists.ts";
import { RoleSelect } from "./role-select.tsx";
import { WhenFields } from "./when-fields.tsx";

interface GateFormProps {
  readonly definition: ProcedureDefinition;
  readonly stage: ProcedureStage;
  readonly change: (stage: ProcedureStage) => void;
}

/** What has to hold before a case may go on: facts that the program checks, decisions that people sign. */
export function GateForm({ definition, stage, change }: GateFormProps) {
  const { t, i18n } = useTranslation("procedures");
  const facts = useFactTitles();
  const { gate } = stage;
  const set = (next: readonly GateCondition[]) => change({ ...stage, gate: [...next] });
  const keys = definition.stages.flatMap((one) => [
    ...one.tasks.map(({ key }) => key),
    ...one.gate.flatMap((condition) => ("decision" in condition ? [condition.decision] : [])),
  ]);
  const addDecision = () => {
    const title = t("editor.newDecision");
    set([
      ...gate,
      { decision: keyFrom(title, keys), title, role: "approver", evidence: "optional", otherThan: [], waivable: true },
    ]);
  };
  return (
    <section>
      <h3>{t("gate")}</h3>
      {gate.map((condition, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the key itself is edited here
        <div key={place} className={css.step}>
          <div className={css.stepHead}>
            {"fact" in condition ? <IconLock size={16} /> : <IconSignature size={16} />}
            <b>{conditionTitle(condition, i18n.language, facts)}</b>
            <ActionIcon onClick={() => set(gate.filter((_, index) => index !== place))} aria-label={t("editor.remove")}>
              <IconTrash size={15} />
            </ActionIcon>
          </div>
          {"fact" in condition ? (
            <FactForm condition={condition} change={(next) => set(replaced(gate, place, next))} />
          ) : (
            <DecisionForm condition={condition} keys={keys} change={(next) => set(replaced(gate, place, next))} />
          )}
        </div>
      ))}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...gate, { fact: "documents.complete", waivable: true }])}
        >
          {t("editor.addFact")}
        </Button>
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={addDecision}>
          {t("editor.addDecision")}
        </Button>
      </Group>
    </section>
  );
}

function FactForm({
  condition,
  change,
}: {
  readonly condition: FactCondition;
  readonly change: (next: FactCondition) => void;
}) {
  const { t, i18n } = useTranslation("procedures");
  return (
    <div className={css.grid}>
      <FactPicker
        label={t("editor.fact")}
        value={condition}
        change={(chosen) => chosen && change({ ...given(condition, "with", chosen.with), fact: chosen.fact })}
      />
      <TextInput
        label={t("editor.ownTitle")}
        value={condition.title === undefined ? "" : textOf(condition.title, i18n.language)}
        onChange={(event) => change(given(condition, "title", event.currentTarget.value))}
      />
      <Switch
        label={t("editor.waivable")}
        checked={condition.waivable}
        onChange={(event) => change({ ...condition, waivable: event.currentTarget.checked })}
      />
      <details className={css.wide}>
        <summary>{t("editor.when.title")}</summary>
        <div className={css.grid}>
          <WhenFields value={condition.when} change={(when) => change(given(condition, "when", when))} />
        </div>
      </details>
    </div>
  );
}

interface DecisionFormProps {
  readonly condition: DecisionCondition;
  readonly keys: readonly string[];
  readonly change: (next: DecisionCondition) => void;
}

function DecisionForm({ condition, keys, change }: DecisionFormProps) {
  const { t, i18n } = useTranslation("procedures");
  return (
    <div className={css.grid}>
      <TextInput
        label={t("editor.title")}
        value={textOf(condition.title, i18n.language)}
        onChange={(event) =>
          change({ ...condition, title: withText(condition.title, i18n.language, event.currentTarget.value) })
        }
      />
      <TextInput
        label={t("editor.key")}
        value={condition.decision}
        onChange={(event) => change({ ...condition, decision: event.currentTarget.value })}
      />
      <RoleSelect label={t("editor.signer")} value={condition.role} change={(role) => change({ ...condition, role })} />
      <Select
        label={t("evidence")}
        data={["optional", "required"].map((value) => ({ value, label: t(`editor.evidence.${value}`) }))}
        value={condition.evidence}
        allowDeselect={false}
        onChange={(value) => change({ ...condition, evidence: value === "required" ? "required" : "optional" })}
      />
      <MultiSelect
        label={t("editor.otherThan")}
        data={keys.filter((key) => key !== condition.decision)}
        value={condition.otherThan}
        onChange={(otherThan) => change({ ...condition, otherThan })}
      />
      <Switch
        label={t("editor.waivable")}
        checked={condition.waivable}
        onChange={(event) => change({ ...condition, waivable: event.currentTarget.checked })}
      />
      <details className={css.wide}>
        <summary>{t("editor.when.title")}</summary>
        <div className={css.grid}>
          <WhenFields value={condition.when} change={(when) => change(given(condition, "when", when))} />
        </div>
      </details>
    </div>
  );
}
