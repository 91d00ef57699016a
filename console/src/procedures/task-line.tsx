import { Button, Checkbox } from "@mantine/core";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import type { CaseTask } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { MarkdownText } from "../kit/difference/markdown-text.tsx";
import { Go } from "../kit/link.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import css from "./procedures.module.css";
import { TOUCHED } from "./states.ts";

type ShownTask = Omit<CaseTask, "owner" | "required" | "mayDo"> &
  Partial<Pick<CaseTask, "owner" | "required" | "mayDo">>;

interface TaskLineProps {
  readonly caseId: string;
  readonly revision: number;
  readonly task: ShownTask;
  /** The task's place in the handbook. */
  readonly handbook?: string;
  /** The partner's own side. */
  readonly own?: boolean;
}

/** One task: whose it is, by when, its checklist, and the button that ends it. */
export function TaskLine({ caseId, revision, task, handbook, own }: TaskLineProps) {
  const { t } = useTranslation("procedures");
  const change = useChange<object, unknown>({
    send: (body) =>
      api.post(`/${own === true ? "own-procedures" : "procedure-cases"}/${caseId}/orders`, { ...body, revision }),
    refresh: own === true ? ["own-procedures"] : TOUCHED,
  });
  const may = task.mayDo ?? task.byFact === null;
  const isDone = task.done !== null;
  return (
    <li className={css.line}>
      {isDone ? (
        <IconCircleCheck size={18} color="var(--tb-good)" />
      ) : (
        <IconCircle size={18} color="var(--mantine-color-dimmed)" />
      )}
      <div>
        <h3>{task.title}</h3>
        <TaskState task={task} own={own === true} />
        {task.sentence === null ? null : <p className={css.why}>{task.sentence}</p>}
      </div>
      <div className={css.side}>
        {task.link === null || isDone ? null : (
          <Go size="sm" to={task.link}>
            {t("goThere")}
          </Go>
        )}
        {may && !isDone ? (
          <Button
            size="xs"
            variant="default"
            loading={change.isPending}
            onClick={() => change.mutate({ do: "finish_task", task: task.key })}
          >
            {t("finish")}
          </Button>
        ) : null}
        {may && isDone ? (
          <Button size="xs" variant="subtle" onClick={() => change.mutate({ do: "open_task", task: task.key })}>
            {t("openAgain")}
          </Button>
        ) : null}
      </div>
      <Checklist task={task} disabled={!may || change.isPending} order={change.mutate} />
      {task.guide === null ? null : (
        <details className={css.guide}>
          <summary>{t("howTo")}</summary>
          <MarkdownText text={task.guide} />
          {handbook === undefined ? null : (
            <Go size="xs" to={handbook}>
              {t("inHandbook")}
            </Go>
          )}
        </details>
      )}
      {change.isError ? (
        <div className={css.guide}>
          <ProblemLine error={change.error} />
        </div>
      ) : null}
    </li>
  );
}

function TaskState({ task, own }: { readonly task: ShownTask; readonly own: boolean }) {
  const { t } = useTranslation("procedures");
  if (task.done !== null)
    return (
      <p>
        {task.done.by === "fact" ? t("doneByFact") : t("doneBy", { name: task.done.name })} ·{" "}
        <DateText at={task.done.at} />
      </p>
    );
  return (
    <p>
      {own || task.owner === undefined ? null : `${t(`roles.${task.owner}`)} · `}
      {task.required === false ? `${t("optional")} · ` : null}
      {task.byFact === null ? null : `${t("byItself")} · `}
      {task.dueAt === null ? t("noDue") : task.overdue ? t("overdueSince") : t("dueBy")}{" "}
      {task.dueAt === null ? null : <DateText at={task.dueAt} />}
    </p>
  );
}

interface ChecklistProps {
  readonly task: ShownTask;
  readonly disabled: boolean;
  readonly order: (body: object) => void;
}

function Checklist({ task, disabled, order }: ChecklistProps) {
  if (task.checklist.length === 0) return null;
  return (
    <div className={css.checks}>
      {task.checklist.map((item) => (
        <Checkbox
          key={item.key}
          size="sm"
          label={item.title}
          checked={item.ticked}
          disabled={disabled}
          onChange={() => order({ do: item.ticked ? "untick" : "tick", task: task.key, item: item.key })}
        />
      ))}
    </div>
  );
}
