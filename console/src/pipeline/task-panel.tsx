import { Button, Checkbox, Group, Text } from "@mantine/core";
import { NewTask, type WorkTask } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NameText } from "../kit/name-text.tsx";
import { complain } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { TOUCHED } from "./words.ts";

interface TaskPanelProps {
  readonly leadId?: string;
  readonly partnerId?: string;
}

/** What is to be done about a lead or partner. */
export function TaskPanel({ leadId, partnerId }: TaskPanelProps) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [opened, setOpened] = useState(false);
  const about = leadId === undefined ? { partnerId } : { leadId };
  const tasks = useRecord<Page<WorkTask>>("/tasks", { ...about, limit: 100 });
  const add = can("pipeline.write") ? (
    <Button size="compact-sm" onClick={() => setOpened(true)}>
      {t("newTask")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("tasks")} actions={add} flush>
      <Loaded query={tasks}>
        {({ data }) => (
          <PlainTable
            label={t("tasks")}
            rows={data}
            rowId={(one) => one.id}
            empty={<EmptyState title={t("noTasks")} text={t("noTasksText")} />}
            columns={[
              { id: "title", label: t("task"), cell: (one) => <TaskTitle task={one} /> },
              { id: "owner", label: t("owner"), cell: (one) => <NameText id={one.ownerUserId} /> },
              { id: "due", label: t("dueAt"), align: "end", cell: (one) => <DueText task={one} /> },
            ]}
          />
        )}
      </Loaded>
      <TaskForm opened={opened} onClose={() => setOpened(false)} about={about} />
    </Card>
  );
}

/** A task with the box that says it is done. */
export function TaskTitle({ task }: { readonly task: WorkTask }) {
  const { t } = useTranslation("pipeline");
  const done = useChange<string, WorkTask>({
    send: (state) => api.patch(`/tasks/${task.id}`, { revision: task.revision, state }),
    refresh: TOUCHED,
  });
  return (
    <Group gap={8} wrap="nowrap">
      <Checkbox
        aria-label={t("doneOf", { title: task.title })}
        checked={task.state === "done"}
        disabled={done.isPending || task.state === "dropped"}
        onChange={(event) =>
          done.mutate(event.target.checked ? "done" : "open", {
            onError: (error) => complain(error.message, error.detail),
          })
        }
      />
      <span style={task.state === "open" ? undefined : { textDecoration: "line-through", opacity: 0.6 }}>
        {task.title}
        {task.repeats === null ? "" : ` (${t(`repeats.${task.repeats}`)})`}
      </span>
    </Group>
  );
}

export function DueText({ task }: { readonly task: WorkTask }) {
  return (
    <Text component="span" size="sm" {...(task.late ? { c: "var(--tb-bad)", fw: 600 } : {})}>
      <DateText at={task.dueAt} />
    </Text>
  );
}

interface TaskFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly about: Readonly<Record<string, string | undefined>>;
}

export function TaskForm({ opened, onClose, about }: TaskFormProps) {
  const { t } = useTranslation("pipeline");
  const { me } = useSession();
  return (
    <FormDialog<Record<string, unknown>, WorkTask>
      opened={opened}
      onClose={onClose}
      title={t("newTask")}
      submit={t("newTaskDo")}
      schema={NewTask}
      initial={{ title: "", note: "", ownerUserId: me.id, dueAt: "", remindAt: "", repeats: "" }}
      fields={[
        { kind: "text", name: "title", label: t("task"), required: true },
        {
          kind: "record",
          name: "ownerUserId",
          label: t("owner"),
          half: true,
          resource: "/users",
          query: () => ({ side: "operator" }),
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "select",
          name: "repeats",
          label: t("repeatsEvery"),
          half: true,
          clearable: true,
          options: ["day", "week", "month"].map((value) => ({ value, label: t(`repeats.${value}`) })),
        },
        { kind: "instant", name: "dueAt", label: t("dueAt"), required: true, half: true },
        { kind: "instant", name: "remindAt", label: t("remindAt"), hint: t("remindHint"), half: true },
        { kind: "textarea", name: "note", label: t("note"), rows: 3 },
      ]}
      send={(values, key) => api.post<WorkTask>("/tasks", { ...about, ...values }, key)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}
