import { Button, Group, Stack } from "@mantine/core";
import type { BulkDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { MappingTab } from "./mapping-tab.tsx";
import { RowsTab } from "./rows-tab.tsx";
import { AT_WORK, STATE_TONES } from "./states.ts";
import { useBulkName } from "./use-bulk-words.ts";

/** What a bulk change may change. */
const TOUCHED = ["bulk-changes", "partners", "audit"];

/** One bulk change: what its columns mean, what becomes of each row, what was made, and the way back. */
export function BulkRecordPage() {
  const id = useParam("id");
  const [live, setLive] = useState(true);
  const found = useRecord<BulkDetail>(`/bulk-changes/${id}`, {}, live ? { liveSeconds: 1 } : {});
  const works = found.data !== undefined && AT_WORK.has(found.data.status);
  if (found.data !== undefined && live !== works) setLive(works);
  return <Loaded query={found}>{(one) => <BulkPage one={one} />}</Loaded>;
}

function BulkPage({ one }: { readonly one: BulkDetail }) {
  const { t } = useTranslation("bulk");
  const nameOf = useBulkName();
  const refused = one.counts.refuse ?? 0;
  const decided = Object.values(one.counts).some((count) => (count ?? 0) > 0);
  const rows = { id: "rows", label: t("tabs.rows"), content: () => <RowsTab key={one.status} one={one} /> };
  const refusals = {
    ...{ id: "refused", label: t("tabs.refused"), count: refused },
    content: () => <RowsTab key={one.status} one={one} action="refuse" />,
  };
  const mapping = {
    ...{ id: "mapping", label: t("tabs.mapping") },
    content: () => <MappingTab key={one.revision} one={one} />,
  };
  const last = one.source === "file" ? [mapping] : [];
  return (
    <RecordPage
      title={nameOf(one)}
      parent={{ label: t("title"), to: "/bulk-changes" }}
      badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={STATE_TONES} />}
      actions={<Actions one={one} />}
      facts={useFacts(one)}
      next={useNextStep(one)}
      above={<Above one={one} />}
      tabs={decided ? [rows, refusals, ...last] : [...last, rows]}
    />
  );
}

function useFacts(one: BulkDetail) {
  const { t } = useTranslation("bulk");
  const format = useFormat();
  const counts = (["create", "update", "unchanged", "refuse"] as const).filter((action) => one.counts[action]);
  return [
    { label: t("subject"), value: t(`subjects.${one.subject}`) },
    ...counts.map((action) => ({ label: t(`actions.${action}`), value: format.number(one.counts[action] ?? 0) })),
    { label: t("by"), value: one.createdByName },
    { label: t("createdAt"), value: <DateText at={one.createdAt} /> },
    ...(one.undoUntil === null || one.status !== "done"
      ? []
      : [{ label: t("undoUntil"), value: <DateText at={one.undoUntil} /> }]),
  ];
}

function useStep(one: BulkDetail, step: "check" | "run" | "cancel") {
  return useChange({ send: () => api.post<BulkDetail>(`/bulk-changes/${one.id}/${step}`), refresh: TOUCHED });
}

function useNextStep(one: BulkDetail): NextStep | undefined {
  const { t } = useTranslation("bulk");
  const check = useStep(one, "check");
  const run = useStep(one, "run");
  const failed = check.error ?? run.error;
  const problem = failed === null ? null : <ProblemLine error={failed} />;
  const make = (one.counts.create ?? 0) + (one.counts.update ?? 0);
  if (["open", "failed"].includes(one.status) && one.questions.length === 0)
    return {
      title: t("next.check"),
      text: t("next.checkText"),
      action: (
        <Stack gap={4}>
          <Button loading={check.isPending} onClick={() => check.mutate(undefined)}>
            {t("check")}
          </Button>
          {problem}
        </Stack>
      ),
    };
  if (one.status !== "checked") return undefined;
  return {
    title: t("next.run", { count: make }),
    text: make === 0 ? t("next.nothing") : t("next.runText"),
    action: (
      <Stack gap={4}>
        <Button loading={run.isPending} disabled={make === 0} onClick={() => run.mutate(undefined)}>
          {t("run")}
        </Button>
        {problem}
      </Stack>
    ),
  };
}

function Above({ one }: { readonly one: BulkDetail }) {
  const { t } = useTranslation("bulk");
  const sheet = one.sheets[one.mapping?.sheet ?? 0];
  const remembered = one.remembered && one.status === "open";
  const lines = [
    one.failure !== null,
    one.questions.length > 0,
    remembered,
    AT_WORK.has(one.status),
    one.status === "undone",
    (sheet?.brokenOff ?? null) !== null,
  ];
  if (!lines.includes(true)) return null;
  return (
    <Stack gap={8} mx={20} my={12}>
      {AT_WORK.has(one.status) ? (
        <ProgressLine label={t(`work.${one.status}`)} done={one.done} total={one.total === 0 ? null : one.total} />
      ) : null}
      {one.failure === null ? null : <NoteLine tone="bad">{one.failure}</NoteLine>}
      {(sheet?.brokenOff ?? null) === null ? null : (
        <NoteLine tone="bad">{t("brokenOff", { why: sheet?.brokenOff })}</NoteLine>
      )}
      {remembered ? <NoteLine tone="info">{t("remembered")}</NoteLine> : null}
      {one.status === "undone" ? (
        <NoteLine tone={one.undone.kept > 0 ? "warn" : "info"}>{t("undoneText", one.undone)}</NoteLine>
      ) : null}
      {one.questions.map((question) => (
        <NoteLine key={`${question.code} ${question.field}`} tone="warn">
          {t(`question.${question.code}`, { columns: question.columns.join(", ") })}
        </NoteLine>
      ))}
    </Stack>
  );
}

function Actions({ one }: { readonly one: BulkDetail }) {
  const { t, i18n } = useTranslation("bulk");
  const [undoing, setUndoing] = useState(false);
  const cancel = useStep(one, "cancel");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return (
    <Stack gap={4} align="flex-end">
      <Group gap={8}>
        {(one.counts.refuse ?? 0) === 0 ? null : (
          <Button component="a" variant="default" href={`/v1/bulk-changes/${one.id}/rejects?language=${language}`}>
            {t("rejects")}
          </Button>
        )}
        {["open", "checked"].includes(one.status) ? (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            {t("cancel")}
          </Button>
        ) : null}
        {one.status === "done" ? (
          <Button variant="default" onClick={() => setUndoing(true)}>
            {t("undo")}
          </Button>
        ) : null}
      </Group>
      {cancel.error === null ? null : <ProblemLine error={cancel.error} />}
      <ConfirmDialog<BulkDetail>
        opened={undoing}
        onClose={() => setUndoing(false)}
        title={t("undo")}
        text={t("undoText")}
        action={t("undo")}
        danger
        send={() => api.post<BulkDetail>(`/bulk-changes/${one.id}/undo`)}
        refresh={TOUCHED}
      />
    </Stack>
  );
}
