import { exactAmount } from "../amounts.ts";
import type { Counterparty, Problem, ReturnReason, StatementEntry } from "../contracts.ts";
import { shortDay } from "../dates.ts";
import { partyAccount, present, references } from "../references.ts";
import { fundsFields } from "./funds.ts";
import { type BaiRecord, unreadable, wholeAmount } from "./records.ts";

export interface EntryFacts {
  readonly currency: string;
  readonly scale: number;
  readonly day: string | null;
  readonly problems: Problem[];
}

/** 16: type, amount, funds type (with its own fields), bank reference, customer reference, text up to the end. */
export function entryOf(record: BaiRecord, facts: EntryFacts): StatementEntry {
  const { fields, text } = partsOf(record);
  const [code = "", figure = "", funds = ""] = fields;
  const size = wholeAmount(figure);
  if (size === undefined && (figure !== "" || code !== "890"))
    facts.problems.push(unreadable(record, "amount", figure));
  const debit = isDebit(code);
  const units = size === undefined ? undefined : debit ? -size : size;
  const at = 3 + fundsFields(funds, fields[3]);
  const words = codeWords(text);
  const returned = returnOf(code, text.join(" "));
  return {
    amount: units === undefined ? null : exactAmount({ units, scale: facts.scale }, facts.currency),
    bookingDate: facts.day,
    valueDate: (funds === "V" ? shortDay(fields[3]) : undefined) ?? null,
    status: code === "890" ? "info" : "booked",
    reversal: false,
    codes: [{ code, system: "bai", ...present({ text: MEANINGS[code] }) }],
    references: references({
      accountServicer: fields[at],
      customer: fields[at + 1],
      endToEndId: words.get("EREF"),
      clearing: words.get("CREF"),
    }),
    counterparty: partyOf(words, debit),
    remittance: { unstructured: remittanceOf(text, words), structured: [] },
    original: null,
    charges: [],
    returned,
    ...present({ text: text[0] }),
    details: [],
    place: `line ${record.line}`,
  };
}

/** Fields up to the text, which may hold commas; what the first record lacks of them stands in its continuations. */
function partsOf(record: BaiRecord): { readonly fields: readonly string[]; readonly text: readonly string[] } {
  const rest = [...record.continuations];
  let fields = record.content.split(",").map((field) => field.trim());
  const needed = (): number => 5 + fundsFields(fields[2] ?? "", fields[3]);
  while (fields.length < needed() && rest.length > 0)
    fields = [...fields, ...(rest.shift() ?? "").split(",").map((field) => field.trim())];
  const at = needed();
  const first = record.content.split(",").slice(at).join(",");
  const text = [fields.length > at && first !== "" ? first : fields.slice(at).join(","), ...rest];
  return { fields, text: text.map((line) => line.replace(/\s+/g, " ").trim()).filter((line) => line !== "") };
}

/** 100–399 credits, 400–699 debits, 700–759 loan credits, 760–799 loan debits; 920–959 and 960–999 are the bank's own. */
function isDebit(code: string): boolean {
  const number = Number(code);
  return (number >= 400 && number < 700) || (number >= 760 && number < 800) || number >= 960;
}

/** `EREF: …`, `DBNM: …` in continuations, as Goldman Sachs and others write them. */
function codeWords(text: readonly string[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const line of text) {
    const match = /^([A-Z]{4}): ?(.*)$/.exec(line);
    if (match?.[2] !== undefined && match[2] !== "") words.set(match[1] ?? "", match[2].trim());
  }
  return words;
}

function partyOf(words: ReadonlyMap<string, string>, debit: boolean): Counterparty | null {
  const [name, account, bank] = debit ? ["CRNM", "CACT", "CABA"] : ["DBNM", "DACT", "DABA"];
  const party = {
    ...present({ name: words.get(name ?? ""), bankCode: words.get(bank ?? "") }),
    ...partyAccount(words.get(account ?? "")),
  };
  return Object.keys(party).length === 0 ? null : party;
}

function remittanceOf(text: readonly string[], words: ReadonlyMap<string, string>): readonly string[] {
  const told = words.get("REMI");
  return told === undefined ? text.filter((line) => !/^[A-Z]{4}: ?/.test(line)) : [told];
}

const RETURNS = new Set(["255", "257", "258", "261", "555", "557", "559", "561"]);

function returnOf(code: string, text: string): ReturnReason | null {
  if (!RETURNS.has(code)) return null;
  return present({ code: /Reason: "?([A-Z]\d\d)"?/.exec(text)?.[1], text: MEANINGS[code] });
}

/** The types that are met most; the list of the specification has hundreds. */
const MEANINGS: Readonly<Record<string, string>> = {
  "115": "Lockbox deposit",
  "142": "ACH credit received",
  "165": "Preauthorized ACH credit",
  "175": "Check deposit package",
  "191": "Individual incoming internal money transfer",
  "195": "Incoming money transfer",
  "201": "Individual automatic transfer credit",
  "206": "Book transfer credit",
  "208": "International money transfer credit",
  "218": "Letter of credit",
  "255": "Check posted and returned",
  "257": "Individual ACH return item",
  "261": "Individual ACH credit rejected",
  "275": "ZBA credit",
  "301": "Commercial deposit",
  "354": "Interest credit",
  "399": "Miscellaneous credit",
  "447": "ACH credit originated",
  "451": "ACH debit received",
  "455": "Preauthorized ACH debit",
  "475": "Check paid",
  "491": "Individual outgoing internal money transfer",
  "495": "Outgoing money transfer",
  "501": "Individual automatic transfer debit",
  "506": "Book transfer debit",
  "508": "International money transfer debit",
  "555": "Deposited item returned",
  "557": "Individual ACH return item",
  "575": "ZBA debit",
  "654": "Interest debit",
  "661": "Account analysis fee",
  "698": "Miscellaneous fees",
  "699": "Miscellaneous debit",
};
