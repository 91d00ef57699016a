import type { ScreeningList } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { TOPIC_TONES } from "./states.ts";

/** What names are screened against, each list in its newest version. */
export function ListList() {
  const { t } = useTranslation("compliance");
  return (
    <ListPage<ScreeningList>
      name="screening-lists"
      title={t("lists")}
      resource="/screening/lists"
      rowId={(one) => one.list}
      open={(one) => `/screening-lists/${one.list}`}
      columns={useListColumns()}
      empty={{ title: t("emptyLists"), text: t("emptyListsText") }}
    />
  );
}

export function useListColumns(): readonly Column<ScreeningList>[] {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const count = (id: "entries" | "added" | "removed" | "altered"): Column<ScreeningList> => ({
    id,
    label: t(id),
    cell: (one) => format.number(one[id]),
    text: (one) => one[id],
    align: "end",
    width: 100,
  });
  return [
    { id: "list", label: t("list"), cell: (one) => one.list, text: (one) => one.list, phone: "title", width: 200 },
    {
      id: "topic",
      label: t("topic"),
      cell: (one) => <StatusBadge plain state={one.topic} label={t(`topics.${one.topic}`)} tones={TOPIC_TONES} />,
      text: (one) => one.topic,
      width: 130,
      phone: "value",
    },
    {
      id: "version",
      label: t("version"),
      cell: (one) => format.number(one.version),
      text: (one) => one.version,
      align: "end",
      width: 90,
    },
    count("entries"),
    count("added"),
    count("removed"),
    count("altered"),
    { id: "file", label: t("file"), cell: (one) => one.file, text: (one) => one.file, width: 200, phone: "line" },
    {
      id: "loaded",
      label: t("loaded"),
      cell: (one) => <AgoText at={one.loadedAt} />,
      text: (one) => one.loadedAt,
      align: "end",
      width: 130,
      phone: "line",
    },
  ];
}
