import { SegmentedControl } from "@mantine/core";
import type { RunCheck, RunDetail, RunTotal } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Go } from "../kit/link.tsx";
import { NumberText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { Tone } from "../kit/tone.ts";
import { SEVERITY_TONES } from "./states.ts";
import { TopItems } from "./top-items.tsx";
import { Waterfall } from "./waterfall.tsx";

interface OverviewProps {
  readonly run: RunDetail;
  readonly total: RunTotal | undefined;
  readonly onCurrency: (currency: string) => void;
}

/** Why it came to this, what should be seen, who is behind. */
export function OverviewTab({ run, total, onCurrency }: OverviewProps) {
  return (
    <Board
      main={
        <>
          {total === undefined ? null : <CausesCard run={run} total={total} onCurrency={onCurrency} />}
          {run.attempt === 0 ? null : <TopItems run={run} currency={total?.currency} />}
          {run.checks.length === 0 ? null : <ChecksCard checks={run.checks} />}
        </>
      }
      side={
        <>
          <MarksCard run={run} />
          <RegionsCard run={run} />
        </>
      }
    />
  );
}

function CausesCard({ run, total, onCurrency }: OverviewProps & { readonly total: RunTotal }) {
  const { t } = useTranslation("runs");
  const choice =
    run.totals.length < 2 ? undefined : (
      <SegmentedControl
        size="xs"
        value={total.currency}
        onChange={onCurrency}
        data={run.totals.map((one) => one.currency)}
        aria-label={t("currency")}
      />
    );
  return (
    <Card title={t("whyChanged")} flush actions={choice}>
      <Waterfall currency={total.currency} before={total.earnedBefore} after={total.earned} causes={total.causes} />
    </Card>
  );
}

const OUTCOME_TONES: Readonly<Record<RunCheck["outcome"], Tone>> = {
  holds: "good",
  blocks: "bad",
  warns: "warn",
  unchecked: "quiet",
};

function ChecksCard({ checks }: { readonly checks: readonly RunCheck[] }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const detail = ({ detail: said }: RunCheck) => {
    if (/^\d{4}-\d\d-\d\dT/.test(said)) return format.instant(said, "minute");
    return said.replaceAll(/\b\d{4}-\d\d(-\d\d)?\b/g, (day) => format.day(day));
  };
  return (
    <Card title={t("checks")} flush>
      <PlainTable
        label={t("checks")}
        rows={checks}
        rowId={(check) => check.code}
        columns={[
          { id: "what", label: t("checkColumn"), cell: (check) => t(`check.${check.code}`) },
          {
            id: "outcome",
            label: t("outcome"),
            cell: (check) => (
              <StatusBadge plain state={check.outcome} label={t(`outcomes.${check.outcome}`)} tones={OUTCOME_TONES} />
            ),
          },
          {
            id: "count",
            label: t("count"),
            align: "end",
            cell: (check) => (check.count === 0 ? null : <NumberText value={check.count} />),
          },
          { id: "detail", label: t("detail"), cell: detail },
        ]}
      />
    </Card>
  );
}

function MarksCard({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Card title={t("marksTitle")} flush>
      <PlainTable
        label={t("marksTitle")}
        rows={run.marks}
        rowId={(mark) => `${mark.code} ${mark.severity}`}
        empty={<p style={{ padding: "10px 14px", margin: 0, color: "var(--mantine-color-dimmed)" }}>{t("noMarks")}</p>}
        columns={[
          {
            id: "mark",
            label: t("mark"),
            cell: (mark) => (
              <Go quiet to={`/runs/${run.id}?tab=partners&mark=${mark.code}`}>
                <StatusBadge plain state={mark.severity} label={t(`marks.${mark.code}`)} tones={SEVERITY_TONES} />
              </Go>
            ),
          },
          { id: "partners", label: t("partners"), align: "end", cell: (mark) => <NumberText value={mark.partners} /> },
        ]}
      />
    </Card>
  );
}

/** The first two by name; the others can be read where the pointer rests. */
function PeopleText({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation("runs");
  const rest = names.length - 2;
  const shown = names.slice(0, 2).join(", ");
  return <span title={names.join(", ")}>{rest > 0 ? t("andMore", { names: shown, count: rest }) : shown || "–"}</span>;
}

/** Who is waited for: regions with what is missing there. */
function RegionsCard({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation("runs");
  if (run.regions.length === 0) return null;
  return (
    <Card title={t("regions")} flush>
      <PlainTable
        label={t("regions")}
        rows={run.regions}
        rowId={(region) => region.regionId ?? "-"}
        columns={[
          {
            id: "region",
            label: t("region"),
            cell: (region) => (
              <Go quiet to={`/runs/${run.id}?tab=partners&regionId=${region.regionId ?? "-"}`}>
                {region.regionId === null ? t("noRegion") : <NameText id={region.regionId} />}
              </Go>
            ),
          },
          {
            id: "partners",
            label: t("partners"),
            align: "end",
            cell: (region) => <NumberText value={region.partners} />,
          },
          {
            id: "exceptions",
            label: t("exceptions"),
            align: "end",
            cell: (region) => <NumberText value={region.exceptions} />,
          },
          {
            id: "people",
            label: t("mayApprove"),
            cell: (region) => <PeopleText names={region.people} />,
          },
          { id: "waiting", label: t("missing"), align: "end", cell: (region) => <NumberText value={region.waiting} /> },
        ]}
      />
    </Card>
  );
}
