import type { AccountingSettings, JournalFormat } from "@tributary/contract";
import { csvLine } from "../../kernel/csv.ts";
import { formatMoney, money } from "../../kernel/money.ts";
import { type AccountKind, RECIPES, type RecipeName } from "./recipes.ts";

/** What accounting calls an account; '' in owner or currency stands for all. */
export interface Code {
  readonly kind: string;
  readonly owner: string;
  readonly currency: string;
  readonly code: string;
  readonly name: string;
}

/** One movement, or the sum of many between the same accounts. */
export interface JournalEntry {
  readonly number: string;
  readonly recipe: string;
  readonly partnerId: string | null;
  readonly programId: string | null;
  readonly currency: string;
  /** YYYY-MM-DD, in the month of `period` */
  readonly on: string;
  readonly period: string;
  readonly minor: bigint;
}

export interface Export {
  readonly id: string;
  readonly createdAt: Date;
  readonly settings: AccountingSettings;
  /** first and last day of the entries */
  readonly from: string;
  readonly to: string;
  readonly currency: string;
}

/** Finds what accounting calls an account: what is named most exactly wins. */
export function codeFinder(
  codes: readonly Code[],
): (kind: AccountKind, owner: string, currency: string) => Code | undefined {
  const byPlace = new Map(codes.map((one) => [`${one.kind} ${one.owner} ${one.currency}`, one]));
  return (kind, owner, currency) =>
    byPlace.get(`${kind} ${owner} ${currency}`) ??
    byPlace.get(`${kind} ${owner} `) ??
    byPlace.get(`${kind}  ${currency}`) ??
    byPlace.get(`${kind}  `);
}

/** A journal entry with the codes of both sides; a negative amount changes the sides, so every amount is above zero. */
export interface CodedEntry extends JournalEntry {
  readonly debit: Code;
  readonly credit: Code;
  readonly amount: string;
}

/** @returns the kind of account that has no code, where there is none */
export function coded(
  entry: JournalEntry,
  find: ReturnType<typeof codeFinder>,
): CodedEntry | { readonly missing: AccountKind } {
  const recipe = RECIPES[entry.recipe as RecipeName];
  const [debitKind, creditKind] = entry.minor >= 0n ? [recipe.debit, recipe.credit] : [recipe.credit, recipe.debit];
  const ownerOf = (kind: AccountKind) =>
    kind === "commission_expense"
      ? (entry.programId ?? "")
      : kind.startsWith("partner_")
        ? (entry.partnerId ?? "")
        : "";
  const debit = find(debitKind, ownerOf(debitKind), entry.currency);
  const credit = find(creditKind, ownerOf(creditKind), entry.currency);
  if (debit === undefined) return { missing: debitKind };
  if (credit === undefined) return { missing: creditKind };
  const minor = entry.minor < 0n ? -entry.minor : entry.minor;
  return { ...entry, debit, credit, amount: formatMoney(money(minor, entry.currency)).split(" ")[0] ?? "" };
}

export interface Writer {
  readonly extension: string;
  readonly mediaType: string;
  head(about: Export): string;
  line(entry: CodedEntry, about: Export): string;
}

const text = (entry: CodedEntry): string =>
  [entry.recipe.replaceAll("_", " "), entry.partnerId ?? entry.programId ?? ""].filter(Boolean).join(" ");

/** Two rows a movement: what every accounting program can be taught to read. */
const csv: Writer = {
  extension: "csv",
  mediaType: "text/csv",
  head: () =>
    csvLine([
      "journal",
      "entry",
      "date",
      "period",
      "account",
      "account name",
      "debit",
      "credit",
      "currency",
      "recipe",
      "partner",
      "program",
    ]),
  line: (entry, about) => {
    const row = (code: Code, debit: string, credit: string) =>
      csvLine([
        about.id,
        entry.number,
        entry.on,
        entry.period.slice(0, 7),
        code.code,
        code.name,
        debit,
        credit,
        entry.currency,
        entry.recipe,
        entry.partnerId ?? "",
        entry.programId ?? "",
      ]);
    return row(entry.debit, entry.amount, "") + row(entry.credit, "", entry.amount);
  },
};

/**
 * Xero's manual journals: rows of one narration and day are one journal; a debit is above zero, a credit below. The columns are those of the template
 * that Xero gives for the import.
 */
