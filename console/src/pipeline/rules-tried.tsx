import type { RulesTried } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Go } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { DecisionWords } from "./decision-words.tsx";

/** What rules would have made of past leads; what differs stands first. */
export function RulesTriedCard({ tried, people }: { readonly tried: RulesTried; readonly people: boolean }) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const name = (key: string) => (key === "" ? t("nobody") : people ? <NameText id={key} /> : key);
  return (
    <>
      <Card
        title={t("triedTitle", {
          looked: format.number(tried.looked),
          changed: format.number(tried.changed),
          unmatched: format.number(tried.unmatched),
        })}
        flush
      >
        <PlainTable
          label={t("tried")}
          rows={tried.counts}
          rowId={(row) => row.key}
          columns={[
            { id: "key", label: t(people ? "owner" : "source"), cell: (row) => name(row.key) },
            { id: "before", label: t("before"), align: "end", cell: (row) => format.number(row.before) },
            { id: "after", label: t("after"), align: "end", cell: (row) => format.number(row.after) },
          ]}
        />
      </Card>
      <Card title={t("leads")} flush>
        <PlainTable
          label={t("leads")}
          rows={tried.rows}
          rowId={(row) => row.leadId}
          columns={[
            { id: "lead", label: t("lead"), cell: (row) => <Go to={`/leads/${row.leadId}`}>{row.name}</Go> },
            { id: "given", label: t("given"), cell: (row) => row.given },
            { id: "before", label: t("before"), cell: (row) => name(row.before) },
            { id: "after", label: t("after"), cell: (row) => name(row.after) },
            { id: "why", label: t("because"), cell: (row) => <DecisionWords words={row.words} /> },
          ]}
        />
      </Card>
    </>
  );
}
