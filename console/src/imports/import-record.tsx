import { Button, Group, Stack, Text } from "@mantine/core";
import { type ImportDetail, importFailureText } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { MappingTab } from "./mapping-tab.tsx";
import { OldHosts } from "./old-hosts.tsx";
import { Questions } from "./questions.tsx";
import { RecognisedBy } from "./recognised-by.tsx";
import { RecordsTab } from "./records-tab.tsx";
import { ACTIONS, AT_WORK, KINDS, STATE_TONES } from "./states.ts";

/** One import: what was recognised, what it asks, what the dry run decided, what was made, and the way back. */
export function ImportRecordPage() {
  const id = useParam("id");
  const [live, setLive] = useState(true);
  const found = useRecord<ImportDetail>(`/imports/${id}`, {}, live ? { liveSeconds: 1 } : {});
  const works = found.data !== undefined && AT_WORK.has(found.data.status);
  if (found.data !== undefined && live !== works) setLive(works);
  return <Loaded query={found}>{(one) => <ImportPage one={one} />}</Loaded>;
}

function ImportPage({ one }: { readonly one: ImportDetail }) {
  const { t } = useTranslation("imports");
  const step = useNextStep(one);
  return (
    <RecordPage
      title={one.name || t(`vendors.${one.vendor}`)}
      parent={{ label: t("title"), to: "/imports" }}
      badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={STATE_TONES} />}
      actions={<Actions one={one} />}
      facts={[
        { label: t("vendor"), value: t(`vendors.${one.vendor}`) },
        { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
        { label: t("createdAt"), value: <DateText at={one.createdAt} /> },
        ...(one.finishedAt === null ? [] : [{ label: t("finishedAt"), value: <DateText at={one.finishedAt} /> }]),
      ]}
      next={step}
      above={<Above one={one} />}
      tabs={[
        { id: "result", label: t("tabs.result"), content: () => <Counts one={one} /> },
        {
          id: "mapping",
          label: t("tabs.mapping"),
          count: one.tables.length,
          content: () => <MappingTab key={one.revision} one={one} />,
        },
        {
          id: "refused",
          label: t("tabs.refused"),
          count: refusedOf(one),
          content: () => <RecordsTab one={one} action="refuse" />,
        },
        { id: "records", label: t("tabs.records"), content: () => <RecordsTab one={one} /> },
      ]}
    />
  );
}

function refusedOf(one: ImportDetail): number {
  return Object.values(one.counts).reduce((sum, counts) => sum + (counts.refuse ?? 0), 0);
}

/** What an import may change. */
const TOUCHED = ["imports", "partners", "links", "codes", "customers", "audit"];

function useStep(one: ImportDetail, step: "check" | "run" | "cancel") {
  return useChange({ send: () => api.post<ImportDetail>(`/imports/${one.id}/${step}`), refresh: TOUCHED });
}

function useNextStep(one: ImportDetail): NextStep | undefined {
  const { t } = useTranslation("imports");
  const check = useStep(one, "check");
  const run = useStep(one, "run");
  const failed = check.error ?? run.error;
  const problem = failed === null ? null : <ProblemLine error={failed} />;
  if (one.status === "open" && one.questions.length === 0)
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
  if (one.status === "checked")
    return {
      title: t("next.run", { count: one.total }),
      text: t("next.runText"),
      action: (
        <Stack gap={4}>
          <Button loading={run.isPending} disabled={one.total === 0} onClick={() => run.mutate(undefined)}>
            {t("run")}
          </Button>
          {problem}
        </Stack>
      ),
    };
  return undefined;
}

function Above({ one }: { readonly one: ImportDetail }) {
  const { t, i18n } = useTranslation("imports");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const broken = one.tables.filter((table) => table.brokenOff !== null);
  const remembered = one.remembered && one.status === "open";
  const said = [one.blockers, broken, one.questions].some((list) => list.length > 0);
  if (one.failure === null && !said && !remembered && !AT_WORK.has(one.status)) return null;
  return (
    <Stack gap={8} mx={20} my={12}>
      {AT_WORK.has(one.status) ? (
        <ProgressLine label={t(`work.${one.status}`)} done={one.done} total={one.total === 0 ? null : one.total} />
      ) : null}
      {one.failure === null ? null : <NoteLine tone="bad">{importFailureText(one.failure, language)}</NoteLine>}
      {one.blockers.length === 0 ? null : (
        <NoteLine tone="warn">
          {t("blocked", {
            reasons: one.blockers.map(({ code, count }) => t(`blockers.${code}`, { count })).join("; "),
          })}
        </NoteLine>
      )}
      {broken.map((table) => (
        <NoteLine key={table.name} tone="warn">
          {t("brokenOff", {
            table: table.name,
            why: table.brokenOff === null ? "" : importFailureText(table.brokenOff, language),
          })}
        </NoteLine>
      ))}
      {remembered ? <NoteLine tone="info">{t("remembered")}</NoteLine> : null}
      {one.questions.length === 0 ? null : <Questions key={one.revision} one={one} />}
    </Stack>
  );
}

