import type { DetailField } from "../../details/contracts.ts";
import { amountText } from "../amounts.ts";
import type { CsvColumn, CsvTemplate, PaymentBatch } from "../contracts.ts";
import type { Demands, Findings, Prepared } from "../prepare.ts";
import { freeText } from "./cells.ts";

export const CSV_DEMANDS: Demands = {
  methods: ["bank", "paypal", "wise", "payoneer"],
  idSet: "any",
  idLength: 70,
  mostMinor: 999_999_999_999_999_999n,
  debtor: false,
  most: 1_000_000,
};

/** What is written when the operator has not said how its bank wants the columns. */
const DEFAULT_TEMPLATE: CsvTemplate = {
  columns: [
    { title: "Payment ID", value: "id" },
    { title: "Payee", value: "name" },
    { title: "Country", value: "country" },
    { title: "IBAN", value: "account.iban" },
    { title: "BIC", value: "account.bic" },
    { title: "Account number", value: "account.accountNumber" },
    { title: "Amount", value: "amount" },
    { title: "Currency", value: "currency" },
    { title: "Date", value: "executionDate" },
    { title: "Reference", value: "remittance" },
  ],
};

export function genericRows(
  batch: PaymentBatch,
  prepared: readonly Prepared[],
  findings: Findings,
): readonly (readonly string[])[] {
  const template = batch.options?.csv ?? DEFAULT_TEMPLATE;
  if (template.columns.length === 0) {
    findings.refuse(null, "options.csv.columns", "", ["missing", "has no column", "Name at least one column."]);
  }
  const rows = prepared.map((one) =>
    template.columns.map(({ value, fixed }) => textOf(one, value, fixed ?? "", template, findings)),
  );
  return template.header === false ? rows : [template.columns.map(({ title }) => title), ...rows];
}

function textOf(one: Prepared, column: CsvColumn, fixed: string, template: CsvTemplate, findings: Findings): string {
  const { payment, account, amount, executionDate } = one;
  const { payee } = payment;
  const address = payee.address;
  const text = (field: string, value: string | undefined) => freeText(payment.id, field, value ?? "", 500, findings);
  if (column.startsWith("account.")) return account.fields[column.slice(8) as DetailField] ?? "";
  switch (column) {
    case "id":
      return payment.id;
    case "name":
      return text("payee.name", payee.name);
    case "amount":
      return amountText(amount, template.decimal ?? ".");
    case "amountMinor":
      return amount.minor.toString();
    case "currency":
      return amount.currency;
    case "country":
      return account.country;
    case "email":
      return payee.email ?? "";
    case "payeeId":
      return text("payee.id", payee.id);
    case "executionDate":
      return executionDate;
    case "remittance":
      return text("remittance", payment.remittance ?? payment.reference);
    case "purpose":
      return payment.purpose ?? "";
    case "street":
      return text("payee.address.street", `${address?.street ?? ""} ${address?.building ?? ""}`);
    case "postCode":
      return text("payee.address.postCode", address?.postCode);
    case "town":
      return text("payee.address.town", address?.town);
    case "address":
      return text(
        "payee.address",
        [address?.street, address?.building, address?.postCode, address?.town, address?.country]
          .filter(Boolean)
          .join(" "),
      );
    case "fixed":
      return fixed;
    default:
      findings.refuse(null, "options.csv.columns", column, [
        "unknown_format",
        "is no column that is known",
        `Use id, name, amount, currency, account.iban …`,
      ]);
      return "";
  }
}
