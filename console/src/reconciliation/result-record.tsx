import { Button, Group } from "@mantine/core";
import {
  ComparisonCorrection,
  type ComparisonResult,
  type ComparisonResultDetail,
  type ComparisonRow,
  type OpenItem,
  type User,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { CLASS_TONES } from "./states.ts";
import { useSentences } from "./why-different.ts";

const REFRESH = ["reconciliation", "adjustments", "audit"];

/** One conversion as each side tells it, why they differ, and what can be done about it. */
export function ResultRecord() {
  const id = useParam("id");
  const detail = useRecord<ComparisonResultDetail>(`/reconciliation/comparison-results/${id}`);
  return <Loaded query={detail}>{(one) => <ResultPage detail={one} />}</Loaded>;
}

function ResultPage({ detail }: { readonly detail: ComparisonResultDetail }) {
  const { t } = useTranslation("reconciliation");
  const { result } = detail;
  return (
    <RecordPage
      title={result.reference}
      parent={{ label: t("comparisons"), to: "/reconciliation/comparisons" }}
      badge={<StatusBadge state={result.class} label={t(`class.${result.class}`)} tones={CLASS_TONES} />}
      actions={<ResultActions detail={detail} />}
      facts={[
        { label: t("day"), value: <DayText day={result.day} /> },
        {
          label: t("partner"),
          value:
            result.partnerId === null ? (
              t("nobody")
            ) : (
              <NameText id={result.partnerId} to={`/partners/${result.partnerId}`} />
            ),
        },
        {
          label: t("officeDifference"),
          value: (
            <MoneyText
              money={
                result.officeDifference === null ? null : { minor: result.officeDifference, currency: result.currency }
              }
              signed
            />
          ),
        },
        {
          label: t("claimDifference"),
          value: (
            <MoneyText
              money={
                result.claimDifference === null ? null : { minor: result.claimDifference, currency: result.currency }
              }
              signed
            />
          ),
        },
      ]}
      tabs={[{ id: "sides", label: t("tabs.sides"), content: () => <Sides detail={detail} /> }]}
    />
  );
}

const FIELDS = [
  "at",
  "type",
  "orderId",
  "clickId",
  "customerRef",
  "partner",
  "amount",
  "commission",
  "status",
  "line",
] as const;

function Sides({ detail }: { readonly detail: ComparisonResultDetail }) {
  const { t } = useTranslation("reconciliation");
  const sides = ["tracked", "office", "claim"] as const;
  const rowOf = (side: (typeof sides)[number]) => detail.rows.find((row) => row.side === side);
  const sentences = useSentences(detail);
  return (
    <>
      <div style={{ display: "grid", gap: 8, marginBottom: 12 }}>
        {sentences.map((sentence, at) => (
          <NoteLine key={sentence} tone={at === 0 && detail.result.class !== "agrees" ? "warn" : "info"}>
            {sentence}
          </NoteLine>
        ))}
      </div>
      <Card title={t("tabs.sides")} flush>
        <PlainTable
          label={t("tabs.sides")}
          rows={FIELDS}
          rowId={(field) => field}
          columns={[
            { id: "field", label: t("field"), cell: (field) => t(`rowField.${field}`) },
            ...sides.map((side) => ({
              id: side,
              label: t(`side.${side}`),
              cell: (field: (typeof FIELDS)[number]) => (
                <Told row={rowOf(side)} field={field} currency={detail.result.currency} />
              ),
            })),
          ]}
        />
      </Card>
    </>
  );
}

function Told({
  row,
  field,
  currency,
}: {
  readonly row: ComparisonRow | undefined;
  readonly field: (typeof FIELDS)[number];
  readonly currency: string;
}) {
  const { t } = useTranslation("reconciliation");
  if (row === undefined) return <>–</>;
  switch (field) {
    case "at":
      return <DateText at={row.at} />;
    case "partner":
      if (row.partnerId !== null) return <NameText id={row.partnerId} />;
      // A file without partners says nothing about whose it is; only what was tracked may be nobody's.
      return <>{row.partnerRef || (row.side === "tracked" ? t("nobody") : "–")}</>;
    case "amount":
      return <MoneyText money={row.amount} display="code" />;
    case "commission":
      return <MoneyText money={row.commission === null ? null : { minor: row.commission, currency }} display="code" />;
    case "status":
      return <>{row.why ?? t(`rowStatus.${row.status}`)}</>;
    default:
      return <>{row[field] ?? "–"}</>;
  }
}

function ResultActions({ detail }: { readonly detail: ComparisonResultDetail }) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const [open, setOpen] = useState<"adjust" | "ask" | null>(null);
  const { result } = detail;
  if (!can("reconciliation.write") || result.class === "agrees") return null;
  return (
    <Group gap="xs">
      {result.itemId === null ? (
        <Button variant="default" onClick={() => setOpen("ask")}>
          {t("ask")}
        </Button>
      ) : null}
      {result.adjustmentId === null && can("ledger.write") ? (
        <Button onClick={() => setOpen("adjust")}>{t("adjust")}</Button>
      ) : null}
      {open === "adjust" ? <AdjustDialog detail={detail} onClose={() => setOpen(null)} /> : null}
      {open === "ask" ? <AskDialog result={result} onClose={() => setOpen(null)} /> : null}
    </Group>
  );
}

