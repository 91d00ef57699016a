import type { AttributionExplanation, ShadowResultDetail, ShadowSide } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { CLASS_TONES } from "./states.ts";

/** One conversion: both sides beside each other, their row as it came, our decision with everything that it chose from. */
export function ResultRecord() {
  const id = useParam("id");
  const result = useRecord<ShadowResultDetail>(`/shadow-results/${id}`);
  return <Loaded query={result}>{(one) => <ResultPage result={one} />}</Loaded>;
}

function ResultPage({ result }: { readonly result: ShadowResultDetail }) {
  const { t } = useTranslation("shadow");
  const why = useWhy(result);
  return (
    <RecordPage
      title={result.theirs?.orderId ?? result.ours?.orderId ?? result.id}
      parent={{ label: t("tabs.results"), to: `/shadow/${result.shadowId}?tab=results` }}
      badge={<StatusBadge state={result.class} label={t(`class.${result.class}`)} tones={CLASS_TONES} />}
      next={{ title: t(`class.${result.class}`), text: why, tone: CLASS_TONES[result.class] ?? "info" }}
      facts={[
        { label: t("day"), value: <DayText day={result.day} /> },
        { label: t("matchedBy"), value: result.matchedBy === null ? "–" : t(`match.${result.matchedBy}`) },
        {
          label: t("partner"),
          value:
            result.partnerId === null ? "–" : <NameText id={result.partnerId} to={`/partners/${result.partnerId}`} />,
        },
        ...(result.duplicateOf === null
          ? []
          : [
              {
                label: t("duplicateOf"),
                value: <Go to={`/shadow-results/${result.duplicateOf}`}>{result.duplicateOf}</Go>,
              },
            ]),
      ]}
      tabs={[
        { id: "both", label: t("tabs.both"), content: () => <BothSides result={result} /> },
        { id: "theirs", label: t("tabs.theirRow"), content: () => <TheirRow result={result} /> },
        { id: "ours", label: t("tabs.ourDecision"), content: () => <OurDecision customerId={result.customerId} /> },
      ]}
    />
  );
}

/** All that differs, and what explains it, in the person's language; codes of attribution in the server's words. */
function useWhy(result: ShadowResultDetail): string {
  const { t, i18n } = useTranslation("shadow");
  const kinds = result.class === "agrees" ? (["agrees"] as const) : result.differences;
  const notes = result.notes
    .filter((note) => i18n.exists(`note.${note}`, { ns: "shadow" }))
    .map((note) => t(`note.${note}`));
  return [...kinds.map((kind) => t(`classText.${kind}`)), ...notes].join(" ");
}

const ROWS = ["time", "kind", "order", "click", "customer", "partner", "amount", "status"] as const;

function BothSides({ result }: { readonly result: ShadowResultDetail }) {
  const { t } = useTranslation("shadow");
  return (
    <>
      <Card title={t("tabs.both")} flush>
        <PlainTable
          label={t("tabs.both")}
          rows={ROWS}
          rowId={(row) => row}
          columns={[
            { id: "what", label: t("what"), cell: (row) => t(row) },
            { id: "theirs", label: t("theirs"), cell: (row) => <Cell row={row} side={result.theirs} isOurs={false} /> },
            { id: "ours", label: t("ours"), cell: (row) => <Cell row={row} side={result.ours} isOurs /> },
          ]}
        />
      </Card>
      <Card title={t("places")}>
        <Properties
          items={[
            [
              t("file"),
              result.file === null
                ? "–"
                : `${result.file}${result.line === null ? "" : ` · ${t("lineOf", { line: result.line })}`}`,
            ],
            [
              t("receipt"),
              result.receiptId === null ? (
                "–"
              ) : (
                <Go key="receipt" to={`/intake/${result.receiptId}`}>
                  {result.receiptId}
                </Go>
              ),
            ],
            [t("event"), result.eventId === null ? "–" : <CopyText key="event" text={result.eventId} />],
            [
              t("customer"),
              result.customerId === null ? (
                "–"
              ) : (
                <Go key="customer" to={`/customers/${result.customerId}`}>
                  {result.customerId}
                </Go>
              ),
            ],
          ]}
        />
      </Card>
    </>
  );
}

function Cell({
  row,
  side,
  isOurs,
}: {
  readonly row: (typeof ROWS)[number];
  readonly side: ShadowSide | null;
  readonly isOurs: boolean;
}): ReactNode {
  const { t } = useTranslation("shadow");
  if (side === null) return row === "time" ? t("none") : "–";
  if (row === "time") return <DateText at={side.occurredAt} detail="second" />;
  if (row === "amount")
    return side.amount === null || side.currency === null ? (
      "–"
    ) : (
      <MoneyText money={{ minor: side.amount, currency: side.currency }} display="code" />
    );
  if (row === "status") return <StatusBadge state={side.status} label={t(`statusWord.${side.status}`)} plain />;
  if (row === "partner")
    return isOurs && side.partner !== null ? (
      <NameText id={side.partner} />
    ) : side.partner === "" ? (
      t("nobody")
    ) : (
      (side.partner ?? "–")
    );
  if (row === "kind") return side.type ?? "–";
  const id = row === "order" ? side.orderId : row === "click" ? side.clickId : side.customerId;
  return id === null ? "–" : <CopyText text={id} />;
}

function TheirRow({ result }: { readonly result: ShadowResultDetail }) {
  const { t } = useTranslation("shadow");
  if (result.raw.length === 0)
    return <EmptyState title={t("class.missing_there")} text={t("classText.missing_there")} />;
  return (
    <Card title={t("tabs.theirRow")}>
      <Properties
        items={result.raw.map(({ column, value }, at) => [column || String(at + 1), value || "–"] as const)}
      />
    </Card>
  );
}

function OurDecision({ customerId }: { readonly customerId: string | null }) {
  const { t } = useTranslation("shadow");
  if (customerId === null) return <EmptyState title={t("class.missing_here")} text={t("classText.missing_here")} />;
  return <Decisions customerId={customerId} />;
}

function Decisions({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation("shadow");
  const explanation = useRecord<AttributionExplanation>(`/customers/${customerId}/attribution`);
  return (
    <Loaded query={explanation}>
      {(answer) => (
        <>
          {answer.decisions.map((decision) => (
            <Card key={decision.id} title={decision.reasonText} flush>
              <PlainTable
                label={decision.reasonText}
                rows={decision.candidates}
                rowId={(one) => `${one.kind} ${one.ref} ${one.at}`}
                empty={<p style={{ padding: 14, margin: 0 }}>{t("noCandidates")}</p>}
                columns={[
                  { id: "ref", label: t("touch"), cell: (one) => one.ref },
                  { id: "partner", label: t("partner"), cell: (one) => <NameText id={one.partnerId} /> },
                  { id: "at", label: t("time"), cell: (one) => <DateText at={one.at} /> },
                  {
                    id: "won",
                    label: t("outcome"),
                    cell: (one) => (
                      <StatusBadge
                        state={one.won ? "won" : "lost"}
                        label={t(one.won ? "won" : "lost")}
                        tones={{ won: "good", lost: "quiet" }}
                      />
                    ),
                  },
                  { id: "why", label: t("why"), cell: (one) => one.reasonText },
                ]}
              />
            </Card>
          ))}
        </>
      )}
    </Loaded>
  );
}
