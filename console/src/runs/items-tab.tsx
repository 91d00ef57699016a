import { useSearch } from "@tanstack/react-router";
import { RUN_MARKS, type RunDetail, type RunItem } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import type { BulkAction, Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText, ShareText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { type Answer, AnswerDialog } from "./answer-dialog.tsx";
import { MarkList } from "./mark-list.tsx";
import { Waterfall } from "./waterfall.tsx";

/** Every partner of the run, exceptions first of all; picked ones are approved, sent back or left out together. */
export function ItemsTab({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation("runs");
  const search: Record<string, string> = useSearch({ strict: false });
  const [asked, setAsked] = useState<Answer | null>(null);
  const fixed = {
    ...(search.mark === undefined ? {} : { mark: search.mark }),
    ...(search.regionId === undefined ? {} : { regionId: search.regionId }),
  };
  const bulk = (decision: Answer["decision"], danger = false): BulkAction<RunItem> => ({
    id: decision,
    label: t(`decide.${decision}`),
    danger,
    run: (items, done) => setAsked({ decision, items, done }),
  });
  return (
    <>
      <ListPanel<RunItem>
        key={JSON.stringify(fixed)}
        embedded
        name="run-items"
        title={t("tabs.partners")}
        resource={`/runs/${run.id}/items`}
        fixed={fixed}
        rowId={(item) => item.id}
        open={(item) => `/runs/${run.id}/partners/${item.id}`}
        views={viewsOf(run, t, search.view)}
        filters={
          [
            {
              kind: "choice",
              field: "mark",
              label: t("mark"),
              several: true,
              options: RUN_MARKS.map((value) => ({ value, label: t(`marks.${value}`) })),
            },
            {
              kind: "choice",
              field: "regionId",
              label: t("region"),
              several: true,
              options: run.regions.flatMap((one) =>
                one.regionId === null ? [] : [{ value: one.regionId, label: one.regionId }],
              ),
            },
            { kind: "text", field: "currency", label: t("currency"), placeholder: "EUR" },
          ].filter((filter) => filter.field !== "regionId") as never
        }
        columns={useColumns()}
        sort="-toPay"
        preview={(item) => <ItemPreview item={item} />}
        bulk={[bulk("approve"), bulk("send_back"), bulk("exclude", true), bulk("include")]}
        empty={{ title: t("noItems"), text: t("noItemsText") }}
      />
      {asked === null ? null : <AnswerDialog run={run} answer={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function viewsOf(run: RunDetail, t: (key: string) => string, first: string | undefined) {
  const views = [
    { id: "exceptions", label: t("only.exceptions"), filters: { only: "exceptions" } },
    { id: "all", label: t("only.all") },
    { id: "clean", label: t("only.clean"), filters: { only: "clean" } },
    ...(run.mine.level === null ? [] : [{ id: "mine", label: t("only.mine"), filters: { only: "mine" } }]),
    { id: "excluded", label: t("only.excluded"), filters: { only: "excluded" } },
    { id: "sent_back", label: t("only.sent_back"), filters: { only: "sent_back" } },
  ];
  const chosen = views.find((view) => view.id === first) ?? (run.exceptions === 0 ? views[1] : undefined);
  return chosen === undefined ? views : [chosen, ...views.filter((view) => view !== chosen)];
}

function useColumns(): readonly Column<RunItem>[] {
  const { t } = useTranslation("runs");
  const amount = (
    id: "toPay" | "earned" | "earnedBefore" | "change" | "adjusted" | "closingHeld",
    more: Partial<Column<RunItem>> = {},
  ): Column<RunItem> => ({
    id,
    label: t(id),
    cell: (item) => <MoneyText money={{ minor: item[id], currency: item.currency }} signed />,
    text: (item) => plainAmount({ minor: item[id], currency: item.currency }),
    align: "end",
    width: 130,
    ...more,
  });
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (item) => <NameText id={item.partnerId} />,
      text: (item) => item.partnerId,
      phone: "title",
      width: 220,
    },
    amount("toPay", { sort: "toPay", phone: "value" }),
    amount("earned", { sort: "earned" }),
    amount("earnedBefore", { hidden: true }),
    amount("change", { sort: "change" }),
    {
      id: "percent",
      label: t("changeShare"),
      cell: (item) => <ShareText share={item.changePercent === null ? null : item.changePercent / 100} />,
      text: (item) => item.changePercent,
      align: "end",
      width: 110,
    },
    {
      id: "marks",
      label: t("marksTitle"),
      cell: (item) => <MarkList marks={item.marks} />,
      text: (item) => item.marks.map((mark) => mark.code).join(" "),
      width: 210,
      phone: "line",
    },
    {
      id: "region",
      label: t("region"),
      cell: (item) => (item.regionId === null ? null : <NameText id={item.regionId} />),
      text: (item) => item.regionId,
      width: 120,
    },
    {
      id: "signatures",
      label: t("signatures"),
      cell: (item) => <Signatures item={item} />,
      text: (item) => JSON.stringify(item.given),
      width: 130,
    },
    amount("closingHeld", { hidden: true }),
    amount("adjusted", { hidden: true }),
  ];
}

const LEVELS = ["regional", "central", "finance"] as const;

/** Given of needed, level by level; a level that needs none is not shown. */
function Signatures({ item }: { readonly item: RunItem }) {
  const { t } = useTranslation("runs");
  if (item.excluded !== null) return <span title={item.excluded.reason}>{t("leftOut")}</span>;
  return (
    <span className="tabular" style={{ display: "inline-flex", gap: 8 }}>
      {LEVELS.filter((level) => item.needs[level] > 0).map((level) => (
        <span key={level} title={t(`levels.${level}`)}>
          {`${t(`levelShort.${level}`)} ${item.given[level]}/${item.needs[level]}`}
        </span>
      ))}
    </span>
  );
}

function ItemPreview({ item }: { readonly item: RunItem }) {
  const { t } = useTranslation("runs");
  return (
    <>
      <h3 style={{ margin: "0 0 6px" }}>
        <NameText id={item.partnerId} />
      </h3>
      <MarkList marks={item.marks} all />
      <Waterfall currency={item.currency} before={item.earnedBefore} after={item.earned} causes={item.causes} />
      {item.whyNot === null ? null : (
        <p style={{ color: "var(--mantine-color-dimmed)" }}>{t(`whyNot.${item.whyNot}`)}</p>
      )}
    </>
  );
}
