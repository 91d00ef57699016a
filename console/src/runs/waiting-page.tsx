import { IconCircleCheck } from "@tabler/icons-react";
import type { RunWaiting } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page as ListOf } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Page } from "../kit/page.tsx";
import { WorkList } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { lastDayOf } from "./states.ts";

/** An approver's desk: the runs in which something waits for this very person, also in somebody's place. */
export function WaitingPage() {
  const { t } = useTranslation("runs");
  const waiting = useRecord<ListOf<RunWaiting>>("/runs/waiting", {}, { liveSeconds: 60 });
  return (
    <Page title={t("waiting")} subtitle={t("waitingText")}>
      <Loaded query={waiting}>{({ data }) => <WaitingList rows={data} />}</Loaded>
    </Page>
  );
}

function WaitingList({ rows }: { readonly rows: readonly RunWaiting[] }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  if (rows.length === 0)
    return <EmptyState icon={IconCircleCheck} title={t("nothingWaits")} text={t("nothingWaitsText")} />;
  return (
    <Card title={t("waitingRuns")} flush>
      <WorkList
        label={t("waiting")}
        items={rows.map((one) => ({
          id: one.runId,
          what: `${format.day(one.from)} – ${format.day(lastDayOf(one.to))} · ${t(`levels.${one.level ?? "regional"}`)} · ${t("partnersCount", { count: one.items })}`,
          note: (
            <>
              {t("cleanCount", { count: one.clean })}
              {one.due === null ? null : (
                <>
                  {` · ${t("due")} `}
                  <DateText at={one.due} />
                </>
              )}
              {one.actingFor.map((id) => (
                <span key={id}>
                  {` · ${t("inPlaceOf")} `}
                  <NameText id={id} />
                </span>
              ))}
            </>
          ),
          tone: one.due !== null && Date.parse(one.due) < Date.now() ? "bad" : "warn",
          to: `/runs/${one.runId}?tab=partners&view=mine`,
        }))}
      />
    </Card>
  );
}
