import { Stack } from "@mantine/core";
import type { AttributionRun } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { MoneyText, NumberText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

/** How far the preview is, then who would move and what the partners concerned would have. */
export function RulesPreview({ run }: { readonly run: AttributionRun }) {
  const { t } = useTranslation("attribution");
  const format = useFormat();
  if (run.state === "failed") return <NoteLine tone="bad">{run.problem ?? t("runState.failed")}</NoteLine>;
  if (run.state !== "done") return <ProgressLine label={t("trying")} done={run.customers} total={run.expected} />;
  const moved = run.moves.reduce((sum, one) => sum + one.customers, 0);
  const summary = { moved: format.number(moved), customers: format.number(run.customers) };
  return (
    <Stack gap={12}>
      <NoteLine tone={run.moves.length === 0 ? "good" : "info"}>
        {run.moves.length === 0 ? t("nobodyMoves", summary) : t("wouldMove", summary)}
      </NoteLine>
      <Moves run={run} />
      <Commissions run={run} />
    </Stack>
  );
}

function Moves({ run }: { readonly run: AttributionRun }) {
  const { t } = useTranslation("attribution");
  if (run.moves.length === 0) return null;
  const name = (id: string | null) => (id === null ? t("nobody") : <NameText id={id} />);
  return (
    <PlainTable
      label={t("moves")}
      rows={run.moves}
      rowId={(move) => `${move.from} ${move.to}`}
      columns={[
        { id: "from", label: t("from"), cell: (move) => name(move.from) },
        { id: "to", label: t("to"), cell: (move) => name(move.to) },
        { id: "customers", label: t("customers"), align: "end", cell: (move) => <NumberText value={move.customers} /> },
        { id: "events", label: t("events"), align: "end", cell: (move) => <NumberText value={move.events} /> },
      ]}
    />
  );
}

function Commissions({ run }: { readonly run: AttributionRun }) {
  const { t } = useTranslation("attribution");
  const rows = run.commissions ?? [];
  if (rows.length === 0) return run.moves.length === 0 ? null : <NoteLine tone="quiet">{t("noMoney")}</NoteLine>;
  const money = (minor: string, currency: string) => <MoneyText money={{ minor, currency }} signed />;
  return (
    <PlainTable
      label={t("commissions")}
      rows={rows}
      rowId={(row) => `${row.partnerId} ${row.currency}`}
      columns={[
        { id: "partner", label: t("partner"), cell: (row) => <NameText id={row.partnerId} /> },
        { id: "booked", label: t("booked"), align: "end", cell: (row) => money(row.bookedMinor, row.currency) },
        { id: "replayed", label: t("wouldBe"), align: "end", cell: (row) => money(row.replayedMinor, row.currency) },
        {
          id: "difference",
          label: t("difference"),
          align: "end",
          cell: (row) => money(row.differenceMinor, row.currency),
        },
      ]}
    />
  );
}
