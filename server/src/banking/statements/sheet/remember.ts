import { z } from "zod";
import { parseCurrency } from "../../../kernel/money.ts";
import type { ColumnRole, SheetMapping } from "../contracts.ts";
import { quoted, Unreadable } from "../trouble.ts";
import type { Columns } from "./columns.ts";
import type { Reading } from "./entries.ts";
import type { Table } from "./table.ts";

/** A currency that the titles name: `Betrag (EUR)`, `Montant (EUROS)`. */
export function currencyIn(columns: Columns): string | undefined {
  for (const role of ["amount", "balance", "debit", "credit"] as const) {
    const title = columns.titles[columns.at.get(role)?.[0] ?? -1] ?? "";
    for (const word of title.split(/[^A-Za-z€$£]+/)) {
      if (word === "€" || /^euro(?:s|a)?$/i.test(word)) return "EUR";
      if (word === "£") return "GBP";
      if (word === "R$") return "BRL";
      const code = word.replace(/\$$/, "");
      if (code.toUpperCase() === code && parseCurrency(code) !== undefined) return code;
    }
  }
  return undefined;
}

/** The whole of what was decided, as it is to be remembered: the next file of this bank is read the same way. */
export function rememberedMapping(table: Table, columns: Columns, reading: Reading, given: SheetMapping): SheetMapping {
  const named = [...columns.at].map(([role, at]): [ColumnRole, string | number | (string | number)[]] => {
    const names = at.map((column) => columns.titles[column] || column + 1);
    return [role, names.length === 1 ? (names[0] as string | number) : names];
  });
  return {
    ...given,
    columns: Object.fromEntries(named) as NonNullable<SheetMapping["columns"]>,
    ...(table.delimiter === undefined
      ? {}
      : { delimiter: table.delimiter as NonNullable<SheetMapping["delimiter"]>, encoding: table.encoding }),
    dateOrder: reading.order,
    decimal: reading.mark,
    ...(reading.invert ? { invert: true } : {}),
    ...(columns.header < 0 ? { headerRow: 0 } : {}),
    ...(reading.currency === null ? {} : { currency: reading.currency }),
  };
}

const column = z.union([z.string().min(1), z.int().positive()]);
const role = z.enum([
  "bookingDate", "valueDate", "amount", "debit", "credit", "direction", "currency", "balance", "description", "counterpartyName",
  "counterpartyAccount", "counterpartyBic", "reference", "endToEndId", "structuredReference", "originalAmount", "originalCurrency",
  "exchangeRate", "fee", "status", "type", "account",
]); // biome-ignore format: a table
const MAPPING = z.strictObject({
  columns: z.partialRecord(role, z.union([column, z.array(column)])).optional(),
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  encoding: z.string().optional(),
  headerRow: z.int().min(0).optional(),
  dateOrder: z.enum(["dmy", "mdy", "ymd"]).optional(),
  decimal: z.enum([".", ","]).optional(),
  invert: z.boolean().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  account: z
    .strictObject({ iban: z.string().optional(), number: z.string().optional(), owner: z.string().optional() })
    .optional(),
  debitWords: z.array(z.string()).optional(),
  opening: z.string().optional(),
  closing: z.string().optional(),
});

/** Reads a mapping that somebody wrote or kept. @throws Unreadable with the field that is wrong */
export function readMapping(document: unknown): SheetMapping {
  const result = MAPPING.safeParse(document);
  if (result.success) return result.data as SheetMapping;
  const [issue] = result.error.issues;
  const field = issue?.path.join(".") || "the document";
  throw new Unreadable(
    "unmapped",
    `The mapping is wrong at ${quoted(field)}: ${issue?.message ?? "it cannot be read"}.`,
  );
}
