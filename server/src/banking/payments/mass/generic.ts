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

/** Fields of accounts in the order of their columns. */
const ACCOUNT_FIELDS: readonly DetailField[] = [
  "iban",
  "bic",
  "bankName",
  "bankCity",
  "bankCode",
  "branchCode",
  "routingNumber",
  "sortCode",
  "bsb",
  "institutionNumber",
  "transitNumber",
  "ifsc",
  "cnaps",
  "clabe",
  "cbu",
  "accountNumber",
  "accountType",
  "taxNumber",
  "paypalReceiver",
  "wiseRecipientId",
  "payoneerPayeeId",
];
/** Without one of these nobody knows where the money goes. */
const WHERE: ReadonlySet<DetailField> = new Set([
  "iban",
  "clabe",
  "cbu",
  "accountNumber",
  "paypalReceiver",
  "wiseRecipientId",
  "payoneerPayeeId",
]);

/** What is written when the operator has not said how its bank wants the columns: everything, with a column for each field that occurs. */
function fullTemplate(prepared: readonly Prepared[]): CsvTemplate {
  const used = ACCOUNT_FIELDS.filter((field) => prepared.some(({ account }) => account.fields[field] !== undefined));
  return {
    columns: [
      { title: "Payment ID", value: "id" },
      { title: "Payee", value: "name" },
      { title: "Country", value: "country" },
      ...used.map((field) => ({ title: field, value: `account.${field}` as const })),
      { title: "Amount", value: "amount" },
      { title: "Currency", value: "currency" },
      { title: "Date", value: "executionDate" },
      { title: "Reference", value: "remittance" },
    ],
  };
}

export function genericRows(
  batch: PaymentBatch,
  prepared: readonly Prepared[],
  findings: Findings,
): readonly (readonly string[])[] {
  const template = batch.options?.csv ?? fullTemplate(prepared);
  if (template.columns.length === 0) {
    findings.refuse(null, "options.csv.columns", "", ["missing", "has no column", "Name at least one column."]);
  }
  for (const one of prepared) checkColumns(one, template, findings);
  const rows = prepared.map((one) =>
    template.columns.map(({ value, fixed }) => textOf(one, value, fixed ?? "", template, findings)),
  );
  return template.header === false ? rows : [template.columns.map(({ title }) => title), ...rows];
}

/** A template made for one country's accounts would write another one's payment without its account. */
function checkColumns({ payment, account }: Prepared, template: CsvTemplate, findings: Findings): void {
  const where = ACCOUNT_FIELDS.filter((field) => WHERE.has(field) && account.fields[field] !== undefined);
  if (where.length === 0 || where.some((field) => template.columns.some(({ value }) => value === `account.${field}`)))
    return;
  const hint = `Add a column account.${where[0]}, or pay it by another file.`;
  const [field] = where;
  findings.refuse(payment.id, `payee.account.${field}`, account.fields[field ?? "iban"] ?? "", [
    "missing",
    "has no column in the template",
    hint,
  ]);
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
