import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SubPartnersReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { dayIn, plusDays } from "../kit/day-ranges.ts";
import { DaysField } from "../kit/days-field.tsx";
import { MoneyText, Nothing, NumberText } from "../kit/money-text.tsx";
import { ExplorationPage } from "../kit/record/exploration-page.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

type Row = SubPartnersReport["rows"][number];

/** What the partners below bring and earn, as far as each program shows it. */
export function SubPartners() {
  const { t } = useTranslation("portal");
  const navigate = useNavigate();
  const { zone } = useFormat();
  const search: Record<string, string> = useSearch({ strict: false });
  const today = dayIn(zone, new Date());
  const question = { from: search.from ?? plusDays(today, -29), to: search.to ?? plusDays(today, 1) };
  const columns = useSubPartnerColumns();
  const report = useRecord<SubPartnersReport>("/reports/sub-partners", question);
  return (
    <ExplorationPage
      title={t("subPartners")}
      subtitle={t("subPartnersText")}
      controls={<DaysField {...question} onChange={(from, to) => void navigate({ to: ".", search: { from, to } })} />}
      table={
        <Loaded query={report}>
          {(answer) => (
            <PlainTable
              label={t("subPartners")}
              rows={answer.rows}
              rowId={(row) => `${row.program.id} ${row.partner?.id ?? ""}`}
              columns={columns}
              empty={t("emptySubPartners")}
            />
          )}
        </Loaded>
      }
    />
  );
}

const COUNTS = ["clicks", "registrations", "ftds"] as const;

function useSubPartnerColumns(): readonly PlainColumn<Row>[] {
  const { t } = useTranslation("portal");
  return [
    { id: "partner", label: t("subPartner"), cell: (row) => row.partner?.name ?? t("allSubPartners") },
    { id: "program", label: t("program"), cell: (row) => row.program.name },
    ...COUNTS.map(
      (name): PlainColumn<Row> => ({
        id: name,
        label: t(name),
        align: "end",
        cell: (row) => <NumberText value={row.figures[name]} />,
      }),
    ),
    {
      id: "earned",
      label: t("earned"),
      align: "end",
      cell: (row) =>
        row.earned.length === 0 ? (
          <Nothing />
        ) : (
          row.earned.map((money) => (
            <div key={money.currency}>
              <MoneyText money={money} />
            </div>
          ))
        ),
    },
  ];
}
