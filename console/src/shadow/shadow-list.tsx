import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Shadow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { ShadowForm } from "./shadow-form.tsx";
import { agreementOf } from "./summary.tsx";

/** Comparisons with systems that are used today. */
export function ShadowList() {
  const { t } = useTranslation("shadow");
  const { can } = useSession();
  const go = useGo();
  const format = useFormat();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("events.write") ? <Button onClick={() => go("/shadow?new=1")}>{t("create")}</Button> : undefined;
  return (
    <>
      <ListPage<Shadow>
        name="shadows"
        title={t("title")}
        resource="/shadows"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        open={(one) => `/shadow/${one.id}`}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "incumbent",
            label: t("incumbent"),
            cell: (one) => t(`incumbents.${one.incumbent}`),
            text: (one) => one.incumbent,
            width: 160,
            phone: "line",
          },
          {
            id: "program",
            label: t("program"),
            cell: (one) => <NameText id={one.programId} to={`/programs/${one.programId}`} />,
            text: (one) => one.programId,
            width: 200,
          },
          {
            id: "safe",
            label: t("verdict"),
            cell: (one) => <Verdict shadow={one} />,
            text: (one) => String(one.summary?.safe ?? ""),
            width: 170,
            phone: "value",
          },
          {
            id: "agreement",
            label: t("agreement"),
            cell: (one) => (one.summary === null ? "–" : format.share(agreementOf(one.summary))),
            text: (one) => (one.summary === null ? null : agreementOf(one.summary)),
            align: "end",
            width: 130,
          },
          {
            id: "comparedAt",
            label: t("comparedAt"),
            cell: (one) => <AgoText at={one.summary?.comparedAt} />,
            text: (one) => one.summary?.comparedAt,
            align: "end",
            width: 150,
          },
        ]}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      {search.new === "1" ? <ShadowForm onClose={() => go("/shadow")} /> : null}
    </>
  );
}

/** In one word, whether one dares to switch. */
export function Verdict({ shadow }: { readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  if (shadow.status === "closed") return <StatusBadge state="closed" label={t("closed")} />;
  if (shadow.summary === null) return <StatusBadge state="draft" label={t("notCompared")} />;
  const { safe } = shadow.summary;
  return (
    <StatusBadge
      state={safe ? "safe" : "not_yet"}
      label={t(safe ? "safe" : "notYet")}
      tones={{ safe: "good", not_yet: "warn" }}
    />
  );
}
