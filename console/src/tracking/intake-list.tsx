import type { IntakeRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { useIntakeColumns } from "./intake-columns.tsx";
import { useIntakeFilters } from "./intake-filters.ts";
import { IntakePreview } from "./intake-preview.tsx";

/** Everything that came in, and what became of it, newest first. */
export function IntakeList() {
  const { t } = useTranslation("tracking");
  return (
    <ListPage<IntakeRow>
      name="intake"
      title={t("intake")}
      resource="/intake"
      fixed={useProgramQuery()}
      rowId={(one) => one.id}
      open={(one) => `/intake/${one.id}`}
      views={[
        { id: "all", label: t("views.everything") },
        { id: "events", label: t("views.events"), filters: { kind: "call" } },
        { id: "clicks", label: t("views.clicks"), filters: { kind: "click" } },
        { id: "trouble", label: t("views.trouble"), filters: { fate: "rejected,unattributed" } },
      ]}
      filters={useIntakeFilters()}
      search={t("searchIntake")}
      columns={useIntakeColumns()}
      preview={(one) => <IntakePreview row={one} />}
      empty={{ title: t("emptyIntake"), text: t("emptyIntakeText") }}
      liveSeconds={5}
    />
  );
}
