import type { FunnelReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { StepStrip } from "../kit/record/step-strip.tsx";
import { DeltaText } from "../kit/sparkline.tsx";

/** Each step with the share of the step before it; a KYC is no condition of a deposit, so FTDs are measured against registrations. */
const STEPS = [
  ["clicks", null, null],
  ["registrations", "clickToRegistration", "clicks"],
  ["kyc", "registrationToKyc", "registrations"],
  ["ftds", "registrationToFtd", "registrations"],
  ["secondDeposits", "ftdToSecondDeposit", "ftds"],
] as const;

/** The whole funnel of the question, above its groups. */
export function FunnelSteps({ report }: { readonly report: FunnelReport }) {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  const { figures, previous } = report.totals;
  return (
    <StepStrip
      label={t("funnel")}
      steps={STEPS.map(([name, ratio, of]) => {
        const share = ratio === null ? null : figures[ratio];
        return {
          id: name,
          label: t(`metric.${name}`),
          value: format.number(figures[name]),
          compare: previous === null ? undefined : <DeltaText now={figures[name]} before={previous[name]} />,
          note:
            of === null
              ? t("uncountedBeside", { number: format.number(figures.uncounted) })
              : share === null
                ? undefined
                : t(`shareOf.${of}`, { share: format.share(share) }),
          share,
        };
      })}
    />
  );
}
