import {
  ActionIcon,
  Button,
  MultiSelect,
  NumberInput,
  Select,
  Textarea,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { ProcedureDefinition, ProcedureStage } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import css from "../procedures.module.css";
import { textOf, withText } from "../texts.ts";
import { given, keyFrom, moved, replaced } from "./lists.ts";
import { StageForm } from "./stage-form.tsx";
import { WhenFields } from "./when-fields.tsx";

interface StagesFormProps {
  readonly definition: ProcedureDefinition;
  readonly change: (definition: ProcedureDefinition) => void;
}

const STARTS = ["manual", "partner_created", "lead_won", "schedule", "documents_expired", "list_match"] as const;

/** The procedure's head, its stages at the side, and the chosen stage with all its steps. */
export function StagesForm({ definition, change }: StagesFormProps) {
  const [chosen, setChosen] = useState(0);
  const place = Math.min(chosen, definition.stages.length - 1);
  const stage = definition.stages[place];
  const setStages = (stages: readonly ProcedureStage[]) => change({ ...definition, stages: [...stages] });
  return (
    <>
      <HeadForm definition={definition} change={change} />
      <div className={css.columns}>
        <StageRail definition={definition} place={place} choose={setChosen} setStages={setStages} />
        {stage === undefined ? null : (
          <StageForm
            key={place}
            definition={definition}
            stage={stage}
            change={(next) => setStages(replaced(definition.stages, place, next))}
          />
        )}
      </div>
    </>
  );
}

function HeadForm({ definition, change }: StagesFormProps) {
  const { t, i18n } = useTranslation("procedures");
  const { language } = i18n;
  return (
    <div className={css.step}>
      <div className={css.grid}>
        <TextInput
          label={t("editor.title")}
          value={textOf(definition.title, language)}
          onChange={(event) =>
            change({ ...definition, title: withText(definition.title, language, event.currentTarget.value) })
          }
        />
        <TextInput
          label={t("editor.key")}
          description={t("editor.keyHint")}
          value={definition.procedure}
          onChange={(event) => change({ ...definition, procedure: event.currentTarget.value })}
        />
        <Textarea
          className={css.wide ?? ""}
          label={t("editor.purpose")}
          autosize
          minRows={1}
          value={textOf(definition.purpose, language)}
          onChange={(event) =>
            change({ ...definition, purpose: withText(definition.purpose, language, event.currentTarget.value) })
          }
        />
        <Select
          label={t("editor.subject")}
          data={["partner", "lead"].map((value) => ({ value, label: t(`subjects.${value}`) }))}
          value={definition.subject}
          allowDeselect={false}
          onChange={(value) => change({ ...definition, subject: value === "lead" ? "lead" : "partner" })}
        />
        <MultiSelect
          label={t("startsWith")}
          data={STARTS.map((value) => ({ value, label: t(`starts.${value}`) }))}
          value={definition.starts}
          onChange={(values) => change({ ...definition, starts: STARTS.filter((one) => values.includes(one)) })}
        />
        {definition.starts.includes("schedule") ? (
          <NumberInput
            label={t("editor.every")}
            min={1}
            max={60}
            value={definition.every?.months ?? ""}
            onChange={(months) =>
              change(given(definition, "every", Number(months) > 0 ? { months: Number(months) } : undefined))
            }
          />
        ) : null}
        <details className={css.wide}>
          <summary>{t("editor.when.title")}</summary>
          <div className={css.grid}>
            <WhenFields value={definition.for} change={(whom) => change(given(definition, "for", whom))} />
          </div>
        </details>
      </div>
    </div>
  );
}

interface StageRailProps {
  readonly definition: ProcedureDefinition;
  readonly place: number;
  readonly choose: (place: number) => void;
  readonly setStages: (stages: readonly ProcedureStage[]) => void;
}

function StageRail({ definition, place, choose, setStages }: StageRailProps) {
  const { t, i18n } = useTranslation("procedures");
  const { stages } = definition;
  const add = () => {
    const key = keyFrom(
      t("editor.newStage"),
      stages.map((one) => one.key),
    );
    const stage: ProcedureStage = {
      key,
      title: t("editor.newStage"),
      owner: "partner_operations",
      tasks: [],
      gate: [],
      escalations: [],
    };
    setStages([...stages, stage]);
    choose(stages.length);
  };
  const shift = (by: number) => {
    setStages(moved(stages, place, place + by));
    choose(place + by);
  };
  return (
    <nav className={css.rail} aria-label={t("stages")}>
      {stages.map((stage, index) => (
        <UnstyledButton
          key={stage.key}
          className={css.railButton ?? ""}
          data-current={index === place}
          onClick={() => choose(index)}
        >
          <b>{index + 1}</b>
          <span style={{ flex: 1 }}>{textOf(stage.title, i18n.language)}</span>
          <small>{t("editor.steps", { tasks: stage.tasks.length, conditions: stage.gate.length })}</small>
        </UnstyledButton>
      ))}
      <div style={{ display: "flex", gap: 4, flexWrap: "wrap" }}>
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
          {t("editor.addStage")}
        </Button>
        <ActionIcon disabled={place === 0} onClick={() => shift(-1)} aria-label={t("editor.up")}>
          <IconArrowUp size={15} />
        </ActionIcon>
        <ActionIcon disabled={place === stages.length - 1} onClick={() => shift(1)} aria-label={t("editor.down")}>
          <IconArrowDown size={15} />
        </ActionIcon>
        <ActionIcon
          disabled={stages.length === 1}
          onClick={() => setStages(stages.filter((_, index) => index !== place))}
          aria-label={t("editor.remove")}
        >
          <IconTrash size={15} />
        </ActionIcon>
      </div>
    </nav>
  );
}
