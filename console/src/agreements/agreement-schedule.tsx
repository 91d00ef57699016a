import type { AgreementDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { Stretches } from "../kit/difference/stretches.tsx";
import { Card } from "../kit/record/card.tsx";

/** Precedence, printed: which version applies when, and which others cover the same days and lose. */
export function AgreementSchedule({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation("agreements");
  if (agreement.schedule.length === 0) return null;
  const current = agreement.inForce?.version;
  return (
    <Card title={t("schedule")}>
      <Stretches
        label={t("schedule")}
        stretches={agreement.schedule.map((one) => {
          const version = agreement.versions.find((other) => other.version === one.version);
          const now = one.version !== null && one.version === current && one.to === agreement.nextFrom;
          const overruled = one.overruled.map((number) => t("versionNumber", { version: number })).join(", ");
          return {
            id: one.from,
            tone: one.version === null ? ("quiet" as const) : now ? ("good" as const) : ("info" as const),
            days: (
              <>
                <DayText day={one.from} /> – {one.to === null ? t("openEnd") : <DayText day={one.to} />}
              </>
            ),
            title: one.version === null ? t("noTermsThen") : t("versionNumber", { version: one.version }),
            text: [
              version === undefined ? "" : `${t("customers")} ${t(`customersWill.${version.customers}`)}`,
              overruled === "" ? "" : t("overrules", { versions: overruled }),
            ]
              .filter(Boolean)
              .join("; "),
          };
        })}
      />
      <p>{t("precedence")}</p>
    </Card>
  );
}
