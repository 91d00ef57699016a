import { Button, Group } from "@mantine/core";
import type { Adjustment } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Properties } from "../kit/record/card.tsx";
import { useSession } from "../session/session.tsx";
import { amountOf } from "./minor.ts";

export const DECISIONS_TOUCH = ["adjustments", "adjustment-rules", "statements", "ledger", "audit"] as const;

/** Another person than the proposer decides. */
export function Decide({ adjustment }: { readonly adjustment: Adjustment }) {
  const { t } = useTranslation("money");
  const { can, me } = useSession();
  const decide = useChange({
    send: (verb: "approve" | "decline") => api.post(`/adjustments/${adjustment.id}/${verb}`),
    refresh: DECISIONS_TOUCH,
  });
  if (adjustment.status !== "proposed") return <NameText id={adjustment.decidedBy} />;
  if (!can("ledger.approve") || adjustment.proposedBy === me.id) return <>{t("waitsForOther")}</>;
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <Button size="compact-xs" loading={decide.isPending} onClick={() => decide.mutate("approve")}>
          {t("approve")}
        </Button>
        <Button size="compact-xs" variant="default" loading={decide.isPending} onClick={() => decide.mutate("decline")}>
          {t("decline")}
        </Button>
      </Group>
      {decide.isError ? <ProblemLine error={decide.error} /> : null}
    </>
  );
}

/** Everything that was said about an adjustment, for whoever decides. */
export function AdjustmentPreview({ adjustment }: { readonly adjustment: Adjustment }) {
  const { t } = useTranslation("money");
  const one = adjustment;
  return (
    <>
      <Properties
        items={[
          [t("amount"), <MoneyText key="amount" money={amountOf(one, one.amount)} signed />],
          [t("kind"), t(`adjustmentKind.${one.kind}`)],
          [t("partner"), <NameText key="partner" id={one.partnerId} to={`/partners/${one.partnerId}`} />],
          ...(one.otherPartnerId === null
            ? []
            : [[t("adjust.other"), <NameText key="other" id={one.otherPartnerId} />] as const]),
          [t("program"), one.programId === null ? "–" : <NameText key="program" id={one.programId} />],
          [t("reason"), one.reason],
          [t("adjust.code"), one.reasonCode ?? "–"],
          [
            t("adjust.period"),
            <span key="period">
              <DayText day={one.month} />
              {one.effectiveTo === null ? null : (
                <>
                  {" – "}
                  <DayText day={one.effectiveTo} />
                </>
              )}
            </span>,
          ],
          [
            t("evidence.title"),
            one.evidence.length === 0
              ? "–"
              : one.evidence.map(({ kind, text }) => (
                  <div key={text}>{kind === "link" ? <a href={text}>{text}</a> : text}</div>
                )),
          ],
          ...(one.lineKey === null ? [] : [[t("adjust.line"), one.lineKey] as const]),
          ...(one.releaseOn === null
            ? []
            : [[t("adjust.releaseOn"), <DayText key="on" day={one.releaseOn} />] as const]),
          ...(one.warnings.length === 0
            ? []
            : [[t("adjust.warnings"), one.warnings.map((name) => t(`adjust.warning.${name}`)).join(", ")] as const]),
          [t("proposedBy"), <NameText key="by" id={one.proposedBy} />],
          [t("adjust.proposedAt"), <DateText key="at" at={one.proposedAt} />],
          [t("bookedIn"), one.bookedMonth === null ? "–" : <DayText key="booked" day={one.bookedMonth} />],
        ]}
      />
      <Decide adjustment={one} />
    </>
  );
}
