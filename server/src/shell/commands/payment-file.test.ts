import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, mock } from "node:test";
import type { Command } from "commander";
import { parsePaymentBatch } from "../payment-batch.ts";
import { paymentFileCommand } from "./payment-file.ts";
import { readPaymentFileCommand } from "./read-payment-file.ts";

interface Read {
  readonly payments: { readonly payments: readonly { readonly id: string; readonly minor: string }[] } | null;
  readonly statuses: unknown;
  readonly refusal: { readonly code: string } | null;
}

const folder = mkdtempSync(join(tmpdir(), "tributary-payment-file-"));
after(() => rmSync(folder, { recursive: true }));

const batch = {
  id: "RUN-2026-03",
  createdAt: "2026-04-01T08:00:00Z",
  initiator: { name: "Operator GmbH" },
  debtor: { country: "DE", currency: "EUR", holder: "Operator GmbH", fields: { iban: "DE89 3704 0044 0532 0130 00" } },
  executionDate: "2026-04-02",
  payments: [
    {
      id: "PAY-1",
      amount: { minor: "12345", currency: "EUR" },
      payee: {
        name: "Łukasz Żółć",
        account: {
          country: "FR",
          currency: "EUR",
          holder: "Łukasz Żółć",
          fields: { iban: "FR1420041010050500013M02606" },
        },
      },
      remittance: "Commission March 2026",
    },
  ],
};

/** Runs the command in this process (starting a program for each call costs seconds) and gives what it printed and its exit code. */
async function run(command: Command, ...words: readonly string[]) {
  const printed = { out: "", error: "" };
  const take = (into: keyof typeof printed) => (chunk: unknown) => {
    printed[into] += typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString();
    return true;
  };
  const out = mock.method(process.stdout, "write", take("out") as typeof process.stdout.write);
  const error = mock.method(process.stderr, "write", take("error") as typeof process.stderr.write);
  try {
    await command.parseAsync(words, { from: "user" });
  } finally {
    out.mock.restore();
    error.mock.restore();
  }
  const code = process.exitCode ?? 0;
  process.exitCode = 0;
  return { ...printed, code };
}

const input = join(folder, "payments.json");
writeFileSync(input, JSON.stringify(batch));
const file = join(folder, "run.xml");

describe("tributary payment-file and read-payment-file", () => {
  it("writes a file, says what it changed, does not write over it, and reads it back as facts", async () => {
    const words = ["--format", "pain.001.001.09", "--json", input, "--out", file];
    const first = await run(paymentFileCommand(), ...words);
    assert.equal(first.code, 0, first.error);
    assert.match(first.out, /run\.xml: 1 payment, 12345 EUR/);
    assert.match(first.out, /payee\.name "Łukasz Żółć" is written "Lukasz Zolc"/);
    // The file may have gone to the bank.
    await assert.rejects(run(paymentFileCommand(), ...words), /cannot be written/);
    const read = await run(readPaymentFileCommand(), file, "--json");
    const { payments, statuses } = JSON.parse(read.out) as Read;
    const facts = payments?.payments.map(({ id, minor }) => `${id} ${minor}`);
    assert.deepEqual([read.code, statuses, facts], [0, null, ["PAY-1 12345"]]);
  });

  it("refuses with field, value and way out, and leaves no file behind", async () => {
    const before = readdirSync(folder);
    const refused = await run(paymentFileCommand(), "--format", "nacha", "--json", input);
    assert.equal(refused.code, 1);
    assert.match(
      refused.error,
      /payment PAY-1: amount\.currency "EUR" is not carried by ACH \(currency_not_taken\)\. Pay it by/,
    );
    assert.match((await run(paymentFileCommand(), "--format", "no", "--json", input)).error, /is no format/);
    assert.deepEqual(readdirSync(folder), before);
    const unread = await run(readPaymentFileCommand(), input, "--json");
    assert.equal(unread.code, 1);
    assert.equal((JSON.parse(unread.out) as Read).refusal?.code, "not_known");
  });

  it("says where the document of payments is another one than documented", () => {
    assert.throws(() => parsePaymentBatch({ ...batch, payments: [{ id: 1 }] }, new Date(0)), /payments\.0\.id/);
    assert.throws(() => parsePaymentBatch({ ...batch, amount: 1 }, new Date(0)), /amount/);
    const { createdAt: _, ...undated } = batch;
    assert.deepEqual(parsePaymentBatch(undated, new Date(0)).createdAt, new Date(0));
  });
});
