import { Button } from "@mantine/core";
import type { WorkTask } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useSession } from "../session/session.tsx";
import { DueText, TaskForm, TaskTitle } from "./task-panel.tsx";

/** Tasks by when they are due. */
export function TaskList() {
  const { t } = useTranslation("pipeline");
  const { me, can } = useSession();
  const [opened, setOpened] = useState(false);
  const create = can("pipeline.write") ? <Button onClick={() => setOpened(true)}>{t("newTask")}</Button> : undefined;
  return (
    <>
      <ListPage<WorkTask>
        name="tasks"
        title={t("tasks")}
        resource="/tasks"
        rowId={(one) => one.id}
        views={[
          { id: "mine", label: t("taskViews.mine"), filters: { state: "open", ownerUserId: me.id } },
          { id: "open", label: t("taskViews.open"), filters: { state: "open" } },
          { id: "all", label: t("taskViews.all") },
        ]}
        filters={[
          {
            kind: "choice",
            field: "state",
            label: t("status"),
            several: true,
            options: ["open", "done", "dropped"].map((value) => ({ value, label: t(`taskStates.${value}`) })),
          },
          {
            kind: "record",
            field: "ownerUserId",
            label: t("owner"),
            resource: "/users",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
        ]}
        columns={[
          {
            id: "title",
            label: t("task"),
            cell: (one) => <TaskTitle task={one} />,
            text: (one) => one.title,
            phone: "title",
          },
          {
            id: "about",
            label: t("about"),
            cell: (one) => <About task={one} />,
            text: (one) => one.aboutName,
            width: 220,
            phone: "line",
          },
          { id: "owner", label: t("owner"), cell: (one) => <NameText id={one.ownerUserId} />, width: 160 },
          {
            id: "due",
            label: t("dueAt"),
            cell: (one) => <DueText task={one} />,
            text: (one) => one.dueAt,
            align: "end",
            width: 170,
            phone: "value",
          },
        ]}
        empty={{ title: t("noTasks"), text: t("noTasksText"), action: create }}
        actions={create}
      />
      <TaskForm opened={opened} onClose={() => setOpened(false)} about={{}} />
    </>
  );
}

function About({ task }: { readonly task: WorkTask }) {
  if (task.leadId !== null && task.partnerId === null) return <Go to={`/leads/${task.leadId}`}>{task.aboutName}</Go>;
  if (task.partnerId !== null) return <Go to={`/partners/${task.partnerId}`}>{task.aboutName}</Go>;
  return "–";
}