const Draft = ComparisonCorrection.omit({ amount: true }).extend({
  money: z.object({ minor: z.string(), currency: z.string() }),
});

function AdjustDialog({ detail, onClose }: { readonly detail: ComparisonResultDetail; readonly onClose: () => void }) {
  const { t } = useTranslation("reconciliation");
  const { result, proposal } = detail;
  const [because = ""] = useSentences(detail);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("adjust")}
      submit={t("propose")}
      schema={Draft}
      initial={{
        money: { minor: proposal?.amount ?? "0", currency: result.currency },
        partnerId: proposal?.partnerId ?? result.partnerId ?? "",
        month: proposal?.month ?? result.day.slice(0, 7),
        reason: because,
      }}
      fields={[
        {
          kind: "note",
          name: "note",
          label: "",
          content:
            proposal === null ? t("adjustText") : t("adjustBecause", { because: t(`proposed.${proposal.because}`) }),
        },
        {
          kind: "money",
          name: "money",
          label: t("amount"),
          hint: t("adjustHint"),
          currency: result.currency,
          half: true,
        },
        { kind: "month", name: "month", label: t("month"), half: true },
        { kind: "textarea", name: "reason", label: t("why"), rows: 3 },
      ]}
      send={({ money, ...rest }) =>
        api.post<ComparisonResult>(`/reconciliation/comparison-results/${result.id}/adjustment`, {
          ...rest,
          amount: money.minor,
        })
      }
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}

const Asked = z.object({ title: z.string().min(3), owner: z.string().min(1), dueOn: z.string().min(1) });

function AskDialog({ result, onClose }: { readonly result: ComparisonResult; readonly onClose: () => void }) {
  const { t } = useTranslation("reconciliation");
  const { me } = useSession();
  return (
    <FormDialog<z.infer<typeof Asked>, OpenItem>
      opened
      onClose={onClose}
      title={t("ask")}
      submit={t("ask")}
      schema={Asked}
      initial={{ title: "", owner: me.id, dueOn: "" }}
      fields={[
        { kind: "text", name: "title", label: t("question"), required: true },
        {
          kind: "record",
          name: "owner",
          label: t("owner"),
          resource: "/users",
          half: true,
          toOption: (user: User) => ({ value: user.id, label: user.name }),
        },
        { kind: "day", name: "dueOn", label: t("dueOn"), required: true, half: true },
      ]}
      send={(values) => api.post<OpenItem>("/reconciliation/open-items", { ...values, resultId: result.id })}
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}
