import { type ScreeningHit, ScreeningHitState, ScreeningTopic } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useHitColumns } from "./hit-columns.tsx";

/** Names of partners and their people that lists have as well: what is to be decided first. */
export function HitList() {
  const { t } = useTranslation("compliance");
  const choices = (field: "state" | "topic", values: readonly string[]) => ({
    kind: "choice" as const,
    field,
    label: t(field),
    several: true,
    options: values.map((value) => ({ value, label: t(`${field}s.${value}`) })),
  });
  const nothing = { title: t("empty"), text: t("emptyText") };
  return (
    <ListPage<ScreeningHit>
      name="screening"
      title={t("title")}
      resource="/screening/hits"
      rowId={(one) => one.id}
      open={(one) => `/screening/${one.id}`}
      views={[
        { id: "queue", label: t("views.queue"), filters: { state: "open,proposed" }, empty: nothing },
        { id: "second", label: t("views.second"), filters: { state: "proposed" }, empty: nothing },
        { id: "matches", label: t("views.matches"), filters: { state: "true_match" } },
        { id: "all", label: t("views.all") },
      ]}
      filters={[choices("state", ScreeningHitState.options), choices("topic", ScreeningTopic.options)]}
      columns={useHitColumns(true)}
      empty={nothing}
    />
  );
}
