import { ActionIcon, Button, Group, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Escalation, ProcedureDefinition, ProcedureStage } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import css from "../procedures.module.css";
import { textOf, withText } from "../texts.ts";
import { DueField } from "./due-field.tsx";
import { GateForm } from "./gate-form.tsx";
import { GuideField } from "./guide-field.tsx";
import { given, keyFrom, moved, replaced } from "./lists.ts";
import { RoleSelect } from "./role-select.tsx";
import { TaskForm } from "./task-form.tsx";

interface StageFormProps {
  readonly definition: ProcedureDefinition;
  readonly stage: ProcedureStage;
  readonly change: (stage: ProcedureStage) => void;
}

/** One stage: owner, due time, guide, tasks, gate and escalations. */
export function StageForm({ definition, stage, change }: StageFormProps) {
  const { t, i18n } = useTranslation("procedures");
  const { language } = i18n;
  return (
    <div>
      <div className={css.step}>
        <div className={css.grid}>
          <TextInput
            label={t("editor.title")}
            value={textOf(stage.title, language)}
            onChange={(event) =>
              change({ ...stage, title: withText(stage.title, language, event.currentTarget.value) })
            }
          />
          <TextInput
            label={t("editor.key")}
            value={stage.key}
            onChange={(event) => change({ ...stage, key: event.currentTarget.value })}
          />
          <RoleSelect label={t("editor.owner")} value={stage.owner} change={(owner) => change({ ...stage, owner })} />
          <DueField label={t("due")} value={stage.due} change={(due) => change(given(stage, "due", due))} />
          <div className={css.wide}>
            <GuideField value={stage.guide} change={(guide) => change(given(stage, "guide", guide))} />
          </div>
        </div>
      </div>
      <Tasks definition={definition} stage={stage} change={change} />
      <GateForm definition={definition} stage={stage} change={change} />
      <Escalations stage={stage} change={change} />
    </div>
  );
}

function Tasks({ definition, stage, change }: StageFormProps) {
  const { t } = useTranslation("procedures");
  const { tasks } = stage;
  const add = () => {
    const taken = definition.stages.flatMap((one) => one.tasks.map(({ key }) => key));
    const title = t("editor.newTask");
    const task = { key: keyFrom(title, taken), title, owner: stage.owner, required: true, checklist: [] };
    change({ ...stage, tasks: [...tasks, task] });
  };
  return (
    <section>
      <h3>{t("tasks")}</h3>
      {tasks.map((task, place) => (
        <TaskForm
          // biome-ignore lint/suspicious/noArrayIndexKey: the key itself is edited here
          key={place}
          task={task}
          first={place === 0}
          last={place === tasks.length - 1}
          change={(next) => change({ ...stage, tasks: replaced(tasks, place, next) })}
          shift={(by) => change({ ...stage, tasks: moved(tasks, place, place + by) })}
          remove={() => change({ ...stage, tasks: tasks.filter((_, index) => index !== place) })}
        />
      ))}
      <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
        {t("editor.addTask")}
      </Button>
    </section>
  );
}

function Escalations({ stage, change }: Pick<StageFormProps, "stage" | "change">) {
  const { t, i18n } = useTranslation("procedures");
  const { escalations } = stage;
  const set = (next: readonly Escalation[]) => change({ ...stage, escalations: [...next] });
  return (
    <section>
      <h3>{t("editor.escalations")}</h3>
      {escalations.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an escalation has no name of its own
        <div key={place} className={css.step}>
          <Group align="flex-end" gap="sm">
            <DueField
              label={t("editor.after")}
              value={one.after}
              change={(after) => set(replaced(escalations, place, { ...one, after: after ?? one.after }))}
            />
            <RoleSelect
              label={t("editor.to")}
              value={one.to}
              change={(to) => set(replaced(escalations, place, { ...one, to }))}
            />
            <ActionIcon
              onClick={() => set(escalations.filter((_, index) => index !== place))}
              aria-label={t("editor.remove")}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
          <Textarea
            label={t("editor.note")}
            autosize
            minRows={1}
            value={one.note === undefined ? "" : textOf(one.note, i18n.language)}
            onChange={(event) => set(replaced(escalations, place, given(one, "note", event.currentTarget.value)))}
          />
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => set([...escalations, { after: { days: 1 }, to: "approver" }])}
      >
        {t("editor.addEscalation")}
      </Button>
    </section>
  );
}
