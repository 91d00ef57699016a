import { Button, Group } from "@mantine/core";
import type { RunDetail, RunItemDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useName } from "../api/names.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { MoneyText, NumberText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { type Answer, AnswerDialog } from "./answer-dialog.tsx";
import { MarkList } from "./mark-list.tsx";
import { periodText } from "./states.ts";
import { Waterfall } from "./waterfall.tsx";

/** One partner's amount in a run: why it changed, what it is made of, every word about it, and the way on to its statement and lines. */
export function ItemRecord() {
  const id = useParam("id");
  const [partnerId = "", currency = ""] = useParam("item").split(":");
  const run = useRecord<RunDetail>(`/runs/${id}`);
  const item = useRecord<RunItemDetail>(`/runs/${id}/items/${partnerId}/${currency}`);
  return (
    <Loaded query={run}>{(one) => <Loaded query={item}>{(own) => <ItemPage run={one} item={own} />}</Loaded>}</Loaded>
  );
}

function ItemPage({ run, item }: { readonly run: RunDetail; readonly item: RunItemDetail }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const [asked, setAsked] = useState<Answer["decision"] | null>(null);
  const name = useName(item.partnerId) ?? item.partnerId;
  const money = (minor: string) => <MoneyText money={{ minor, currency: item.currency }} signed />;
  const decisions = (["approve", "send_back", item.excluded === null ? "exclude" : "include"] as const).filter(
    (decision) => decision !== "approve" || item.mayApprove,
  );
  return (
    <>
      <RecordPage
        title={`${name} · ${item.currency}`}
        parent={{ label: periodText(run, format.day), to: `/runs/${run.id}?tab=partners` }}
        badge={<MarkList marks={item.marks} />}
        actions={
          <Group gap={8}>
            {decisions.map((decision, index) => (
              <Button
                key={decision}
                variant={index === 0 && item.mayApprove ? "filled" : "default"}
                onClick={() => setAsked(decision)}
              >
                {t(`decide.${decision}`)}
              </Button>
            ))}
          </Group>
        }
        facts={[
          { label: t("toPay"), value: money(item.toPay) },
          { label: t("earned"), value: money(item.earned) },
          { label: t("change"), value: money(item.change) },
          { label: t("openingPayable"), value: money(item.openingPayable) },
          { label: t("adjusted"), value: money(item.adjusted) },
          { label: t("closingPayable"), value: money(item.closingPayable) },
          { label: t("closingHeld"), value: money(item.closingHeld) },
        ]}
        next={nextOf(item, t)}
        tabs={[{ id: "overview", label: t("tabs.overview"), content: () => <ItemOverview run={run} item={item} /> }]}
      />
      {asked === null ? null : (
        <AnswerDialog run={run} answer={{ decision: asked, items: [item] }} onClose={() => setAsked(null)} />
      )}
    </>
  );
}

function nextOf(item: RunItemDetail, t: (key: string) => string) {
  if (item.excluded !== null) return { title: t("leftOut"), text: item.excluded.reason, tone: "warn" as const };
  if (item.sentBack !== null) return { title: t("sentBack"), text: item.sentBack.comment, tone: "warn" as const };
  if (item.whyNot === null || item.whyNot === "not_needed") return undefined;
  return { title: t(`whyNot.${item.whyNot}`), tone: "info" as const };
}

function ItemOverview({ run, item }: { readonly run: RunDetail; readonly item: RunItemDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Board
      main={
        <>
          <Card title={t("whyChanged")} flush>
            <Waterfall currency={item.currency} before={item.earnedBefore} after={item.earned} causes={item.causes} />
          </Card>
          <CellsCard item={item} />
        </>
      }
      side={
        <>
          <Card title={t("goOn")}>
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {item.statementIds.map((id) => (
                <li key={id}>
                  <NameText id={id} to={`/statements/${id}`} />
                </li>
              ))}
              <li>
                <Go to={`/lines?partnerId=${item.partnerId}&bookedMonth=${run.months.at(-1) ?? ""}`}>
                  {t("linesOfMonth")}
                </Go>
              </li>
              <li>
                <NameText id={item.partnerId} to={`/partners/${item.partnerId}`} />
              </li>
            </ul>
          </Card>
          <WordsCard item={item} />
          <EnteredCard item={item} />
        </>
      }
    />
  );
}

