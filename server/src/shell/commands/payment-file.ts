import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import type { PaymentFile, PaymentFormat, PaymentRefusal } from "../../banking/index.ts";
import { print } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  format: PaymentFormat;
  json: string;
  out?: string;
}

/** `tributary payment-file`: needs neither server nor database. Ends with 1 when a payment is refused; then nothing is written. */
export function paymentFileCommand(): Command {
  const about = "write a payment file for a bank or a provider from a JSON of payments; needs no server";
  return new Command("payment-file")
    .description(about)
    .requiredOption("--format <format>", "what to write: pain.001.001.09, nacha, bacs, mt101, paypal-csv …")
    .requiredOption("--json <file>", "the payments (docs/reference/payment-files.md); - for standard input")
    .option("--out <file>", "where to write it (default: its own name in this folder); - for standard output")
    .action(async (options: Options) => {
      const [{ writePaymentFile }, { parsePaymentBatch }] = await Promise.all([
        import("../../banking/index.ts"),
        import("../payment-batch.ts"),
      ]);
      const written = writePaymentFile(options.format, parsePaymentBatch(documentOf(options.json), new Date()));
      if (!written.ok) {
        process.stderr.write(`${refusals(written.refusals).join("\n")}\n`);
        process.exitCode = 1;
        return;
      }
      save(written.file, options.out);
    });
}

function documentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")) as unknown;
  } catch (error) {
    throw new StartupProblem(`The payments in ${file} cannot be read (${(error as Error).message}).`);
  }
}

function refusals(list: readonly PaymentRefusal[]): readonly string[] {
  return [
    `Nothing was written: ${list.length === 1 ? "one thing is" : `${list.length} things are`} in the way.`,
    ...list.map(({ paymentId, field, value, message, hint, code }) => {
      const who = paymentId === null ? "batch" : `payment ${paymentId}`;
      return `${who}: ${field} ${JSON.stringify(value)} ${message} (${code}). ${hint}`;
    }),
  ];
}

/** A file that is there already stays: it may be one that went to the bank. */
function save(file: PaymentFile, out: string | undefined): void {
  if (out === "-") {
    process.stdout.write(file.bytes);
    return;
  }
  const path = out ?? file.fileName;
  try {
    writeFileSync(path, file.bytes, { flag: "wx" });
  } catch (error) {
    throw new StartupProblem(`${path} cannot be written (${(error as Error).message}).`);
  }
  print({}, file, ({ payments, totals, controlSum, changes }) => [
    `${path}: ${payments} ${payments === 1 ? "payment" : "payments"}, ${totals.map(({ minor, currency }) => `${minor} ${currency} in minor units`).join(", ")}`,
    ...(controlSum === null ? [] : [`Control sum ${controlSum}`]),
    ...changes.map(
      ({ paymentId, field, from, to }) =>
        `Changed${paymentId === null ? "" : ` in ${paymentId}`}: ${field} ${JSON.stringify(from)} is written ${JSON.stringify(to)}`,
    ),
  ]);
}
