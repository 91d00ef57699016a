import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Postback } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { PostbackForm } from "./postback-form.tsx";

export function AllPostbacks() {
  return <PostbackList own={false} />;
}

/** Addresses that partners want called; `own`: a partner looks at its own. */
export function PostbackList({ own }: { readonly own: boolean }) {
  const { t } = useTranslation("postbacks");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("postbacks.write") ? (
    <Button onClick={() => go("/postbacks?new=1")}>{t("create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Postback>
        name="postbacks"
        title={t("title")}
        resource="/postbacks"
        rowId={(one) => one.id}
        open={(one) => `/postbacks/${one.id}`}
        columns={usePostbackColumns(own)}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <PostbackForm own={own} opened={search.new === "1"} onClose={() => go("/postbacks")} />
    </>
  );
}

function usePostbackColumns(own: boolean): readonly Column<Postback>[] {
  const { t } = useTranslation("postbacks");
  const partner: Column<Postback> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
    text: (one) => one.partnerId,
    width: 200,
    phone: "line",
  };
  return [
    {
      id: "name",
      label: t("name"),
      cell: (one) => one.name || one.url,
      text: (one) => one.name || one.url,
      phone: "title",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
      text: (one) => one.status,
      width: 110,
      phone: "value",
    },
    ...(own ? [] : [partner]),
    {
      id: "occasions",
      label: t("occasions"),
      cell: (one) => one.occasions.join(", "),
      text: (one) => one.occasions.join(" "),
      width: 240,
      phone: "line",
    },
    {
      id: "waiting",
      label: t("waiting"),
      cell: (one) => one.waiting,
      text: (one) => one.waiting,
      width: 100,
      align: "end",
    },
    { id: "dead", label: t("dead"), cell: (one) => one.dead, text: (one) => one.dead, width: 120, align: "end" },
    {
      id: "last",
      label: t("lastDelivered"),
      cell: (one) => <AgoText at={one.lastDeliveredAt} />,
      text: (one) => one.lastDeliveredAt,
      width: 160,
      align: "end",
    },
  ];
}
