import { fileBalanced, sameCount } from "../checks.ts";
import type { BankStatement, Check, Problem, ReadStatementFile } from "../contracts.ts";
import { shortDay } from "../dates.ts";
import { decodeText } from "../encoding.ts";
import { present } from "../references.ts";
import { failure, Unreadable } from "../trouble.ts";
import { accountOf, cut, type GroupFacts, groupDay, oddRecord, type ReadAccount } from "./account.ts";
import { type BaiRecord, baiRecords, fieldsOf, wholeAmount } from "./records.ts";

/** Reads BAI2 (and BTRS, its version 3); checks the controls of accounts, groups and file. */
export function readBai2(bytes: Uint8Array, name: string | undefined): ReadStatementFile {
  const { text, encoding } = decodeText(bytes);
  const records = baiRecords(text);
  const [sender, , created, time, id, , , version] = fieldsOf(records[0] as BaiRecord);
  const reader = new FileReader(records);
  reader.read();
  const { statements, problems } = reader;
  if (statements.length === 0) throw new Unreadable("broken", "The BAI2 file holds no account (record 03).");
  const day = shortDay(created);
  return {
    outcome: "read",
    format: "bai2",
    file: {
      variant: version === "3" ? "BTRS (BAI version 3)" : `BAI version ${version || "2"}`,
      encoding,
      bytes: bytes.length,
      ...present({ name, sender, id, createdAt: day === undefined ? undefined : `${day}${clock(time)}` }),
    },
    statements,
    problems,
    balanced: fileBalanced(statements, problems),
  };
}

function clock(time: string | undefined): string {
  return /^\d{4}$/.test(time ?? "") ? `T${time?.slice(0, 2)}:${time?.slice(2)}` : "";
}

class FileReader {
  readonly statements: BankStatement[] = [];
  readonly problems: Problem[] = [];
  readonly #records: readonly BaiRecord[];
  #at = 0;

  constructor(records: readonly BaiRecord[]) {
    this.#records = records;
  }

  read(): void {
    const head = this.#take() as BaiRecord;
    let [total, groups, count] = [0n, 0, head.count];
    for (let record = this.#take(); record !== undefined; record = this.#take()) {
      if (record.code === "02") {
        const group = this.#group(record);
        [total, groups, count] = [total + group.total, groups + 1, count + group.records];
      } else if (record.code === "99") {
        this.#control(record, "file (99)", total, ["groups", groups], count + record.count);
        return;
      } else this.problems.push(oddRecord(record));
    }
    this.problems.push(cut(head, "file trailer (99)"));
  }

  #take(): BaiRecord | undefined {
    this.#at += 1;
    return this.#records[this.#at - 1];
  }

  #next(): string | undefined {
    return this.#records[this.#at]?.code;
  }

  #group(head: BaiRecord): { total: bigint; records: number } {
    const [, bank = "", , day, , currency] = fieldsOf(head);
    // The specification: US dollars where the group names no currency.
    const facts: GroupFacts = { bank, currency: currency || "USD", day: groupDay(day) };
    if (facts.day === null)
      this.problems.push(failure("date", `Line ${head.line}: the group has no as-of date.`, `line ${head.line}`));
    let [total, accounts, records] = [0n, 0, head.count];
    while (this.#next() !== undefined && !["02", "98", "99"].includes(this.#next() ?? "")) {
      const record = this.#take() as BaiRecord;
      if (record.code !== "03") {
        this.problems.push(oddRecord(record));
        continue;
      }
      const account = this.#account(record, facts);
      this.statements.push(account.statement);
      [total, accounts, records] = [total + account.total, accounts + 1, records + account.records];
    }
    if (this.#next() !== "98") {
      this.problems.push(cut(head, "group trailer (98)"));
      return { total, records };
    }
    const end = this.#take() as BaiRecord;
    this.#control(end, "group (98)", total, ["accounts", accounts], records + end.count);
    return { total, records: records + end.count };
  }

  #account(head: BaiRecord, facts: GroupFacts): ReadAccount {
    const inside: BaiRecord[] = [];
    while (this.#next() === "16") inside.push(this.#take() as BaiRecord);
    const end = this.#next() === "49" ? this.#take() : undefined;
    return accountOf(head, inside, end, facts);
  }

  /** Controls of group and file are about all accounts together, so that a failed one is a problem of the file. */
  #control(end: BaiRecord, of: string, total: bigint, [what, parts]: readonly [string, number], records: number): void {
    const [said, saidParts, saidRecords] = fieldsOf(end);
    const amount = wholeAmount(said);
    const place = `line ${end.line}`;
    if (amount !== undefined && amount !== total)
      this.problems.push(
        failure(
          "control",
          `Line ${end.line}: the accounts make ${total}, but the control total of the ${of} is ${amount}; the difference is ${total - amount}.`,
          place,
        ),
      );
    const counts: Check[] = [];
    if (/^\d{1,9}$/.test(saidParts ?? ""))
      counts.push(sameCount(what, `Number of ${what} of the ${of}`, parts, Number(saidParts)));
    if (/^\d{1,9}$/.test(saidRecords ?? ""))
      counts.push(sameCount("records", `Number of records of the ${of}`, records, Number(saidRecords)));
    for (const check of counts)
      if (!check.holds) this.problems.push(failure("control", `Line ${end.line}: ${check.sentence}`, place));
  }
}
