import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Postback } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useSession } from "../session/session.tsx";
import { Occasions } from "./occasions.tsx";
import { PostbackForm } from "./postback-form.tsx";
import { useReceiverColumns } from "./receiver-columns.tsx";

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
  const { identity, health } = useReceiverColumns();
  const partner: Column<Postback> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
    text: (one) => one.partnerId,
    width: 200,
    phone: "line",
  };
  return [
    ...identity,
    ...(own ? [] : [partner]),
    {
      id: "occasions",
      label: t("occasions"),
      cell: (one) => <Occasions occasions={one.occasions} />,
      text: (one) => one.occasions.join(" "),
      width: 240,
      phone: "line",
    },
    ...health,
  ];
}