function CellsCard({ item }: { readonly item: RunItemDetail }) {
  const { t } = useTranslation("runs");
  const money = (minor: string) => <MoneyText money={{ minor, currency: item.currency }} signed />;
  const quantity = (value: string) => <NumberText value={Number(value)} options={{ maximumFractionDigits: 2 }} />;
  return (
    <Card title={t("madeOf")} flush>
      <PlainTable
        dense
        label={t("madeOf")}
        rows={item.cells}
        rowId={(cell) => [cell.programId, cell.component, cell.model, cell.tier].join()}
        empty={<p style={{ padding: "10px 14px", margin: 0, color: "var(--mantine-color-dimmed)" }}>{t("noCells")}</p>}
        columns={[
          { id: "component", label: t("component"), cell: (cell) => cell.component },
          { id: "program", label: t("program"), cell: (cell) => <NameText id={cell.programId} /> },
          { id: "tier", label: t("tier"), cell: (cell) => cell.tier },
          {
            id: "quantityBefore",
            label: t("quantityBefore"),
            align: "end",
            cell: (cell) => quantity(cell.quantityBefore),
          },
          { id: "quantity", label: t("quantity"), align: "end", cell: (cell) => quantity(cell.quantity) },
          { id: "before", label: t("earnedBefore"), align: "end", cell: (cell) => money(cell.amountBefore) },
          { id: "now", label: t("earned"), align: "end", cell: (cell) => money(cell.amount) },
        ]}
      />
    </Card>
  );
}

function WordsCard({ item }: { readonly item: RunItemDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Card title={t("words")} flush>
      <PlainTable
        label={t("words")}
        rows={item.decisions}
        rowId={(word) => `${word.at} ${word.person} ${word.level ?? word.decision}`}
        empty={<p style={{ padding: "10px 14px", margin: 0, color: "var(--mantine-color-dimmed)" }}>{t("noWords")}</p>}
        columns={[
          {
            id: "what",
            label: t("decision"),
            cell: (word) => (
              <span style={word.stands ? {} : { textDecoration: "line-through" }}>
                {word.level === null ? t(`decide.${word.decision}`) : t(`levels.${word.level}`)}
                {word.comment === "" ? null : <small style={{ display: "block" }}>{word.comment}</small>}
              </span>
            ),
          },
          {
            id: "who",
            label: t("who"),
            cell: (word) => (
              <>
                <NameText id={word.person} />
                {word.actingFor === null ? null : (
                  <small style={{ display: "block" }}>
                    {t("inPlaceOf")} <NameText id={word.actingFor} />
                  </small>
                )}
              </>
            ),
          },
          { id: "at", label: t("at"), align: "end", cell: (word) => <DateText at={word.at} /> },
        ]}
      />
    </Card>
  );
}

/** People who may not approve it, and why. */
function EnteredCard({ item }: { readonly item: RunItemDetail }) {
  const { t } = useTranslation("runs");
  const people = [
    ...(item.ownerUserId === null ? [] : [{ userId: item.ownerUserId, what: "owner" as const }]),
    ...item.enteredBy,
  ];
  if (people.length === 0) return null;
  return (
    <Card title={t("mayNotApprove")} flush>
      <PlainTable
        label={t("mayNotApprove")}
        rows={people}
        rowId={(one) => `${one.userId} ${one.what}`}
        columns={[
          { id: "who", label: t("who"), cell: (one) => <NameText id={one.userId} /> },
          { id: "why", label: t("why"), cell: (one) => t(`entered.${one.what}`) },
        ]}
      />
    </Card>
  );
}