const xero: Writer = {
  extension: "csv",
  mediaType: "text/csv",
  head: () =>
    csvLine([
      "*Narration",
      "*Date",
      "Description",
      "*AccountCode",
      "*TaxRate",
      "*Amount",
      "TrackingName1",
      "TrackingOption1",
      "TrackingName2",
      "TrackingOption2",
    ]),
  line: (entry, about) => {
    const narration = `${about.id} ${entry.currency} ${entry.on} ${entry.number}`;
    const date = entry.on.split("-").reverse().join("/");
    const row = (code: Code, amount: string) =>
      csvLine([narration, date, text(entry), code.code, about.settings.taxName, amount, "", "", "", ""]);
    return row(entry.debit, entry.amount) + row(entry.credit, `-${entry.amount}`);
  },
};

/** Columns 15 to 116 of DATEV's booking batch that are not used here stand empty; the first fourteen are told. */
const DATEV_COLUMNS = [
  "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basisumsatz", "WKZ Basisumsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)",
  "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext", "Postensperre", "Diverse Adressnummer", "Geschäftspartnerbank",
  "Sachverhalt", "Zinssperre", "Beleglink", ...pairs("Beleginfo – Art", "Beleginfo – Inhalt", 8), "KOST1 – Kostenstelle", "KOST2 – Kostenstelle", "Kost Menge",
  "EU-Land u. USt-IdNr.", "EU-Steuersatz", "Abw. Versteuerungsart", "Sachverhalt L+L", "Funktionsergänzung L+L", "BU 49 Hauptfunktionstyp",
  "BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung", ...pairs("Zusatzinformation – Art", "Zusatzinformation – Inhalt", 20), "Stück", "Gewicht", "Zahlweise",
  "Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp", "Auftragsnummer", "Buchungstyp", "USt-Schlüssel (Anzahlungen)",
  "EU-Mitgliedstaat (Anzahlungen)", "Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "Herkunft-Kz", "Leerfeld",
  "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername", "Beteiligtennummer", "Identifikationsnummer", "Zeichnernummer",
  "Postensperre bis", "Bezeichnung SoBil-Sachverhalt", "Kennzeichen SoBil-Buchung", "Festschreibung", "Leistungsdatum", "Datum Zuord. Steuerperiode",
] as const; // biome-ignore format: a list of columns
const FESTSCHREIBUNG = DATEV_COLUMNS.indexOf("Festschreibung");

function pairs(first: string, second: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => [`${first} ${at + 1}`, `${second} ${at + 1}`]).flat();
}

/**
 * DATEV's booking batch (Buchungsstapel), EXTF 700, category 21, format version 7: https://developer.datev.de/de/file-format. Semicolons, decimal
 * comma, the date of the voucher as day and month: all entries of a file lie in one business year. Written in Windows-1252.
 */
const datev: Writer = {
  extension: "csv",
  mediaType: "text/csv; charset=windows-1252",
  head: ({ settings, createdAt, from, to, currency }) => {
    const plain = (day: string) => day.replaceAll("-", "");
    const made = createdAt.toISOString().replace(/[^\d]/g, "").slice(0, 17);
    const year = `${from.slice(5) < settings.yearBegins ? Number(from.slice(0, 4)) - 1 : from.slice(0, 4)}${settings.yearBegins.replace("-", "")}`;
    const head = [
      '"EXTF"', 700, 21, '"Buchungsstapel"', 7, made, "", '"RE"', '""', '""', settings.consultant, settings.client, year, settings.codeLength, plain(from),
      plain(to), '"Tributary"', '""', 1, 0, 0, `"${currency}"`, "", '""', "", "", '""', "", "", '""', '""',
    ]; // biome-ignore format: in the order of the fields
    return `${head.join(";")}\r\n${DATEV_COLUMNS.join(";")}\r\n`;
  },
  line: (entry) => {
    const cells = DATEV_COLUMNS.map(() => "");
    const quoted = (value: string, most: number) => `"${value.slice(0, most).replaceAll('"', '""')}"`;
    cells.splice(0, 14, entry.amount.replace(".", ","), '"S"', `"${entry.currency}"`, "", "", '""', entry.debit.code, entry.credit.code, '""',
      `${entry.on.slice(8, 10)}${entry.on.slice(5, 7)}`, quoted(entry.number, 36), '""', "", quoted(text(entry), 60)); // biome-ignore format: in the order of the fields
    cells[FESTSCHREIBUNG] = "0";
    return `${cells.join(";")}\r\n`;
  },
};

export const WRITERS: Readonly<Record<JournalFormat, Writer>> = { csv, datev, xero };
