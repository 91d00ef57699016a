import type { Payout } from "@tributary/contract";
import type { Context } from "../../database/index.ts";
import { csvLine } from "../../kernel/csv.ts";
import { addDays, addMonths, dayOf, monthOf } from "../../kernel/period.ts";
import { changeSetUp, createExport } from "../../ledger/index.ts";
import { allPartners } from "../../partners/index.ts";
import { listPayouts } from "../../payouts/index.ts";
import {
  bookMatches,
  createComparison,
  type ExpectedMovement,
  expectMovements,
  matchAccount,
  readComparisonFile,
  readSideFile,
  runComparison,
  takeBankFile,
  takeSideFile,
} from "../../reconciliation/index.ts";
import { writeMoneyMatters } from "./money-matters.ts";
import type { Onlooker, Seen } from "./other-systems.ts";
import type { SampleRecords } from "./records.ts";

/** The account from which the sample pays (demo/payouts.ts). */
const IBAN = "MT84MALT011000012345MTLCAST001S";
const COMPARED_DAYS = 30;
/** A clock two hours ahead, as in a report of another zone. */
const CLAIM_SHIFT_MS = 2 * 3_600_000;

/** The bank's statement of the last payouts, the back office's export, a partner's own report, what accounting was given, and what is asked and put right by hand. */
export async function writeReconciliation(ctx: Context, records: SampleRecords, onlooker: Onlooker): Promise<void> {
  await writeBank(ctx, records);
  await writeComparisons(ctx, records, onlooker);
  await writeAccounting(ctx, records);
  await writeMoneyMatters(ctx, records);
}

interface Sent {
  readonly payoutId: string;
  readonly batchId: string;
  readonly dispatchId: string | null;
  readonly payeeName: string;
  readonly minor: bigint;
  readonly on: string;
}

/** A payout in euros that went to the bank. */
function sentOf({ id, sentAt, method, amount, ...payout }: Payout): Sent[] {
  if (sentAt === null || method !== "bank" || amount.currency !== "EUR") return [];
  return [{ ...payout, payoutId: id, minor: BigInt(amount.minor), on: sentAt.slice(0, 10) }];
}

/** Most payouts show at the bank the next day; one has a fee on top, one lost its reference, one does not show at all, and something else does. */
async function writeBank(ctx: Context, { cast, people }: SampleRecords): Promise<void> {
  const states = ["sent", "accepted", "settled", "returned"] as const;
  const paid = await listPayouts(ctx, cast.finance, { state: [...states], limit: 500 });
  const rows = paid.rows.flatMap(sentOf).toReversed();
  if (rows.length === 0) return;
  await expectMovements(ctx, "out", rows.map(movementOf));
  const name = `statement-${rows.at(-1)?.on}.sta`;
  const file = await takeBankFile(ctx, cast.finance, { name, bytes: Buffer.from(statementOf(rows)) });
  if (file.bankAccountId === null) throw new Error(`the sample's bank statement was not read: ${file.sentence}`);
  await matchAccount(ctx, file.bankAccountId);
  await bookMatches(ctx, people.closer.permissions.has("reconciliation.write") ? people.closer : cast.finance, {
    bankAccountId: file.bankAccountId,
  });
}

function movementOf({ payoutId, batchId, dispatchId, payeeName, minor, on }: Sent): ExpectedMovement {
  const names = { payoutId, batchId, dispatchId, payeeName, endToEndId: payoutId.replace("_", "-") };
  return { ...names, partnerId: null, account: null, paymentReferences: [], currency: "EUR", minor: String(minor), on };
}

/** An MT940 as banks write it, structured field 86. */
function statementOf(rows: readonly Sent[]): string {
  const day = addDays(rows.at(-1)?.on ?? "2026-01-01", 1);
  const short = (on: string) => on.slice(2).replaceAll("-", "");
  const euros = (minor: bigint) => `${minor / 100n},${String(minor % 100n).padStart(2, "0")}`;
  let balance = 50_000_000n;
  const opening = balance;
  const entry = (minor: bigint, reference: string, text: string, name: string, number: number): string => {
    balance -= minor;
    const cut = (from: string) => from.replace(/[?:]/g, " ");
    const parts = `${reference === "" ? "" : `EREF+${reference}`}SVWZ+${cut(text)}`.match(/.{1,27}/g) ?? [];
    const fields = parts.map((part, at) => `?${20 + at}${part}`).join("");
    const sign = minor < 0n ? "C" : "D";
    return `:61:${short(day)}${short(day).slice(2)}${sign}${euros(minor < 0n ? -minor : minor)}NTRFNONREF//B${number}\r\n:86:177?00TRANSFER${fields}?32${cut(name).slice(0, 27)}`;
  };
  const told = rows.flatMap((row, at) => {
    const key = row.payoutId.replace("_", "-");
    if (at === 1) return [entry(row.minor + 250n, key, "Commission", row.payeeName, at)];
    if (at === 2) return [entry(row.minor, "", "Thank you for your work", row.payeeName, at)];
    return at === 3 ? [] : [entry(row.minor, key, "Commission", row.payeeName, at)];
  });
  const fee = entry(1_290n, "", "Account maintenance", "Bank", 9001);
  const topUp = entry(-2_500_000n, "", "Treasury top up 0417", "Tributary Sample Operator Ltd", 9002);
  const lines = [
    ":20:SAMPLE",
    `:25:${IBAN}`,
    ":28C:41/1",
    `:60F:C${short(day)}EUR${euros(opening)}`,
    ...told,
    fee,
    topUp,
  ];
  return `${[...lines, `:62F:C${short(day)}EUR${euros(balance)}`, "-"].join("\r\n")}\r\n`;
}

