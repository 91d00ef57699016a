import { z } from "zod";
import type { PaymentBatch } from "../banking/index.ts";
import { StartupProblem } from "./startup-problem.ts";

const address = z.strictObject({
  street: z.string().optional(),
  building: z.string().optional(),
  postCode: z.string().optional(),
  town: z.string().optional(),
  region: z.string().optional(),
  country: z.string(),
});

const bankDetail = z.strictObject({
  method: z.enum(["bank", "paypal", "wise", "payoneer"]).default("bank"),
  country: z.string(),
  currency: z.string(),
  holder: z.string(),
  fields: z.record(z.string(), z.string()),
});

const debtor = bankDetail.extend({ address: address.optional() });

/** An amount: minor units as text or whole number, never a decimal that a program may have rounded. */
const amount = z.strictObject({
  minor: z.union([z.string().regex(/^-?\d+$/), z.int()]).transform((value) => BigInt(value)),
  currency: z.string(),
});

const payment = z.strictObject({
  id: z.string(),
  amount,
  payee: z.strictObject({
    name: z.string(),
    account: bankDetail,
    address: address.optional(),
    email: z.string().optional(),
    kind: z.enum(["person", "company"]).optional(),
    id: z.string().optional(),
  }),
  chargeBearer: z.enum(["shared", "payer", "payee"]).optional(),
  purpose: z.string().optional(),
  remittance: z.string().optional(),
  reference: z.string().optional(),
  debtor: debtor.optional(),
  executionDate: z.string().optional(),
});

const options = z.strictObject({
  batchBooking: z.boolean().optional(),
  categoryPurpose: z.string().optional(),
  nacha: z
    .strictObject({
      destination: z.string().optional(),
      destinationName: z.string().optional(),
      origin: z.string().optional(),
      originName: z.string().optional(),
      modifier: z.string().optional(),
      entryClass: z.enum(["PPD", "CCD", "CTX"]).optional(),
      description: z.string().optional(),
      balanced: z.boolean().optional(),
    })
    .optional(),
  bacs: z.strictObject({ serviceUserNumber: z.string().optional(), serial: z.string().optional() }).optional(),
  mt101: z.strictObject({ sender: z.string(), receiver: z.string() }).optional(),
  csv: z
    .strictObject({
      delimiter: z.enum([",", ";", "\t"]).optional(),
      decimal: z.enum([".", ","]).optional(),
      header: z.boolean().optional(),
      columns: z.array(z.strictObject({ title: z.string(), value: z.string(), fixed: z.string().optional() })),
    })
    .optional(),
  paypal: z.strictObject({ decimalComma: z.boolean().optional() }).optional(),
  wise: z.strictObject({ amountCurrency: z.enum(["source", "target"]).optional() }).optional(),
});

const batch = z.strictObject({
  id: z.string(),
  createdAt: z.iso.datetime({ offset: true }).optional(),
  initiator: z.strictObject({ name: z.string(), id: z.string().optional() }),
  debtor,
  executionDate: z.string(),
  payments: z.array(payment),
  options: options.optional(),
});

/**
 * The batch in a JSON document (docs/reference/payment-files.md). `now` stands in where it does not say when it was made.
 * @throws StartupProblem when the document is another one: what is wrong and where
 */
export function parsePaymentBatch(document: unknown, now: Date): PaymentBatch {
  const parsed = batch.safeParse(document);
  if (!parsed.success) {
    const issues = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join(".") || "the document"}: ${message}`);
    throw new StartupProblem(`The payments cannot be read. ${issues.join("; ")}.`);
  }
  const { createdAt, ...rest } = parsed.data;
  return { ...rest, createdAt: createdAt === undefined ? now : new Date(createdAt) } as PaymentBatch;
}
