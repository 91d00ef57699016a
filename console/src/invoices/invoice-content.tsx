import type {
  Invoice,
  InvoiceDelivery,
  InvoiceDifference,
  InvoiceLine,
  InvoiceParty,
  InvoiceTax,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { percentOfShare } from "../payees/percent.ts";
import { INVOICE_TONES } from "./states.ts";

interface ContentProps {
  readonly invoice: Invoice;
  readonly own: boolean;
}

/** The paper line by line, the sums, both parties; what differs of an own invoice; where it was sent. */
export function InvoiceContent({ invoice, own }: ContentProps) {
  const { t } = useTranslation("invoices");
  return (
    <>
      {invoice.found.length === 0 ? null : <Differences found={invoice.found} />}
      {invoice.lines.length === 0 ? null : <Lines invoice={invoice} own={own} />}
      <Card title={t("sums")}>
        <Properties items={useSums(invoice)} />
      </Card>
      <Card title={t("supplier")}>
        <Properties items={usePartyRows(invoice.supplier)} />
      </Card>
      <Card title={t("customer")}>
        <Properties items={usePartyRows(invoice.customer)} />
      </Card>
      <Card title={t("paper")}>
        <Properties items={usePaperRows(invoice)} />
      </Card>
      {invoice.deliveries.length === 0 ? null : <Deliveries deliveries={invoice.deliveries} />}
    </>
  );
}

function Lines({ invoice, own }: ContentProps) {
  const { t } = useTranslation("invoices");
  const statement = (line: InvoiceLine) => (own ? `/earnings/${line.statementId}` : `/statements/${line.statementId}`);
  return (
    <Card title={t("lines")} flush>
      <PlainTable
        label={t("lines")}
        rows={invoice.lines}
        rowId={(line) => `${line.statementId} ${line.programId}`}
        columns={[
          { id: "what", label: t("description"), cell: (line) => line.description, foot: t("net") },
          {
            id: "statement",
            label: t("statement"),
            cell: (line) =>
              line.statementId === null ? "–" : <Go to={statement(line)}>{line.month ?? line.statementId}</Go>,
          },
          {
            id: "net",
            label: t("net"),
            align: "end",
            cell: (line) => <MoneyText money={{ minor: line.net, currency: invoice.currency }} signed />,
            foot: <MoneyText money={{ minor: invoice.net, currency: invoice.currency }} signed />,
          },
        ]}
      />
    </Card>
  );
}

function useSums(invoice: Invoice): readonly (readonly [string, React.ReactNode])[] {
  const { t } = useTranslation("invoices");
  const money = (minor: string) => <MoneyText key={minor} money={{ minor, currency: invoice.currency }} signed />;
  const label = (tax: InvoiceTax) => (tax.rate === null ? t("vat") : `${t("vat")} ${percentOfShare(tax.rate)} %`);
  return [
    [t("net"), money(invoice.net)],
    ...invoice.taxes.map((tax) => [label(tax), money(tax.vat)] as const),
    [t("gross"), money(invoice.gross)],
    ...(invoice.withheld === "0"
      ? []
      : [[invoice.withholdingReason || t("withheld"), money(invoice.withheld)] as const]),
    [t("payable"), money(invoice.payable)],
  ];
}

function usePartyRows(one: InvoiceParty): readonly (readonly [string, React.ReactNode])[] {
  const { t } = useTranslation("invoices");
  const place = `${one.postalCode} ${one.city}`.trim();
  return [
    [t("name"), one.name || "–"],
    [t("address"), [one.street, place, one.region, one.country].filter(Boolean).join(", ")],
    [t("vatNumber"), one.vatNumber ?? "–"],
    ...(one.registrationNumber === "" ? [] : [[t("registration"), one.registrationNumber] as const]),
  ];
}

function usePaperRows(invoice: Invoice): readonly (readonly [string, React.ReactNode])[] {
  const { t } = useTranslation("invoices");
  const reasons = [...invoice.taxes.map((tax) => tax.reason), ...invoice.notes].filter((text) => text !== "");
  const supply = invoice.supplyFrom === null ? "–" : `${invoice.supplyFrom} – ${invoice.supplyTo}`;
  return [
    [t("supply"), supply],
    ...reasons.map((text, at) => [at === 0 ? t("stands") : " ".repeat(at), text] as const),
    ...(invoice.reason === "" ? [] : [[t("reason"), invoice.reason] as const]),
    ...invoice.creditNotes.map(
      (one) =>
        [
          t("kinds.credit_note"),
          <Go key={one.id} to={`/invoices/${one.id}`}>
            {one.number}
          </Go>,
        ] as const,
    ),
    ...(invoice.file === null
      ? []
      : [[t("file"), `${invoice.file.name} (${Math.ceil(invoice.file.bytes / 1024)} kB)`] as const]),
    [t("hash"), <code key="hash">{invoice.documentHash.slice(0, 16)}</code>],
  ];
}

function Differences({ found }: { readonly found: readonly InvoiceDifference[] }) {
  const { t } = useTranslation("invoices");
  return (
    <Card title={t("differences")} flush>
      <PlainTable
        label={t("differences")}
        rows={found}
        rowId={(one) => `${one.field} ${one.given}`}
        columns={[
          { id: "field", label: t("field"), cell: (one) => t(`fields.${one.field}`) },
          { id: "expected", label: t("expected"), cell: (one) => one.expected || "–" },
          { id: "given", label: t("given"), cell: (one) => one.given || "–" },
          { id: "sentence", label: t("explanation"), cell: (one) => t(`differs.${one.field}`) },
        ]}
      />
    </Card>
  );
}

function Deliveries({ deliveries }: { readonly deliveries: readonly InvoiceDelivery[] }) {
  const { t } = useTranslation("invoices");
  return (
    <Card title={t("deliveries")} flush>
      <PlainTable
        label={t("deliveries")}
        rows={deliveries}
        rowId={(one) => one.id}
        columns={[
          { id: "to", label: t("sentTo"), cell: (one) => one.to },
          {
            id: "state",
            label: t("state"),
            cell: (one) => (
              <StatusBadge state={one.state} label={t(`deliveryState.${one.state}`)} tones={INVOICE_TONES} />
            ),
          },
          { id: "at", label: t("at"), align: "end", cell: (one) => <DateText at={one.at} /> },
        ]}
      />
    </Card>
  );
}
