import { Button } from "@mantine/core";
import type { Line } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { amountOf } from "./minor.ts";

interface LineColumns {
  readonly withPartner: boolean;
  readonly onWhy: (lineId: string) => void;
}

/** How commission lines are shown wherever they are listed; the amount opens to its working. */
export function useLineColumns({ withPartner, onWhy }: LineColumns): readonly Column<Line>[] {
  const { t } = useTranslation("money");
  const partner: Column<Line> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
    text: (one) => one.partnerId,
    width: 180,
    phone: "line",
  };
  return [
    {
      id: "component",
      label: t("component"),
      cell: (one) => <ComponentName line={one} />,
      text: (one) => one.component,
      phone: "title",
    },
    ...(withPartner ? [partner] : []),
    {
      id: "subject",
      label: t("subject"),
      cell: (one) => <Subject line={one} />,
      text: (one) => one.subjectId,
      width: 165,
      phone: "line",
    },
    ...useDayColumns(withPartner),
    {
      id: "version",
      label: t("version"),
      cell: (one) => one.version,
      text: (one) => one.version,
      width: 72,
      align: "end",
    },
    {
      id: "difference",
      label: t("difference"),
      cell: (one) => <MoneyText money={amountOf(one, one.difference)} signed />,
      text: (one) => plainAmount(amountOf(one, one.difference)),
      width: 130,
      align: "end",
      hidden: true,
    },
    {
      id: "amount",
      label: t("amount"),
      cell: (one) => (
        <>
          <Button variant="subtle" size="compact-sm" px={0} onClick={() => onWhy(one.id)} title={t("why")}>
            <MoneyText money={amountOf(one, one.amount)} signed />
          </Button>
          {one.bookedMonth > one.month && one.difference !== one.amount ? <Corrected line={one} /> : null}
        </>
      ),
      text: (one) => plainAmount(amountOf(one, one.amount)),
      width: 150,
      align: "end",
      phone: "value",
    },
  ];
}

/** @param withBooking in a statement everything is booked in its month */
function useDayColumns(withBooking: boolean): readonly Column<Line>[] {
  const { t } = useTranslation("money");
  return [
    {
      id: "earnedOn",
      label: t("earnedOn"),
      cell: (one) => <DayText day={one.earnedOn} />,
      text: (one) => one.earnedOn,
      width: 115,
    },
    {
      id: "bookedMonth",
      label: t("bookedIn"),
      cell: (one) => <DayText day={one.bookedMonth} />,
      text: (one) => one.bookedMonth,
      width: 130,
      hidden: !withBooking,
    },
    {
      id: "heldUntil",
      label: t("heldUntil"),
      cell: (one) =>
        one.heldBy === null ? (
          <DayText day={one.heldUntil} />
        ) : one.held === "0" ? (
          t("releasedByHand")
        ) : (
          t(`heldBy.${one.heldBy}`)
        ),
      text: (one) => one.heldUntil ?? one.heldBy,
      width: 135,
    },
  ];
}

/** The model in words; the component's own code beside it where a plan may have several. */
function ComponentName({ line }: { readonly line: Line }) {
  const { t } = useTranslation("money");
  const own = line.component.replaceAll("_", " ");
  const name = t(`model.${line.model}`);
  const said = [name.toLowerCase().replaceAll("-", " "), line.model.replaceAll("_", " ")];
  return said.some((words) => words.includes(own)) ? name : `${name} (${own})`;
}

/** What a line of an earlier month moves in this one. */
function Corrected({ line }: { readonly line: Line }) {
  const { t } = useTranslation("money");
  return (
    <small title={t("difference")} style={{ marginInlineStart: 6 }}>
      (<MoneyText money={amountOf(line, line.difference)} signed />)
    </small>
  );
}

function Subject({ line }: { readonly line: Line }) {
  const { t } = useTranslation("money");
  if (line.subjectKind === "customer") return <NameText id={line.subjectId} to={`/customers/${line.subjectId}`} />;
  if (line.subjectKind === "partner") return <span>{line.subjectName ?? t("aSubPartner")}</span>;
  return <DayText day={line.subjectId} />;
}
