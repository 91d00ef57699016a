import { minorOf, totalsOf } from "../amounts.ts";
import type { ReadFile, ReadPayment, ReadRemark } from "../contracts.ts";
import { decodeText } from "../decode.ts";

interface Field {
  readonly tag: string;
  readonly lines: readonly string[];
}

/** Reads MT101 messages, one or a chain of them. Each amount has to be readable; a message without its end is refused. */
export function readMt101(bytes: Uint8Array): ReadFile {
  const { text } = decodeText(bytes);
  const starts = [...text.matchAll(/\{2:[IO]101/g)].length;
  const bodies = [...text.matchAll(/\{4:\s*\r?\n([\s\S]*?)\r?\n-\}/g)].map((match) => match[1] ?? "");
  if (starts === 0) return refused("not_known", "is no MT101");
  if (bodies.length < starts) return refused("not_whole", "ends before its last message does");
  const messages = bodies.map(fieldsOf);
  const payments: ReadPayment[] = [];
  for (const fields of messages) {
    const read = transactionsOf(fields);
    if (!Array.isArray(read)) return refused("not_readable", (read as ReadRemark).message, [read as ReadRemark]);
    payments.push(...read);
  }
  const first = messages[0] ?? [];
  if (payments.length === 0) return refused("not_readable", "holds no transaction");
  return {
    ok: true,
    file: {
      kind: "mt101",
      format: "MT101",
      id: value(first, "20"),
      createdAt: null,
      payments,
      totals: totalsOf(payments),
      control: { transactions: null, sum: null, agrees: chainIsWhole(messages) },
      remarks: chainIsWhole(messages)
        ? []
        : [{ where: ":28D:", code: "chain", message: "not all messages of the chain are in this file" }],
    },
  };
}

function refused(
  code: "not_known" | "not_whole" | "not_readable",
  message: string,
  remarks: readonly ReadRemark[] = [],
): ReadFile {
  const hint = "Give the message with its blocks 1, 2 and 4 as it was sent.";
  return { ok: false, refusal: { code, message: `The file ${message}.`, hint, remarks } };
}

function fieldsOf(body: string): readonly Field[] {
  const fields: { tag: string; lines: string[] }[] = [];
  for (const line of body.split(/\r\n|\n/)) {
    const [, tag, rest] = /^:(\d\d[A-Z]?):(.*)$/.exec(line) ?? [];
    if (tag !== undefined) fields.push({ tag, lines: [rest ?? ""] });
    else fields.at(-1)?.lines.push(line);
  }
  return fields;
}

function value(fields: readonly Field[], tag: string): string | null {
  return fields.find((field) => field.tag === tag)?.lines[0] ?? null;
}

/** Index and total of each message: a chain is whole when every index up to the total is there. */
function chainIsWhole(messages: readonly (readonly Field[])[]): boolean {
  const told = messages.map((fields) =>
    (/^0*(\d+)\/0*(\d+)$/.exec(value(fields, "28D") ?? "") ?? []).slice(1).map(Number),
  );
  return told.every(([index, total]) => {
    if (index === undefined || total === undefined) return false;
    return total === 1 || told.filter(([, other]) => other === total).length >= total;
  });
}

function transactionsOf(fields: readonly Field[]): readonly ReadPayment[] | ReadRemark {
  const starts = fields.flatMap((field, index) => (field.tag === "21" ? [index] : []));
  const head = fields.slice(0, starts[0] ?? fields.length);
  const payments: ReadPayment[] = [];
  for (const [number, start] of starts.entries()) {
    const part = fields.slice(start, starts[number + 1] ?? fields.length);
    const read = paymentOf(part, head);
    if ("where" in read) return read;
    payments.push(read);
  }
  return payments;
}

function paymentOf(part: readonly Field[], head: readonly Field[]): ReadPayment | ReadRemark {
  const id = value(part, "21") ?? "";
  const [, currency, text] = /^([A-Z]{3})(\d+,\d*)$/.exec(value(part, "32B") ?? "") ?? [];
  const minor = currency === undefined || text === undefined ? undefined : minorOf(text.replace(",", "."), currency);
  if (currency === undefined || minor === undefined) {
    return { where: id, code: "amount", message: `has a transaction (${id}) without a readable amount` };
  }
  const beneficiary = part.find((field) => field.tag.startsWith("59"))?.lines ?? [];
  const account = beneficiary[0]?.startsWith("/") === true ? beneficiary[0].slice(1) : undefined;
  const names = account === undefined ? beneficiary : beneficiary.slice(1);
  const bank = part.find((field) => field.tag === "57A")?.lines.findLast((line) => /^[A-Z0-9]{8,11}$/.test(line));
  const member = part.find((field) => field.tag.startsWith("57"))?.lines[0];
  const day = /^\d{6}$/.exec(value(head, "30") ?? value(part, "30") ?? "")?.[0];
  return {
    id,
    direction: "credit",
    minor,
    currency,
    party: {
      name: names[0] ?? "",
      ...(account === undefined ? {} : /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/.test(account) ? { iban: account } : { account }),
      ...(bank === undefined ? {} : { bic: bank }),
      ...(member?.startsWith("//") === true ? { bankCode: member.slice(2) } : {}),
    },
    remittance: part.find((field) => field.tag === "70")?.lines ?? [],
    executionDate: day === undefined ? null : `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`,
    block: value(head, "20") ?? "",
  };
}
