import { Button } from "@mantine/core";
import type { Line, LineExplanation } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText, DayText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { amountOf } from "./minor.ts";

interface HistoryProps {
  readonly answer: LineExplanation;
  /** Shows another version in the same place. */
  readonly onOpen: (lineId: string) => void;
}

/** All versions of a line with what each moved; one version alone says nothing that is not said above. */
export function LineVersions({ answer, onOpen }: HistoryProps) {
  const { t } = useTranslation("money");
  if (answer.versions.length < 2) return null;
  return (
    <Card title={t("behind.versions")} flush>
      <PlainTable<Line>
        label={t("behind.versions")}
        rows={answer.versions}
        rowId={(one) => one.id}
        columns={[
          {
            id: "version",
            label: t("version"),
            cell: (one) =>
              one.id === answer.line.id ? (
                <strong>{t("behind.thisVersion", { version: one.version })}</strong>
              ) : (
                <Button variant="subtle" size="compact-xs" px={0} onClick={() => onOpen(one.id)}>
                  {t("behind.openVersion", { version: one.version })}
                </Button>
              ),
          },
          { id: "at", label: t("behind.calculatedAt"), cell: (one) => <DateText at={one.calculatedAt} /> },
          { id: "booked", label: t("bookedIn"), cell: (one) => <DayText day={one.bookedMonth} /> },
          {
            id: "difference",
            label: t("difference"),
            align: "end",
            cell: (one) => <MoneyText money={amountOf(one, one.difference)} signed />,
          },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (one) => <MoneyText money={amountOf(one, one.amount)} signed />,
          },
        ]}
      />
    </Card>
  );
}

/** What a line of a later month corrects: learned after its own month was closed, booked in the open one. */
export function LateTruth({ answer, onOpen }: HistoryProps) {
  const { t } = useTranslation("money");
  const { line, original } = answer;
  if (original === null) {
    if (line.bookedMonth <= line.month) return null;
    return (
      <Card title={t("behind.late")}>
        <p>{t("behind.lateFirst")}</p>
      </Card>
    );
  }
  const rates = original.conversions.map((one) => `${one.from} → ${one.to} ${one.rate} (${one.published})`);
  return (
    <Card
      title={t("behind.late")}
      actions={
        <Button size="xs" variant="default" onClick={() => onOpen(original.lineId)}>
          {t("behind.openOriginal")}
        </Button>
      }
    >
      <p>{t("behind.lateText")}</p>
      <Properties
        items={[
          [t("behind.originalBooked"), <DayText key="booked" day={original.bookedMonth} />],
          [t("behind.originalAmount"), <MoneyText key="amount" money={amountOf(line, original.amount)} signed />],
          [t("behind.originalRate"), [original.rate, original.tier].filter((one) => one !== null).join(" · ") || "–"],
          [t("behind.originalCurrency"), [...new Set(rates)].join("; ") || "–"],
          [t("difference"), <MoneyText key="difference" money={amountOf(line, line.difference)} signed />],
        ]}
      />
    </Card>
  );
}
