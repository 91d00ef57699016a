import type { ScreeningList, ScreeningListChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { useParam } from "../kit/link.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useListColumns } from "./list-list.tsx";
import { TOPIC_TONES } from "./states.ts";

const CHANGE_TONES = { added: "warn", altered: "info", removed: "quiet" } as const;

/** One list: what its newest version changed, and the versions before. */
export function ListRecord() {
  const { t } = useTranslation("compliance");
  const list = useParam("id");
  const versions = useRecord<{ readonly data: readonly ScreeningList[] }>("/screening/lists", { list, limit: 1 });
  return (
    <Loaded query={versions}>
      {({ data: [newest] }) =>
        newest === undefined ? (
          <EmptyState title={t("emptyLists")} text={t("emptyListsText")} />
        ) : (
          <OneList newest={newest} />
        )
      }
    </Loaded>
  );
}

function OneList({ newest }: { readonly newest: ScreeningList }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  return (
    <RecordPage
      title={newest.list}
      parent={{ label: t("lists"), to: "/screening-lists" }}
      badge={<StatusBadge state={newest.topic} label={t(`topics.${newest.topic}`)} tones={TOPIC_TONES} />}
      facts={[
        { label: t("version"), value: format.number(newest.version) },
        { label: t("entries"), value: format.number(newest.entries) },
        { label: t("format"), value: newest.format },
        { label: t("loaded"), value: <DateText at={newest.loadedAt} /> },
        { label: t("loadedBy"), value: newest.loadedBy },
        { label: t("applied"), value: newest.appliedAt === null ? t("notYet") : <DateText at={newest.appliedAt} /> },
      ]}
      tabs={[
        { id: "changes", label: t("changes"), content: () => <Changes newest={newest} /> },
        { id: "versions", label: t("versions"), content: () => <Versions list={newest.list} /> },
      ]}
    />
  );
}

function Changes({ newest }: { readonly newest: ScreeningList }) {
  const { t } = useTranslation("compliance");
  return (
    <ListPanel<ScreeningListChange>
      embedded
      name="screening-changes"
      title={t("changes")}
      resource="/screening/changes"
      fixed={{ list: newest.list, version: String(newest.version) }}
      rowId={(one) => one.entryId}
      columns={[
        { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
        {
          id: "change",
          label: t("change"),
          cell: (one) => <StatusBadge state={one.change} label={t(`${one.change}One`)} tones={CHANGE_TONES} />,
          text: (one) => one.change,
          width: 140,
          phone: "value",
        },
        { id: "entry", label: t("entry"), cell: (one) => one.entryId, text: (one) => one.entryId, width: 180 },
      ]}
      empty={{ title: t("noChanges"), text: "" }}
    />
  );
}

function Versions({ list }: { readonly list: string }) {
  const { t } = useTranslation("compliance");
  const columns = useListColumns().filter(({ id }) => id !== "list" && id !== "topic");
  return (
    <ListPanel<ScreeningList>
      embedded
      name="screening-versions"
      title={t("versions")}
      resource="/screening/lists"
      fixed={{ list }}
      rowId={(one) => String(one.version)}
      columns={columns.map((column) => (column.id === "version" ? { ...column, phone: "title" as const } : column))}
      empty={{ title: t("emptyLists"), text: t("emptyListsText") }}
    />
  );
}
