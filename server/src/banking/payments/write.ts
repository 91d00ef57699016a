import { writeBacs } from "./bacs/write.ts";
import { PAYMENT_FORMATS, type PaymentBatch, type PaymentFormat, type WrittenFile } from "./contracts.ts";
import { writeMass } from "./mass/write.ts";
import { writeMt101 } from "./mt101/write.ts";
import { writeNacha } from "./nacha/write.ts";
import { PAIN_PROFILES } from "./pain001/profiles.ts";
import { writePain001 } from "./pain001/write.ts";

/**
 * One file for a bank or a provider, or why not: each refusal names the payment, the field, its value and the way out, and as long as one
 * payment is refused nothing is written. Texts that had to be put into the format's letters or length are in `changes`. The same batch
 * gives the same bytes.
 */
export function writePaymentFile(format: PaymentFormat, batch: PaymentBatch): WrittenFile {
  const profile = PAIN_PROFILES.get(format);
  if (profile !== undefined) return writePain001(batch, profile);
  switch (format) {
    case "nacha":
      return writeNacha(batch);
    case "bacs":
      return writeBacs(batch);
    case "mt101":
      return writeMt101(batch);
    case "paypal-csv":
    case "wise-csv":
    case "payoneer-csv":
    case "csv":
      return writeMass(format, batch);
    default: {
      const hint = `Use one of ${PAYMENT_FORMATS.join(", ")}.`;
      const message = "is no format that can be written";
      return {
        ok: false,
        refusals: [{ paymentId: null, field: "format", value: String(format), code: "unknown_format", message, hint }],
      };
    }
  }
}
