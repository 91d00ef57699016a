import { Button } from "@mantine/core";
import type { EventSource, EventSourceKeys } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { useDialectTitle } from "./source-dialects.ts";
import { SourceForm } from "./source-form.tsx";
import { SourceKeys } from "./source-keys.tsx";
import { SourceState } from "./source-state.tsx";

/** The operator's systems that may send events. */
export function SourceList() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const titleOf = useDialectTitle();
  const [adding, setAdding] = useState(false);
  const [keys, setKeys] = useState<EventSourceKeys | null>(null);
  const create = can("events.write") ? <Button onClick={() => setAdding(true)}>{t("createSource")}</Button> : undefined;
  return (
    <>
      <ListPage<EventSource>
        name="event-sources"
        title={t("sources")}
        resource="/event-sources"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        open={(one) => `/event-sources/${one.id}`}
        above={keys === null ? undefined : <SourceKeys keys={keys} />}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "status",
            label: t("status"),
            cell: (one) => <SourceState source={one} />,
            text: (one) => (one.test ? "test" : one.status),
            width: 120,
            phone: "value",
          },
          {
            id: "dialect",
            label: t("dialect"),
            cell: (one) => titleOf(one.dialect),
            text: (one) => titleOf(one.dialect),
            width: 200,
            phone: "line",
          },
          {
            id: "program",
            label: t("program"),
            cell: (one) => <NameText id={one.programId} to={`/programs/${one.programId}`} />,
            text: (one) => one.programId,
            width: 220,
            phone: "line",
          },
          {
            id: "signed",
            label: t("requireSignature"),
            cell: (one) => t(one.requireSignature ? "yes" : "no"),
            text: (one) => String(one.requireSignature),
            width: 160,
          },
          {
            id: "createdAt",
            label: t("createdAt"),
            cell: (one) => <DateText at={one.createdAt} />,
            text: (one) => one.createdAt,
            width: 170,
            align: "end",
          },
        ]}
        empty={{ title: t("emptySources"), text: t("emptySourcesText"), action: create }}
        actions={create}
      />
      <SourceForm opened={adding} onClose={() => setAdding(false)} onMade={setKeys} />
    </>
  );
}
