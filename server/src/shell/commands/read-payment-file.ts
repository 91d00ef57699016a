import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { FileRefusal, ReadPaymentFile, StatusReport } from "../../banking/index.ts";
import { print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Result {
  readonly file: string;
  readonly read: boolean;
  /** The order to pay or to collect that the file is. */
  readonly payments: ReadPaymentFile | null;
  /** What it says became of payments. */
  readonly statuses: StatusReport | null;
  readonly refusal: FileRefusal | null;
}

/** `tributary read-payment-file`: needs neither server nor database. Ends with 1 when the file is refused. */
export function readPaymentFileCommand(): Command {
  const about = "what a payment file or a status report says, in one form; needs no server";
  return withJson(new Command("read-payment-file").description(about))
    .argument(
      "<file>",
      "pain.001, pain.008, ACH, Bacs, MT101; pain.002 and its kin, ACH returns, provider webhooks; - for standard input",
    )
    .action(async (file: string, options: { json?: boolean }) => {
      const { readPaymentFile, readPaymentStatus } = await import("../../banking/index.ts");
      const bytes = bytesOf(file);
      const payments = readPaymentFile(bytes);
      const statuses = readPaymentStatus(bytes);
      // A status report is no order: the reader of orders says so, and only its word counts when neither takes the file.
      const refusal = statuses.ok || payments.ok ? null : better(payments.refusal, statuses.refusal);
      const result: Result = {
        file,
        read: refusal === null,
        payments: payments.ok ? payments.file : null,
        statuses: statuses.ok ? statuses.report : null,
        refusal,
      };
      print(options, result, report);
      if (refusal !== null) process.exitCode = 1;
    });
}

/** Of two refusals the one that knows what the file is. */
function better(order: FileRefusal, status: FileRefusal): FileRefusal {
  return order.code === "not_known" && status.code !== "not_known" ? status : order;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw new StartupProblem(`The file ${file} cannot be read (${(error as Error).message}).`);
  }
}

function report({ payments, statuses, refusal }: Result): readonly string[] {
  if (refusal !== null) {
    return [`Refused (${refusal.code}): ${refusal.message} ${refusal.hint}`, ...refusal.remarks.map(remark)];
  }
  return [...(payments === null ? [] : orderLines(payments)), ...(statuses === null ? [] : statusLines(statuses))];
}

function remark({ where, message }: { where: string; message: string }): string {
  return `  ${where} ${message}`;
}

function orderLines(order: ReadPaymentFile): readonly string[] {
  const totals = order.totals.map(({ minor, currency }) => `${minor} ${currency}`).join(", ");
  return [
    `${order.format} ${order.id ?? ""}: ${order.payments.length} payments, ${totals} in minor units`,
    order.control.agrees ? "Header and content agree." : "Header and content do NOT agree.",
    ...order.remarks.map(remark),
    ...order.payments.map(
      ({ id, direction, minor, currency, party }) =>
        `  ${id}  ${direction}  ${minor} ${currency}  ${party.name}  ${party.iban ?? party.account ?? ""}`,
    ),
  ];
}

function statusLines(statuses: StatusReport): readonly string[] {
  return [
    `${statuses.format} ${statuses.id ?? ""}`,
    ...statuses.remarks.map(remark),
    ...statuses.statuses.map(({ status, sentence }) => `  ${status.padEnd(8)}  ${sentence}`),
  ];
}
