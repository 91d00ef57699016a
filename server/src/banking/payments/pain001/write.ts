import { amountText, mixedSum, totalsOf } from "../amounts.ts";
import type { PaymentBatch, WrittenFile } from "../contracts.ts";
import { type Demands, Findings, type Prepared, prepare } from "../prepare.ts";
import { type Element, xmlDocument } from "../xml.ts";
import { accountOf, agentOf, initiator, partyOf, remittanceOf } from "./parts.ts";
import type { Profile } from "./profiles.ts";
import { checkRoute, type Route, routeOf } from "./route.ts";

const DEMANDS: Demands = {
  methods: ["bank"],
  idSet: "latin",
  idLength: 35,
  mostMinor: 999_999_999_999_999n,
  debtor: true,
  most: 99_999,
};

interface Routed extends Prepared {
  readonly route: Route;
}

/**
 * A customer credit transfer initiation (ISO 20022). Payments are grouped into one block for each paying account, day, currency and kind of
 * transfer. Sources: the message definitions of ISO, EPC132-08 and EPC217-08 for SEPA, the Swiss Payment Standards of SIX, the German DK's
 * appendix 3.
 */
export function writePain001(batch: PaymentBatch, profile: Profile): WrittenFile {
  const findings = new Findings();
  const prepared = prepare(batch, DEMANDS, findings);
  const routed = prepared.map((one) => ({ ...one, route: routeOf(one) }));
  for (const one of routed) checkRoute(one, one.route, profile, findings);
  checkWhole(batch, findings);
  const root: Element = [
    "Document",
    [["CstmrCdtTrfInitn", [groupHeader(batch, profile, findings), ...blocks(batch, routed, profile, findings)]]],
    { xmlns: profile.namespace },
  ];
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  const amounts = batch.payments.map((payment) => payment.amount);
  return {
    ok: true,
    file: {
      format: profile.format,
      fileName: `${batch.id.replace(/[^A-Za-z0-9.-]/g, "-")}.xml`,
      mediaType: "application/xml",
      bytes: xmlDocument(root),
      payments: amounts.length,
      totals: totalsOf(amounts),
      controlSum: mixedSum(amounts),
      changes: findings.changes,
      references: batch.payments.map(({ id }) => ({ paymentId: id, reference: id })),
    },
  };
}

/** What the schema limits for the file as a whole. */
function checkWhole(batch: PaymentBatch, findings: Findings): void {
  const purpose = batch.options?.categoryPurpose;
  if (purpose !== undefined && !/^[A-Z]{4}$/.test(purpose)) {
    const hint = "Use a code of the ISO 20022 list, like SUPP, or leave it out.";
    findings.refuse(null, "options.categoryPurpose", purpose, ["wrong_format", "is no code of four capitals", hint]);
  }
  const sum = mixedSum(batch.payments.map((payment) => payment.amount));
  if (sum.replace(/[^0-9]/g, "").length > 18) {
    const hint = "Divide the payments into several files.";
    findings.refuse(null, "payments", sum, ["amount_too_large", "sum up to more than the file can say", hint]);
  }
}

function groupHeader(batch: PaymentBatch, profile: Profile, findings: Findings): Element {
  return [
    "GrpHdr",
    [
      ["MsgId", batch.id],
      ["CreDtTm", timeText(batch.createdAt)],
      ["NbOfTxs", String(batch.payments.length)],
      ["CtrlSum", mixedSum(batch.payments.map((payment) => payment.amount))],
      initiator(batch, profile, findings),
    ],
  ];
}

function timeText(time: Date): string {
  return Number.isNaN(time.getTime()) ? "" : `${time.toISOString().slice(0, 19)}Z`;
}

function blocks(
  batch: PaymentBatch,
  payments: readonly Routed[],
  profile: Profile,
  findings: Findings,
): readonly Element[] {
  const groups = Map.groupBy(payments, ({ debtor, executionDate, amount, route }) =>
    JSON.stringify([debtor.holder, debtor.fields, executionDate, amount.currency, route]),
  );
  return [...groups.values()].map((group, index) => block(batch, group, index + 1, profile, findings));
}

function block(
  batch: PaymentBatch,
  group: readonly Routed[],
  number: number,
  profile: Profile,
  findings: Findings,
): Element {
  const first = group[0];
  if (first === undefined) throw new Error("a block has a payment");
  const { debtor, route, executionDate } = first;
  const suffix = `-${number}`;
  const categoryPurpose = batch.options?.categoryPurpose;
  return [
    "PmtInf",
    [
      ["PmtInfId", `${batch.id.slice(0, 35 - suffix.length)}${suffix}`],
      ["PmtMtd", "TRF"],
      ["BtchBookg", batch.options?.batchBooking === false ? "false" : "true"],
      ["NbOfTxs", String(group.length)],
      ["CtrlSum", mixedSum(group.map((one) => one.amount))],
      paymentType(route, categoryPurpose),
      ["ReqdExctnDt", profile.wrappedDate ? [["Dt", executionDate]] : executionDate],
      partyOf("Dbtr", null, { name: debtor.holder, address: debtor.address }, profile, findings),
      accountOf("DbtrAcct", debtor, profile.sepaOnly ? undefined : debtor.currency),
      agentOf("DbtrAgt", debtor, profile, true),
      route === "sepa" ? ["ChrgBr", "SLEV"] : undefined,
      ...group.map((one) => transaction(one, profile, findings)),
    ],
  ];
}

function paymentType(route: Route, categoryPurpose: string | undefined): Element | undefined {
  const purpose: Element | undefined =
    categoryPurpose === undefined ? undefined : ["CtgyPurp", [["Cd", categoryPurpose]]];
  if (route === "sepa") return ["PmtTpInf", [["SvcLvl", [["Cd", "SEPA"]]], purpose]];
  return purpose === undefined ? undefined : ["PmtTpInf", [purpose]];
}

const CHARGES = { shared: "SHAR", payer: "DEBT", payee: "CRED" } as const;

function transaction(one: Routed, profile: Profile, findings: Findings): Element {
  const { payment, amount, account, route } = one;
  const { purpose } = payment;
  return [
    "CdtTrfTxInf",
    [
      [
        "PmtId",
        [
          ["InstrId", payment.id],
          ["EndToEndId", payment.id],
        ],
      ],
      ["Amt", [["InstdAmt", amountText(amount), { Ccy: amount.currency }]]],
      route === "abroad" || route === "domestic" ? ["ChrgBr", CHARGES[payment.chargeBearer ?? "shared"]] : undefined,
      agentOf("CdtrAgt", account, profile, false),
      partyOf("Cdtr", payment.id, payment.payee, profile, findings),
      accountOf("CdtrAcct", account, undefined),
      purpose === undefined ? undefined : ["Purp", [["Cd", purpose]]],
      remittanceOf(payment, profile, findings),
    ],
  ];
}
