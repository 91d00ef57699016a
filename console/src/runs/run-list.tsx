import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { RUN_STATES, type Run, type RunWaiting } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText, NumberText } from "../kit/money-text.tsx";
import { NextLine } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { NewRunDialog } from "./new-run.tsx";
import { periodText, STATE_TONES } from "./states.ts";

/** All runs as a calendar by period: where each stands, what is due next, and what it comes to. */
export function RunList() {
  const { t } = useTranslation("runs");
  const { can } = useSession();
  const search: Record<string, string> = useSearch({ strict: false });
  const [asked, setAsked] = useState(search.new === "1");
  return (
    <>
      <ListPage<Run>
        name="runs"
        title={t("title")}
        resource="/runs"
        rowId={(one) => one.id}
        open={(one) => `/runs/${one.id}`}
        liveSeconds={30}
        actions={can("runs.write") ? <Button onClick={() => setAsked(true)}>{t("openOne")}</Button> : undefined}
        above={<WaitingLine />}
        views={[
          { id: "all", label: t("views.all") },
          { id: "going", label: t("views.going"), filters: { state: RUN_STATES.slice(0, 8).join(",") } },
          { id: "interim", label: t("views.interim"), filters: { mode: "interim" } },
          { id: "closed", label: t("views.closed"), filters: { state: "closed" } },
        ]}
        filters={[
          {
            kind: "choice",
            field: "state",
            label: t("state"),
            several: true,
            options: RUN_STATES.map((value) => ({ value, label: t(`states.${value}`) })),
          },
          {
            kind: "choice",
            field: "kind",
            label: t("kind"),
            several: true,
            options: (["regular", "early", "off_cycle"] as const).map((value) => ({
              value,
              label: t(`kinds.${value}`),
            })),
          },
        ]}
        columns={useColumns()}
        empty={{ title: t("empty"), text: t("emptyText") }}
      />
      <NewRunDialog opened={asked} onClose={() => setAsked(false)} />
    </>
  );
}

/** What waits for the reader, on top of everything else. */
function WaitingLine() {
  const { t } = useTranslation("runs");
  const go = useGo();
  const waiting = useRecord<Page<RunWaiting>>("/runs/waiting", {}, { liveSeconds: 60 });
  const rows = waiting.data?.data ?? [];
  const count = rows.reduce((sum, one) => sum + one.items, 0);
  if (count === 0) return null;
  return (
    <div style={{ padding: "12px 20px 0" }}>
      <NextLine
        step={{
          title: t("waitsForYou", { count }),
          text: t("waitsInRuns", { count: rows.length }),
          tone: "warn",
          action: (
            <Button size="xs" onClick={() => go("/runs/waiting")}>
              {t("look")}
            </Button>
          ),
        }}
      />
    </div>
  );
}

function useColumns(): readonly Column<Run>[] {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const name = (one: Run) => periodText(one, format.day);
  const amount = useAmountColumn();
  return [
    { id: "period", label: t("period"), cell: name, text: name, phone: "title", width: 190 },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`states.${one.state}`)} tones={STATE_TONES} />,
      text: (one) => one.state,
      width: 180,
      phone: "line",
    },
    {
      id: "kind",
      label: t("kind"),
      cell: (one) =>
        one.mode === "interim" ? `${t(`kinds.${one.kind}`)} · ${t("modes.interim")}` : t(`kinds.${one.kind}`),
      text: (one) => `${one.kind} ${one.mode}`,
      width: 150,
    },
    {
      id: "due",
      label: t("due"),
      cell: (one) =>
        one.nextDue === null ? null : (
          <span style={one.isLate ? { color: "var(--tb-bad)" } : {}}>
            <DateText at={one.nextDue} />
          </span>
        ),
      text: (one) => one.nextDue,
      width: 160,
      phone: "line",
    },
    {
      id: "partners",
      label: t("partners"),
      cell: (one) => <NumberText value={one.totals.reduce((sum, each) => sum + each.partners, 0)} />,
      text: (one) => one.totals.reduce((sum, each) => sum + each.partners, 0),
      align: "end",
      width: 100,
    },
    {
      id: "exceptions",
      label: t("exceptions"),
      cell: (one) => <NumberText value={one.exceptions} />,
      text: (one) => one.exceptions,
      align: "end",
      width: 110,
    },
    amount("earned", 140),
    amount("toPay", 140),
  ];
}

/** The largest currency's amount; how many others there are stands beside it. */
function useAmountColumn() {
  const { t } = useTranslation("runs");
  const total = (one: Run) => one.totals[0];
  return (id: "toPay" | "earned", width: number): Column<Run> => ({
    id,
    label: t(id),
    cell: (one) => {
      const first = total(one);
      return first === undefined ? null : (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <MoneyText money={{ minor: first[id], currency: first.currency }} />
          {one.totals.length > 1 ? <small>{`+${one.totals.length - 1}`}</small> : null}
        </Group>
      );
    },
    text: (one) => {
      const first = total(one);
      return first === undefined ? "" : plainAmount({ minor: first[id], currency: first.currency });
    },
    align: "end",
    width,
    ...(id === "toPay" ? { phone: "value" as const } : {}),
  });
}
