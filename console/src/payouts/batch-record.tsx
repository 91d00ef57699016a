import type { PayoutBatch } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { ProcessPage, type Stage } from "../kit/record/process-page.tsx";
import { Loaded, type NextStep } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { BatchActions } from "./batch-actions.tsx";
import { BatchOverview } from "./batch-overview.tsx";
import { PayoutPanel } from "./payout-list.tsx";
import { BATCH_TONES } from "./states.ts";
import { TotalsText } from "./totals-text.tsx";

/** A batch from its preparation to the last payout that arrived. */
export function BatchRecord() {
  const batch = useRecord<PayoutBatch>(`/payout-batches/${useParam("id")}`, {}, { liveSeconds: 15 });
  return <Loaded query={batch}>{(one) => <BatchPage batch={one} />}</Loaded>;
}

function BatchPage({ batch }: { readonly batch: PayoutBatch }) {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  const timeline = useHistory("payout_batch", batch.id);
  const payouts = batch.totals.reduce((sum, one) => sum + one.payouts, 0);
  const apart = (batch.counts.held ?? 0) + (batch.counts.excluded ?? 0);
  const views = apart === 0 ? [] : [{ id: "apart", label: t("apart"), filters: { state: "held,excluded" } }];
  return (
    <ProcessPage
      title={batch.name}
      parent={{ label: t("batches"), to: "/payout-batches" }}
      badge={<StatusBadge state={batch.state} label={t(`batchState.${batch.state}`)} tones={BATCH_TONES} />}
      actions={<BatchActions batch={batch} />}
      next={useNext(batch)}
      facts={[
        { label: t("total"), value: <TotalsText totals={batch.totals} /> },
        { label: t("title"), value: payouts },
        { label: t("apart"), value: apart },
        { label: t("executionDate"), value: format.day(batch.executionDate) },
        { label: t("preparedBy"), value: <NameText id={batch.preparedBy} /> },
        { label: t("releasedBy"), value: <NameText id={batch.releasedBy} /> },
      ]}
      stages={useStages(batch)}
      stagesLabel={t("stagesLabel")}
      tabs={[
        { id: "overview", label: t("tabs.overview"), content: () => <BatchOverview batch={batch} /> },
        {
          id: "payouts",
          label: t("title"),
          count: payouts + apart,
          content: () => <PayoutPanel fixed={{ batchId: batch.id }} views={views} batch={batch} />,
        },
      ]}
      timeline={timeline}
    />
  );
}

function useStages(batch: PayoutBatch): Stage[] {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  const ended = ["settled", "rejected", "returned"].reduce((sum, state) => sum + (batch.counts[state] ?? 0), 0);
  const all = batch.totals.reduce((sum, one) => sum + one.payouts, 0);
  const sent = batch.dispatches.filter((one) => one.state === "sent").length;
  const failed = batch.dispatches.some((one) => one.state === "failed");
  const released = batch.releasedAt !== null;
  const isSent = released && sent === batch.dispatches.length;
  const isOver = batch.state === "cancelled";
  const stage = (id: string, done: boolean, now: boolean, note: string): Stage => ({
    id,
    label: t(`stages.${id}`),
    state: done ? "done" : now && !isOver ? "now" : "later",
    ...(note === "" ? {} : { note }),
  });
  const at = (instant: string | null) => (instant === null ? "" : format.instant(instant, "minute"));
  const sending = stage(
    "sent",
    isSent,
    released,
    released ? t("ofCount", { count: sent, all: batch.dispatches.length }) : "",
  );
  return [
    stage("prepared", true, false, at(batch.preparedAt)),
    stage("released", released, !released, at(batch.releasedAt)),
    failed ? { ...sending, state: "blocked" } : sending,
    stage("settled", batch.state === "finished", isSent, released ? t("ofCount", { count: ended, all }) : ""),
  ];
}

function useNext(batch: PayoutBatch): NextStep | undefined {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  const failed = batch.dispatches.find((one) => one.state === "failed");
  if (failed !== undefined) {
    const { code, detail } = failed.problem ?? { code: "other" as const, detail: "" };
    const text = [t(`dispatchProblem.${code}`), detail].filter(Boolean).join(" ");
    return { title: t("next.failed"), text, tone: "bad" };
  }
  const [late] = batch.lateFor;
  if (late !== undefined) {
    const text = t("next.lateText", { account: late.sourceName, day: format.day(late.earliest) });
    return { title: t("next.late"), text, tone: "bad" };
  }
  if (batch.state === "cancelled") return { title: t("next.cancelled"), text: batch.cancelReason ?? "", tone: "warn" };
  if (batch.state === "prepared")
    return { title: t("next.prepared"), text: t(batch.mayRelease ? "next.mine" : "next.others"), tone: "info" };
  const waiting = batch.dispatches.filter((one) => one.state === "written").length;
  if (waiting > 0) return { title: t("next.files", { count: waiting }), text: t("next.filesText"), tone: "warn" };
  const back = (batch.counts.rejected ?? 0) + (batch.counts.returned ?? 0);
  if (back > 0) return { title: t("next.back", { count: back }), text: t("next.backText"), tone: "warn" };
  return undefined;
}
