import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { CapMetric, type TrafficCap } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { useCapColumns } from "./cap-columns.tsx";
import { CapForm } from "./cap-form.tsx";

/** Limits on clicks, conversions and amounts, with how much of each is used. */
export function CapList() {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("programs.write") ? (
    <Button onClick={() => go("/caps?new=1")}>{t("caps.create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<TrafficCap>
        name="caps"
        title={t("caps.title")}
        resource="/caps"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        open={(one) => `/caps/${one.id}`}
        views={[
          { id: "all", label: t("caps.current") },
          { id: "archived", label: t("caps.state.archived"), filters: { status: "archived" } },
        ]}
        filters={[
          {
            kind: "choice",
            field: "metric",
            label: t("caps.metric"),
            options: CapMetric.options.map((value) => ({ value, label: t(`caps.metrics.${value}`) })),
          },
          {
            kind: "record",
            field: "offerId",
            label: t("offer"),
            resource: "/offers",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
        ]}
        columns={useCapColumns({ withOffer: true })}
        empty={{ title: t("caps.empty"), text: t("caps.emptyText"), action: create }}
        actions={
          <Group gap={8}>
            <Button variant="default" onClick={() => go("/capped-conversions")}>
              {t("capped.title")}
            </Button>
            {create}
          </Group>
        }
        liveSeconds={30}
      />
      <CapForm opened={search.new === "1"} onClose={() => go("/caps")} offerId={search.offer ?? ""} />
    </>
  );
}
