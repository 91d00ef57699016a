import { CreditModel, type CreditReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useAddress } from "../kit/address.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { dayIn, rangeOf } from "../kit/day-ranges.ts";
import { DaysMenu } from "../kit/days-menu.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { ExplorationPage } from "../kit/record/exploration-page.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { useRecordNames } from "./use-record-names.ts";

const MODELS = CreditModel.options;
const EVENTS = ["registration", "deposit", "sale", "kyc_passed"] as const;
const BY = ["partner", "offer", "link"] as const;
const PLACES = { partner: "/partners", offer: "/offers", link: "/links" } as const;
const CHARTED = 12;

/** Who had a part in conversions, under several models beside each other. What is paid, the program's rules decide. */
export function CreditPage() {
  const { t } = useTranslation("attribution");
  const { zone } = useFormat();
  const { programs, program } = useSession();
  const [address, change] = useAddress();
  const [first, end] = rangeOf("last30", dayIn(zone, new Date()));
  const period = { from: address.from ?? first, to: address.to ?? end };
  const programId = program?.id ?? address.programId ?? programs[0]?.id ?? "";
  const event = address.event ?? "registration";
  const by = BY.find((one) => one === address.by) ?? "partner";
  const query = { programId, ...period, event, by, models: MODELS.join(",") };
  const report = useRecord<CreditReport>("/reports/attribution", query, { enabled: programId !== "" });
  return (
    <ExplorationPage
      title={t("credits")}
      subtitle={t("creditsText")}
      controls={
        <>
          {program === null ? (
            <ChoiceMenu
              label={t("program")}
              value={programId}
              choices={programs.map((one) => ({ value: one.id, label: one.name }))}
              onChange={(value) => change({ programId: value })}
            />
          ) : null}
          <DaysMenu {...period} onChange={(from, to) => change({ from, to })} />
          <ChoiceMenu
            label={t("conversions")}
            value={event}
            choices={EVENTS.map((value) => ({ value, label: t(`event.${value}`) }))}
            onChange={(value) => change({ event: value })}
          />
          <ChoiceMenu
            label={t("brokenBy")}
            value={by}
            choices={BY.map((value) => ({ value, label: t(value) }))}
            onChange={(value) => change({ by: value })}
          />
        </>
      }
      table={<Loaded query={report}>{(answer) => <CreditAnswer report={answer} />}</Loaded>}
    />
  );
}

function CreditAnswer({ report }: { readonly report: CreditReport }) {
  const { t } = useTranslation("attribution");
  const format = useFormat();
  const names = useRecordNames(report.rows.flatMap((row) => row.id ?? []));
  if (report.rows.length === 0) return <EmptyState title={t("noConversions")} text={t("noConversionsText")} />;
  const largest = [...report.rows].sort((a, b) => credit(b, "position") - credit(a, "position"));
  const charted = largest.slice(0, CHARTED);
  const nameOf = (id: string | null) => (id === null ? t("nobody") : (names.get(id) ?? id));
  const counts = {
    conversions: format.number(report.conversions),
    withJourney: format.number(report.withJourney),
    touches: format.number(report.touches),
  };
  return (
    <>
      <Card title={t("creditCounts", counts)}>
        <Chart
          label={t("credits")}
          categoryLabel={t(report.by)}
          categories={charted.map((row) => nameOf(row.id))}
          format={(value) => format.number(value)}
          height={260}
          series={(["first", "position", "last"] as const).map((model) => ({
            name: t(`creditModel.${model}`),
            kind: "bar" as const,
            values: charted.map((row) => credit(row, model)),
          }))}
        />
      </Card>
      <CreditTable report={report} rows={largest} />
    </>
  );
}

type Row = CreditReport["rows"][number];

function credit(row: Row, model: CreditModel): number {
  return Number(row.credits.find((one) => one.model === model)?.conversions ?? 0);
}

function CreditTable({ report, rows }: { readonly report: CreditReport; readonly rows: readonly Row[] }) {
  const { t } = useTranslation("attribution");
  const format = useFormat();
  const cell = (row: Row, model: CreditModel) => {
    const own = row.credits.find((one) => one.model === model);
    return (
      <>
        <span className="tabular">{format.number(Number(own?.conversions ?? 0), { maximumFractionDigits: 2 })}</span>
        {own?.amounts.map((amount) => (
          <div key={amount.currency}>
            <MoneyText money={amount} />
          </div>
        ))}
      </>
    );
  };
  return (
    <Card title={t("byModel")} flush>
      <PlainTable
        dense
        label={t("byModel")}
        rows={rows}
        rowId={(row) => row.id ?? "nobody"}
        columns={[
          {
            id: "who",
            label: t(report.by),
            cell: (row) =>
              row.id === null ? t("nobody") : <NameText id={row.id} to={`${PLACES[report.by]}/${row.id}`} />,
          },
          ...MODELS.map((model) => ({
            id: model,
            label: t(`creditModel.${model}`),
            align: "end" as const,
            cell: (row: Row) => cell(row, model),
          })),
        ]}
      />
    </Card>
  );
}
