import { ActionIcon, Button, Switch, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { ProcedureTask } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import css from "../procedures.module.css";
import { textOf, withText } from "../texts.ts";
import { DueField } from "./due-field.tsx";
import { FactPicker } from "./fact-picker.tsx";
import { GuideField } from "./guide-field.tsx";
import { given, keyFrom, replaced } from "./lists.ts";
import { RoleSelect } from "./role-select.tsx";
import { WhenFields } from "./when-fields.tsx";

interface TaskFormProps {
  readonly task: ProcedureTask;
  readonly first: boolean;
  readonly last: boolean;
  readonly change: (task: ProcedureTask) => void;
  readonly shift: (by: number) => void;
  readonly remove: () => void;
}

/** One task: whose it is, by when, what ends it, its checklist and how it is done. */
export function TaskForm({ task, first, last, change, shift, remove }: TaskFormProps) {
  const { t, i18n } = useTranslation("procedures");
  const { language } = i18n;
  return (
    <div className={css.step}>
      <div className={css.stepHead}>
        <b>{textOf(task.title, language)}</b>
        <ActionIcon disabled={first} onClick={() => shift(-1)} aria-label={t("editor.up")}>
          <IconArrowUp size={15} />
        </ActionIcon>
        <ActionIcon disabled={last} onClick={() => shift(1)} aria-label={t("editor.down")}>
          <IconArrowDown size={15} />
        </ActionIcon>
        <ActionIcon onClick={remove} aria-label={t("editor.remove")}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      <div className={css.grid}>
        <TextInput
          label={t("editor.title")}
          value={textOf(task.title, language)}
          onChange={(event) => change({ ...task, title: withText(task.title, language, event.currentTarget.value) })}
        />
        <TextInput
          label={t("editor.key")}
          value={task.key}
          onChange={(event) => change({ ...task, key: event.currentTarget.value })}
        />
        <RoleSelect label={t("editor.owner")} value={task.owner} change={(owner) => change({ ...task, owner })} />
        <DueField label={t("due")} value={task.due} change={(due) => change(given(task, "due", due))} />
        <FactPicker
          label={t("editor.doneBy")}
          value={task.doneBy}
          clearable
          change={(doneBy) => change(given(task, "doneBy", doneBy))}
        />
        <TextInput
          label={t("editor.link")}
          description={t("editor.linkHint")}
          value={task.link ?? ""}
          onChange={(event) => change(given(task, "link", event.currentTarget.value))}
        />
        <Switch
          label={t("editor.required")}
          checked={task.required}
          onChange={(event) => change({ ...task, required: event.currentTarget.checked })}
        />
        <div className={css.wide}>
          <Checklist task={task} change={change} />
        </div>
        <details className={css.wide}>
          <summary>{t("editor.when.title")}</summary>
          <div className={css.grid}>
            <WhenFields value={task.when} change={(when) => change(given(task, "when", when))} />
          </div>
        </details>
        <div className={css.wide}>
          <GuideField value={task.guide} change={(guide) => change(given(task, "guide", guide))} />
        </div>
      </div>
    </div>
  );
}

function Checklist({ task, change }: Pick<TaskFormProps, "task" | "change">) {
  const { t, i18n } = useTranslation("procedures");
  const { checklist } = task;
  const set = (next: ProcedureTask["checklist"]) => change({ ...task, checklist: next });
  const add = () => {
    const title = t("editor.newItem");
    set([
      ...checklist,
      {
        key: keyFrom(
          title,
          checklist.map(({ key }) => key),
        ),
        title,
      },
    ]);
  };
  return (
    <div style={{ display: "grid", gap: 6 }}>
      {checklist.map((item, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the item is edited here
        <div key={place} style={{ display: "flex", gap: 6 }}>
          <TextInput
            style={{ flex: 1 }}
            aria-label={t("editor.item")}
            value={textOf(item.title, i18n.language)}
            onChange={(event) =>
              set(
                replaced(checklist, place, {
                  ...item,
                  title: withText(item.title, i18n.language, event.currentTarget.value),
                }),
              )
            }
          />
          <ActionIcon
            size={34}
            onClick={() => set(checklist.filter((_, index) => index !== place))}
            aria-label={t("editor.remove")}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
          {t("editor.addItem")}
        </Button>
      </div>
    </div>
  );
}
