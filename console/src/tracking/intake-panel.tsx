import type { IntakeRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useIntakeColumns } from "./intake-columns.tsx";
import { IntakePreview } from "./intake-preview.tsx";

/** The part of the intake log that belongs to a record. */
export function IntakePanel({ fixed }: { readonly fixed: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("tracking");
  return (
    <ListPanel<IntakeRow>
      embedded
      name="intake-of-record"
      title={t("intake")}
      resource="/intake"
      fixed={fixed}
      rowId={(one) => one.id}
      open={(one) => `/intake/${one.id}`}
      columns={useIntakeColumns()}
      preview={(one) => <IntakePreview row={one} />}
      empty={{ title: t("emptyIntake"), text: t("emptyIntakeText") }}
    />
  );
}
