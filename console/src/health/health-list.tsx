import { HEALTH_KINDS, type HealthAlert, HealthState } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Sparkline } from "../kit/sparkline.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { STATE_TONES } from "./states.ts";
import { useFigures, useWhat } from "./what-text.tsx";

export function HealthList() {
  return <AlertList own={false} />;
}

/** What is unusual about tracking; `own`: a partner looks at its own. */
export function AlertList({ own }: { readonly own: boolean }) {
  const { t } = useTranslation("health");
  const { language } = useFormat();
  const program = useProgramQuery();
  const usual = { title: t("empty"), text: t(own ? "ownEmptyText" : "emptyText") };
  const choices = (field: "kind" | "state", values: readonly string[]) => ({
    kind: "choice" as const,
    field,
    label: t(field),
    several: true,
    options: values.map((value) => ({ value, label: t(`${field}s.${value}`) })),
  });
  return (
    <ListPage<HealthAlert>
      name={own ? "own-health" : "health"}
      title={t(own ? "ownTitle" : "title")}
      resource="/health"
      fixed={{ language, ...(own ? {} : program) }}
      rowId={(one) => one.id}
      open={(one) => `/health/${one.id}`}
      views={[
        { id: "living", label: t("views.living"), filters: { state: "open,acknowledged" }, empty: usual },
        { id: "all", label: t("views.all") },
      ]}
      filters={[choices("state", HealthState.options), choices("kind", HEALTH_KINDS)]}
      columns={useColumns(own)}
      empty={usual}
    />
  );
}

/** Calls of a source are of no offer. */
function WhichOffer({ alert }: { readonly alert: HealthAlert }) {
  const { t } = useTranslation("health");
  if (alert.offerId !== null) return <NameText id={alert.offerId} />;
  return alert.sourceId === null ? t("allOffers") : null;
}

function useColumns(own: boolean): readonly Column<HealthAlert>[] {
  const { t } = useTranslation("health");
  const what = useWhat();
  const figures = useFigures();
  const partner: Column<HealthAlert> = {
    id: "partner",
    label: t("whose"),
    cell: (one) =>
      one.partnerId === null ? (
        <NameText id={one.sourceId ?? ""} />
      ) : (
        <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />
      ),
    text: (one) => one.partnerId ?? one.sourceId,
    width: 190,
    phone: "line",
  };
  return [
    { id: "what", label: t("whatColumn"), cell: (one) => what(one), text: what, phone: "title", width: 210 },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`states.${one.state}`)} tones={STATE_TONES} />,
      text: (one) => one.state,
      width: 130,
      phone: "value",
    },
    ...(own ? [] : [partner]),
    {
      id: "offer",
      label: t("offer"),
      cell: (one) => <WhichOffer alert={one} />,
      text: (one) => one.offerId,
      width: 170,
      phone: "line",
    },
    {
      id: "course",
      label: t("course"),
      cell: (one) => <Sparkline values={one.spark} label={t("course")} />,
      text: (one) => one.spark.join(" "),
      width: 110,
    },
    {
      id: "seen",
      label: t("seen"),
      cell: (one) => figures(one).seen,
      text: (one) => one.seen,
      align: "end",
      width: 100,
    },
    {
      id: "expected",
      label: t("expected"),
      cell: (one) => figures(one).expected,
      text: (one) => one.expected,
      align: "end",
      width: 100,
    },
    {
      id: "since",
      label: t("since"),
      cell: (one) => <AgoText at={one.since} />,
      text: (one) => one.since,
      align: "end",
      width: 165,
      phone: "line",
    },
  ];
}