function Actions({ one }: { readonly one: ImportDetail }) {
  const { t, i18n } = useTranslation("imports");
  const [undoing, setUndoing] = useState(false);
  const cancel = useStep(one, "cancel");
  return (
    <Stack gap={4} align="flex-end">
      <Group gap={8}>
        {refusedOf(one) === 0 ? null : (
          <Button
            component="a"
            variant="default"
            href={`/v1/imports/${one.id}/records?action=refuse&format=csv&language=${i18n.language.startsWith("es") ? "es" : "en"}`}
          >
            {t("rejects")}
          </Button>
        )}
        {["open", "checked"].includes(one.status) ? (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            {t("cancel")}
          </Button>
        ) : null}
        {["done", "failed"].includes(one.status) ? (
          <Button variant="default" onClick={() => setUndoing(true)}>
            {t("undo")}
          </Button>
        ) : null}
      </Group>
      {cancel.error === null ? null : <ProblemLine error={cancel.error} />}
      <ConfirmDialog<ImportDetail>
        opened={undoing}
        onClose={() => setUndoing(false)}
        title={t("undo")}
        text={t("undoText")}
        action={t("undo")}
        danger
        send={() => undo(one)}
        refresh={TOUCHED}
      />
    </Stack>
  );
}

/** What keeps it from being undone stands on the page, in the reader's words. */
async function undo({ id }: ImportDetail): Promise<ImportDetail> {
  try {
    return await api.post<ImportDetail>(`/imports/${id}/undo`);
  } catch (error) {
    const now = await api.get<ImportDetail>(`/imports/${id}`);
    if (now.blockers.length === 0) throw error;
    return now;
  }
}

/** Records by what becomes of them. */
function Counts({ one }: { readonly one: ImportDetail }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const kinds = KINDS.filter((kind) => one.counts[kind] !== undefined);
  const shown = ACTIONS.filter((action) => kinds.some((kind) => one.counts[kind]?.[action] !== undefined));
  if (kinds.length === 0) return <Tables one={one} />;
  return (
    <>
      <Card title={t("tabs.result")} flush>
        <PlainTable
          label={t("tabs.result")}
          rows={kinds}
          rowId={(kind) => kind}
          columns={[
            { id: "kind", label: t("kind"), cell: (kind) => t(`kinds.${kind}`) },
            ...shown.map((action) => ({
              id: action,
              label: t(`actions.${action}`),
              align: "end" as const,
              cell: (kind: string) => format.number(one.counts[kind]?.[action] ?? 0),
            })),
          ]}
        />
      </Card>
      {one.status === "done" && one.counts.link !== undefined ? <OldHosts id={one.id} /> : null}
      <Tables one={one} />
    </>
  );
}

/** What the files were recognised as, and why. */
function Tables({ one }: { readonly one: ImportDetail }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  return (
    <Card title={t("tables")} flush>
      <PlainTable
        label={t("tables")}
        rows={one.tables}
        rowId={(table) => table.name}
        columns={[
          { id: "name", label: t("table"), cell: (table) => table.name },
          { id: "rows", label: t("rows"), align: "end", cell: (table) => format.number(table.rows) },
          { id: "is", label: t("recognised"), cell: (table) => table.recognised?.title ?? t("notRecognised") },
          {
            id: "sure",
            label: t("confidence"),
            align: "end",
            cell: (table) => (table.recognised === null ? "–" : format.share(table.recognised.confidence)),
          },
          {
            id: "why",
            label: t("why"),
            cell: (table) => (
              <Text miw={260}>{table.recognised === null ? "–" : <RecognisedBy recognition={table.recognised} />}</Text>
            ),
          },
        ]}
      />
    </Card>
  );
}
