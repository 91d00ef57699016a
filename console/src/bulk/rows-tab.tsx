import type { BulkAction, BulkDetail, BulkRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import css from "./bulk.module.css";
import { ACTION_TONES, ACTIONS } from "./states.ts";
import { useFieldName, useValueText } from "./use-bulk-words.ts";

interface RowsTabProps {
  readonly one: BulkDetail;
  /** Only these. */
  readonly action?: BulkAction;
}

/** Rows as they stand in the file: what becomes of each, field by field, or why one is refused. */
export function RowsTab({ one, action }: RowsTabProps) {
  const { t, i18n } = useTranslation("bulk");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const outcomes = one.status === "undone" ? (["undone", "kept"] as const) : (["made"] as const);
  return (
    <ListPanel<BulkRow>
      embedded
      name={`bulk-rows${action === undefined ? "" : `-${action}`}`}
      title={t(action === undefined ? "tabs.rows" : "tabs.refused")}
      resource={`/bulk-changes/${one.id}/rows`}
      fixed={action === undefined ? { language } : { action, language }}
      rowId={(row) => String(row.line)}
      filters={
        action !== undefined
          ? []
          : [
              {
                ...{ kind: "choice", field: "action", label: t("action"), several: true },
                options: ACTIONS.map((value) => ({ value, label: t(`actions.${value}`) })),
              },
              {
                ...{ kind: "choice", field: "outcome", label: t("outcome") },
                options: outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) })),
              },
            ]
      }
      columns={useColumns(one)}
      empty={{
        title: t(action === undefined ? "noRows" : "noRefusals"),
        text: t(action === undefined ? "noRowsText" : "noRefusalsText"),
      }}
    />
  );
}

function useColumns(one: BulkDetail): readonly Column<BulkRow>[] {
  const { t } = useTranslation("bulk");
  const fieldName = useFieldName(one);
  const valueText = useValueText();
  const what = (row: BulkRow): string =>
    row.problem === null
      ? row.changes
          .map((change) => `${fieldName(change.field)}: ${valueText(change.before)} → ${valueText(change.after)}`)
          .join(" · ")
      : [row.problem.field === null ? "" : fieldName(row.problem.field), row.problem.value, row.problem.message]
          .filter((part) => part !== "")
          .join(" ");
  return [
    {
      ...{ id: "record", label: t("record"), phone: "title" },
      cell: (row) =>
        row.partnerId === null || row.undone ? row.label : <Go to={`/partners/${row.partnerId}`}>{row.label}</Go>,
      text: (row) => row.label,
    },
    {
      ...{ id: "line", label: t("line"), align: "end", width: 70 },
      cell: (row) => row.line,
      text: (row) => row.line,
    },
    {
      ...{ id: "action", label: t("action"), width: 130, phone: "value" },
      cell: (row) => <StatusBadge state={row.action} label={t(`actions.${row.action}`)} tones={ACTION_TONES} />,
      text: (row) => row.action,
    },
    {
      ...{ id: "what", label: t("what"), width: 620, phone: "line" },
      cell: (row) => <What row={row} one={one} />,
      text: what,
    },
  ];
}

/** Fields with what stood there and what comes, or the reason of a refusal. */
function What({ row, one }: { readonly row: BulkRow; readonly one: BulkDetail }) {
  const { t } = useTranslation("bulk");
  const fieldName = useFieldName(one);
  const problem =
    row.problem === null ? null : (
      <span className={css.reason}>
        {row.problem.field === null ? "" : `${fieldName(row.problem.field)} `}
        {row.problem.value === "" ? "" : `“${row.problem.value}” `}
        {row.problem.message}
      </span>
    );
  return (
    <div className={css.changes}>
      {problem}
      {row.kept === null ? null : <span className={css.reason}>{t("keptBecause", { why: row.kept })}</span>}
      {row.changes.map((change) => (
        <span key={change.field}>
          {fieldName(change.field)}:{" "}
          {row.action === "create" || isEmpty(change.before) ? null : (
            <>
              <span className={css.before}>
                <Value field={change.field} value={change.before} />
              </span>{" "}
            </>
          )}
          <Value field={change.field} value={change.after} />
        </span>
      ))}
    </div>
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Ids of people, regions and partners by their names. */
function Value({ field, value }: { readonly field: string; readonly value: unknown }) {
  const { t } = useTranslation("bulk");
  const valueText = useValueText();
  if (typeof value === "string" && (field === "kind" || field === "status"))
    return <>{t(`${field === "kind" ? "kinds" : "statuses"}.${value}`, { defaultValue: value })}</>;
  if (typeof value === "string" && /^(?:usr|rgn|prt)_[0-9a-z]{20,}$/.test(value)) return <NameText id={value} />;
  return <>{valueText(value)}</>;
}