/** The casino's last month: the back office's export of all partners, and the report of the partner with most conversions. */
async function writeComparisons(ctx: Context, records: SampleRecords, onlooker: Onlooker): Promise<void> {
  const { cast, programIds } = records;
  const today = dayOf(ctx.clock.now(), "UTC");
  const about = {
    programId: programIds.casino,
    from: addDays(today, -COMPARED_DAYS),
    until: today,
    currency: "EUR",
    types: ["registration", "deposit"],
  };
  const all = await createComparison(ctx, cast.finance, { ...about, name: "Casino back office, last 30 days" });
  await readSide(ctx, records, all.id, "office", "player-platform.csv", onlooker.exported());
  await runComparison(ctx, all.id);
  const [claim] = [...Map.groupBy(onlooker.seen, (one) => one.partner)].toSorted((a, b) => b[1].length - a[1].length);
  const partnerId = claim === undefined ? undefined : await partnerNamed(ctx, claim[0]);
  if (claim === undefined || partnerId === undefined) return;
  const own = await createComparison(ctx, cast.finance, { ...about, partnerId, name: `What ${claim[0]} claims` });
  await readSide(ctx, records, own.id, "office", "player-platform.csv", onlooker.exported());
  await readSide(ctx, records, own.id, "claim", "voluum-report.csv", claimOf(claim[1]));
  await runComparison(ctx, own.id);
}

async function partnerNamed(ctx: Context, name: string): Promise<string | undefined> {
  return (await allPartners(ctx.db)).find((one) => one.name === name)?.partnerId;
}

async function readSide(
  ctx: Context,
  { cast }: SampleRecords,
  id: string,
  side: "office" | "claim",
  name: string,
  text: string,
): Promise<void> {
  async function* once(): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  const file = await takeSideFile(ctx, cast.finance, id, { side, name, timeZone: "UTC" }, once());
  const { mapping } = file.suggestion;
  await readSideFile(ctx, cast.finance, file.id, {
    ...mapping,
    columns: { ...mapping.columns, customerId: "Customer" },
  });
  await readComparisonFile(ctx, file.id);
}

/** The partner's tracker: a clock ahead, one conversion twice, one that nobody knows, one larger, some missing. */
function claimOf(seen: readonly Seen[]): string {
  const header = [
    "Conversion ID",
    "Event",
    "Order ID",
    "Customer",
    "Date",
    "Sale Amount",
    "Currency",
    "Status",
    "Payout",
  ];
  const row = (one: Seen, id: string, amount = one.amount) => {
    const date = new Date(one.at + CLAIM_SHIFT_MS).toISOString().slice(0, 19).replace("T", " ");
    const payout = one.type === "deposit" && amount !== "" ? (Number(amount) * 0.25).toFixed(2) : "";
    return [id, one.type, one.order, one.customer, date, amount, "EUR", "approved", payout];
  };
  const rows = seen.flatMap((one, at) => {
    if (at % 40 === 7) return [];
    if (at === 3) return [row(one, `v-${at}`), row(one, `v-${at}-again`)];
    if (at === 5)
      return [
        row({ ...one, order: `own-${one.order}`, customer: "unknown" }, `v-${at}-own`, "180.00"),
        row(one, `v-${at}`),
      ];
    if (at % 50 === 9 && one.amount !== "") return [row(one, `v-${at}`, (Number(one.amount) * 1.2).toFixed(2))];
    return [row(one, `v-${at}`)];
  });
  return [header, ...rows].map((cells) => csvLine(cells)).join("");
}

const CODES = [
  ["commission_expense", "4700", "Partner commissions"],
  ["partner_held", "1780", "Partner commissions, held"],
  ["partner_payable", "1600", "Partners payable"],
  ["partner_reserve", "1785", "Partner reserves"],
  ["payout_clearing", "1360", "Payouts in transit"],
  ["bank", "1200", "Bank"],
  ["bank_fees", "4970", "Bank fees"],
  ["payout_fees", "4975", "Payout fees charged on"],
  ["withheld_tax", "1741", "Tax withheld"],
  ["input_vat", "1576", "Input VAT"],
  ["write_offs", "2400", "Write-offs"],
  ["fx_clearing", "1361", "Currency clearing"],
  ["set_off_clearing", "1362", "Set-off clearing"],
] as const;

/** Accounting knows the accounts and was given everything until three months ago. */
async function writeAccounting(ctx: Context, { cast }: SampleRecords): Promise<void> {
  const codes = CODES.map(([kind, code, name]) => ({ kind, code, name }));
  await changeSetUp(ctx, cast.finance, { revision: 0, settings: { consultant: "1001", client: "1" }, codes });
  const through = addMonths(monthOf(dayOf(ctx.clock.now(), "UTC")), -3).slice(0, 7);
  await createExport(ctx, cast.finance, { format: "csv", detail: "days", through });
}
