import { Button, TextInput } from "@mantine/core";
import type { BankCandidate, BankEntryDetail, BankMatch } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { AgoText, DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { SideBySide } from "../kit/record/side-by-side.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { EntryActions } from "./entry-actions.tsx";
import { MatchedPayouts, Reasons } from "./match-parts.tsx";
import { ENTRY_TONES } from "./states.ts";

const REFRESH = ["reconciliation", "ledger", "accounting", "audit"];

/** One movement at the bank: what it is about and why, and what else it could be. */
export function EntryRecord() {
  const id = useParam("id");
  const [q, setQ] = useState("");
  const detail = useRecord<BankEntryDetail>(`/reconciliation/bank-entries/${id}`, q === "" ? {} : { q });
  return <Loaded query={detail}>{(one) => <EntryPage detail={one} q={q} setQ={setQ} />}</Loaded>;
}

interface EntryPageProps {
  readonly detail: BankEntryDetail;
  readonly q: string;
  readonly setQ: (q: string) => void;
}

function EntryPage({ detail, q, setQ }: EntryPageProps) {
  const { t } = useTranslation("reconciliation");
  const { entry, match, history } = detail;
  return (
    <RecordPage
      title={entry.name ?? (entry.text.slice(0, 50) || entry.id)}
      parent={{ label: t("bank"), to: "/reconciliation" }}
      badge={<StatusBadge state={entry.state} label={t(`entryState.${entry.state}`)} tones={ENTRY_TONES} />}
      actions={<EntryActions entry={entry} match={match} />}
      facts={[
        { label: t("amount"), value: <MoneyText money={entry.amount} signed /> },
        { label: t("bookedOn"), value: <DayText day={entry.bookedOn} /> },
        { label: t("age"), value: t("days", { count: entry.ageDays }) },
        ...(entry.score === null ? [] : [{ label: t("score"), value: entry.score }]),
        ...(entry.owner === null ? [] : [{ label: t("owner"), value: <NameText id={entry.owner} /> }]),
      ]}
      tabs={[
        { id: "match", label: t("tabs.match"), content: () => <MatchTab detail={detail} q={q} setQ={setQ} /> },
        {
          id: "members",
          label: t("tabs.members"),
          count: detail.members.length,
          content: () => <Members detail={detail} />,
        },
        {
          id: "history",
          label: t("tabs.history"),
          count: history.length,
          content: () => <History history={history} />,
        },
      ]}
    />
  );
}

function MatchTab({ detail, q, setQ }: EntryPageProps) {
  const { t } = useTranslation("reconciliation");
  const { entry, match } = detail;
  const facts = (
    <Card title={t("bankSays")}>
      <Properties
        items={[
          [t("text"), entry.text || "–"],
          [t("account"), entry.account ?? "–"],
          [t("reference"), entry.endToEndId ?? "–"],
          [t("bankReference"), entry.bankReference ?? "–"],
          [t("valueOn"), <DayText key="v" day={entry.valueOn} />],
          ...(entry.original === null
            ? []
            : [[t("original"), <MoneyText key="o" money={entry.original} display="code" />] as const]),
          ...(entry.returned === null ? [] : [[t("returned"), entry.returned] as const]),
          ...(entry.note === "" ? [] : [[t("note"), entry.note] as const]),
          ...(entry.ignoredWhy === null ? [] : [[t("ignoredWhy"), entry.ignoredWhy] as const]),
        ]}
      />
    </Card>
  );
  return (
    <SideBySide side={facts}>
      {match === null ? null : (
        <>
          <Card title={t(match.state === "suggested" ? "suggestion" : "matchedWith")} flush>
            <MatchedPayouts match={match} />
            {match.fee === null ? null : <Properties items={[[t("fee"), <MoneyText key="f" money={match.fee} />]]} />}
            {match.rate === null ? null : <Properties items={[[t("rate"), match.rate]]} />}
          </Card>
          <Card title={t("reasons")} flush>
            <Reasons reasons={match.reasons} score={match.score} />
          </Card>
        </>
      )}
      {["open", "suggested"].includes(entry.state) ? <Alternatives detail={detail} q={q} setQ={setQ} /> : null}
    </SideBySide>
  );
}

function Alternatives({ detail, q, setQ }: EntryPageProps) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const take = useChange({
    send: (one: BankCandidate) =>
      api.post<BankMatch>("/reconciliation/matches", { entryIds: [detail.entry.id], expectedIds: [one.expectedId] }),
    refresh: REFRESH,
  });
  return (
    <Card
      title={t("alternatives")}
      flush
      actions={
        <TextInput
          size="xs"
          aria-label={t("searchPayouts")}
          placeholder={t("searchPayouts")}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
      }
    >
      {take.isError ? <ProblemLine error={take.error} /> : null}
      <PlainTable
        label={t("alternatives")}
        rows={detail.alternatives}
        rowId={(one) => one.expectedId}
        empty={<p style={{ padding: 14, margin: 0 }}>{t("noAlternatives")}</p>}
        columns={[
          { id: "payee", label: t("payee"), cell: (one) => one.payeeName },
          { id: "on", label: t("sentOn"), cell: (one) => <DayText day={one.on} /> },
          {
            id: "why",
            label: t("reasons"),
            cell: (one) => one.reasons.map((reason) => t(`reason.${reason.code}`)).join(", "),
          },
          { id: "score", label: t("score"), align: "end", cell: (one) => one.score },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (one) => <MoneyText money={one.amount} display="code" />,
          },
          ...(can("reconciliation.write")
            ? [
                {
                  id: "take",
                  label: t("take"),
                  align: "end" as const,
                  cell: (one: BankCandidate) => (
                    <Button
                      size="compact-xs"
                      variant="default"
                      loading={take.isPending}
                      onClick={() => take.mutate(one)}
                    >
                      {t("take")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function Members({ detail }: { readonly detail: BankEntryDetail }) {
  const { t } = useTranslation("reconciliation");
  return (
    <Card title={t("tabs.members")} flush>
      <PlainTable
        label={t("tabs.members")}
        rows={detail.members.map((one, at) => ({ ...one, at }))}
        rowId={(one) => String(one.at)}
        empty={<p style={{ padding: 14, margin: 0 }}>{t("noMembers")}</p>}
        columns={[
          { id: "name", label: t("counterparty"), cell: (one) => one.name ?? "–" },
          { id: "reference", label: t("reference"), cell: (one) => one.reference ?? "–" },
          { id: "amount", label: t("amount"), align: "end", cell: (one) => <MoneyText money={one.amount} /> },
        ]}
      />
    </Card>
  );
}

function History({ history }: { readonly history: readonly BankMatch[] }) {
  const { t } = useTranslation("reconciliation");
  return (
    <Card title={t("tabs.history")} flush>
      <PlainTable
        label={t("tabs.history")}
        rows={history}
        rowId={(one) => one.id}
        empty={<p style={{ padding: 14, margin: 0 }}>{t("noHistory")}</p>}
        columns={[
          { id: "state", label: t("state"), cell: (one) => t(`matchState.${one.state}`) },
          {
            id: "payees",
            label: t("payee"),
            cell: (one) => one.expected.map((payout) => payout.payeeName).join(", ") || t("isFee"),
          },
          { id: "why", label: t("why"), cell: (one) => one.endReason ?? "–" },
          { id: "at", label: t("madeAt"), align: "end", cell: (one) => <AgoText at={one.madeAt} /> },
        ]}
      />
    </Card>
  );
}
