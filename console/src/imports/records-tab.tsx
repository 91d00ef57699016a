import type { ImportAction, ImportDetail, ImportRecord } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { ACTION_TONES, ACTIONS, KINDS } from "./states.ts";

interface RecordsTabProps {
  readonly one: ImportDetail;
  /** Only these. */
  readonly action?: ImportAction;
}

/** Records as they stand in the files: what becomes of each, which fields change, and why one is refused. */
export function RecordsTab({ one, action }: RecordsTabProps) {
  const { t, i18n } = useTranslation("imports");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const records = useRecordColumns();
  const refusals = useRefusalColumns();
  const choice = (field: string, label: string, values: readonly string[], words: string) =>
    ({
      kind: "choice",
      field,
      label,
      several: true,
      options: values.map((value) => ({ value, label: t(`${words}.${value}`) })),
    }) as const;
  return (
    <ListPanel<ImportRecord>
      embedded
      name={action === undefined ? "import-records" : `import-records-${action}`}
      title={t(action === undefined ? "tabs.records" : "tabs.refused")}
      resource={`/imports/${one.id}/records`}
      fixed={action === undefined ? { language } : { action, language }}
      rowId={(row) => `${row.kind} ${row.externalId} ${row.table} ${row.line}`}
      filters={[
        choice("kind", t("kind"), KINDS, "kinds"),
        ...(action === undefined ? [choice("action", t("action"), ACTIONS, "actions")] : []),
      ]}
      columns={action === undefined ? records : refusals}
      empty={{
        title: t(action === undefined ? "noRecords" : "noRefusals"),
        text: t(action === undefined ? "noRecordsText" : "noRefusalsText"),
      }}
    />
  );
}

function useFirstColumns(): readonly Column<ImportRecord>[] {
  const { t } = useTranslation("imports");
  return [
    { id: "id", label: t("theirId"), cell: (row) => row.externalId, text: (row) => row.externalId, phone: "title" },
    {
      id: "kind",
      label: t("kind"),
      cell: (row) => t(`kinds.${row.kind}`),
      text: (row) => row.kind,
      width: 100,
      phone: "value",
    },
    {
      id: "line",
      label: t("line"),
      cell: (row) => `${row.table}: ${row.line}`,
      text: (row) => `${row.table}: ${row.line}`,
      width: 140,
    },
  ];
}

function useRecordColumns(): readonly Column<ImportRecord>[] {
  const { t } = useTranslation("imports");
  return [
    ...useFirstColumns(),
    {
      id: "action",
      label: t("action"),
      cell: (row) => <StatusBadge state={row.action} label={t(`actions.${row.action}`)} tones={ACTION_TONES} />,
      text: (row) => row.action,
      width: 150,
      phone: "line",
    },
    {
      id: "what",
      label: t("what"),
      cell: (row) => whatOf(row),
      text: whatOf,
      width: 420,
    },
  ];
}

/** The fields that change, or what the record says. */
function whatOf(row: ImportRecord): string {
  if (row.reason !== null) return `${row.field}: ${row.reason}`;
  if (row.changes.length > 0)
    return row.changes.map((one) => `${one.field}: ${one.before || "–"} → ${one.after}`).join(" · ");
  return Object.entries(row.content)
    .map(([field, value]) => `${field}: ${value}`)
    .join(" · ");
}

function useRefusalColumns(): readonly Column<ImportRecord>[] {
  const { t } = useTranslation("imports");
  return [
    ...useFirstColumns(),
    { id: "field", label: t("field"), cell: (row) => row.field, text: (row) => row.field, width: 100 },
    { id: "value", label: t("value"), cell: (row) => row.value, text: (row) => row.value, width: 120 },
    {
      id: "reason",
      label: t("reason"),
      cell: (row) => row.reason,
      text: (row) => row.reason,
      width: 250,
      phone: "line",
    },
    {
      id: "wayOut",
      label: t("wayOut"),
      cell: (row) => row.wayOut,
      text: (row) => row.wayOut,
      width: 290,
      phone: "line",
    },
  ];
}
