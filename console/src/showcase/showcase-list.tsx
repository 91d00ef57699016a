import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText, NumberText } from "../kit/money-text.tsx";
import { say } from "../kit/notices.ts";
import { Properties } from "../kit/record/card.tsx";
import { Sparkline } from "../kit/sparkline.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { loadSample, type SampleRow } from "./sample.ts";

function useSampleColumns(): readonly Column<SampleRow>[] {
  const { t } = useTranslation("showcase");
  return [
    { id: "name", label: t("name"), cell: (row) => row.name, text: (row) => row.name, sort: "name", phone: "title" },
    {
      id: "status",
      label: t("status"),
      cell: (row) => <StatusBadge state={row.status} label={t(`state.${row.status}`)} />,
      text: (row) => row.status,
      width: 130,
      phone: "line",
    },
    { id: "owner", label: t("owner"), cell: (row) => row.owner, text: (row) => row.owner, width: 140, phone: "line" },
    { id: "country", label: t("country"), cell: (row) => row.country, text: (row) => row.country, width: 90 },
    {
      id: "course",
      label: t("course"),
      cell: (row) => <Sparkline values={row.course} label={t("course")} />,
      width: 120,
    },
    {
      id: "ftds",
      label: t("ftds"),
      cell: (row) => <NumberText value={row.ftds} />,
      text: (row) => row.ftds,
      sort: "ftds",
      width: 90,
      align: "end",
    },
    {
      id: "balance",
      label: t("balance"),
      cell: (row) => <MoneyText money={row.balance} signed />,
      text: (row) => row.balance.minor,
      width: 130,
      align: "end",
      phone: "value",
    },
    {
      id: "lastClickAt",
      label: t("lastClick"),
      cell: (row) => <DateText at={row.lastClickAt} />,
      text: (row) => row.lastClickAt,
      width: 170,
      align: "end",
    },
    { id: "id", label: t("id"), cell: (row) => row.id, text: (row) => row.id, hidden: true },
  ];
}

export function ShowcaseList() {
  const { t } = useTranslation("showcase");
  const columns = useSampleColumns();
  return (
    <ListPage
      name="showcase"
      title={t("list")}
      resource="/showcase"
      load={loadSample}
      rowId={(row) => row.id}
      open={() => "/showcase/record"}
      columns={columns}
      views={[
        { id: "all", label: t("views.all") },
        { id: "active", label: t("views.active"), filters: { status: "active" } },
        { id: "top", label: t("views.top"), sort: "-ftds" },
        { id: "none", label: t("views.none"), filters: { status: "nothing" } },
      ]}
      filters={[
        {
          kind: "choice",
          field: "status",
          label: t("status"),
          several: true,
          options: ["active", "paused", "onboarding", "suspended"].map((value) => ({
            value,
            label: t(`state.${value}`),
          })),
        },
        { kind: "days", field: "created", label: t("lastClick") },
        { kind: "text", field: "owner", label: t("owner") },
      ]}
      search={t("search")}
      sort="name"
      preview={(row) => (
        <Properties
          items={[
            [t("name"), row.name],
            [t("owner"), row.owner],
            [t("balance"), <MoneyText key="b" money={row.balance} />],
          ]}
        />
      )}
      bulk={[
        {
          id: "hello",
          label: t("bulk"),
          run: (rows, done) => {
            say(String(rows.length));
            done();
          },
        },
      ]}
      empty={{ title: t("empty"), text: t("emptyText") }}
      actions={<Button leftSection={<IconPlus size={14} />}>{t("create")}</Button>}
    />
  );
}
