import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PaymentStatus } from "./contracts.ts";
import { ISO_STATUSES } from "./iso-codes.ts";
import { CHANGE_CODES, RETURN_CODES } from "./nacha-codes.ts";
import { readPaymentStatus } from "./read.ts";

function read(text: string): readonly PaymentStatus[] {
  const result = readPaymentStatus(new TextEncoder().encode(text));
  assert.ok(result.ok, result.ok ? "" : result.refusal.message);
  return result.report.statuses;
}

function refusal(text: string): string {
  const result = readPaymentStatus(new TextEncoder().encode(text));
  assert.ok(!result.ok, "it was read");
  return result.refusal.message;
}

function short({ level, status, told, reason, references, amount }: PaymentStatus): string {
  const { endToEndId, blockId, messageId, providerId, traceNumber } = references;
  const name = endToEndId ?? blockId ?? messageId ?? traceNumber ?? providerId;
  return [level, status, told, name, reason?.code, amount === null ? undefined : `${amount.minor} ${amount.currency}`]
    .filter((one) => one !== undefined)
    .join(" ");
}

const iso = (name: string, body: string) =>
  `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${name}">${body}</Document>`;
const report = (body: string, version = "03") =>
  iso(
    `pain.002.001.${version}`,
    `<CstmrPmtStsRpt><GrpHdr><MsgId>R1</MsgId><CreDtTm>2026-04-02T10:00:00Z</CreDtTm></GrpHdr>${body}</CstmrPmtStsRpt>`,
  );
const transaction = (id: string, status: string, reason = "") =>
  `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId>${status === "" ? "" : `<TxSts>${status}</TxSts>`}${reason}</TxInfAndSts>`;
const because = (code: string, text = "") =>
  `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn>${text === "" ? "" : `<AddtlInf>${text}</AddtlInf>`}</StsRsnInf>`;
const GROUP = "<OrgnlGrpInfAndSts><OrgnlMsgId>RUN-1</OrgnlMsgId>";

describe("status reports of banks", () => {
  for (const version of ["02", "03", "05", "08", "10", "12", "14"]) {
    it(`pain.002.001.${version}: statuses at all three levels with their reasons in words`, () => {
      const statuses = read(
        report(
          `${GROUP}<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>RUN-1-1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>${transaction("P-1", "ACSC")}${transaction("P-2", "RJCT", because("AC04"))}${transaction("P-3", "PDNG")}</OrgnlPmtInfAndSts>`,
          version,
        ),
      );
      assert.deepEqual(statuses.map(short), [
        "file partial PART RUN-1",
        "block partial PART RUN-1-1",
        "payment settled ACSC P-1",
        "payment rejected RJCT P-2 AC04",
        "payment pending PDNG P-3",
      ]);
      assert.equal(statuses[3]?.sentence, "The payment P-2 was rejected: the account is closed (AC04).");
      assert.deepEqual(statuses[3]?.references, { messageId: "RUN-1", blockId: "RUN-1-1", endToEndId: "P-2" });
      assert.equal(statuses[0]?.at, "2026-04-02T10:00:00Z");
    });
  }

  it("gives a transaction without its own status that of its block, and in a block accepted in part the rejection it explains", () => {
    const listed = read(
      report(
        `${GROUP}</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>B</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>${transaction("P-1", "")}</OrgnlPmtInfAndSts>`,
      ),
    );
    assert.deepEqual(listed.map(short), ["block rejected RJCT B", "payment rejected RJCT P-1"]);
    const explained = read(
      report(
        `${GROUP}</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>B</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>${transaction("P-1", "", because("AC01"))}</OrgnlPmtInfAndSts>`,
      ),
    );
    assert.equal(explained.map(short)[1], "payment rejected RJCT P-1 AC01");
  });

  it("takes a status that the list does not have for pending, and says so", () => {
    const result = readPaymentStatus(
      new TextEncoder().encode(report(`${GROUP}<GrpSts>XXXX</GrpSts></OrgnlGrpInfAndSts>`)),
    );
    assert.ok(result.ok);
    assert.deepEqual(result.report.statuses.map(short), ["file pending XXXX RUN-1"]);
    assert.equal(result.report.remarks[0]?.code, "unknown_status");
    for (const [code, [kind]] of ISO_STATUSES) {
      const [one] = read(report(`${GROUP}<GrpSts>${code}</GrpSts></OrgnlGrpInfAndSts>`));
      assert.equal(one?.status, kind);
    }
  });

  it("reads what came back: pain.007, pacs.004, answers to a request to cancel, returns in a notification", () => {
    const reversal = iso(
      "pain.007.001.09",
      `<CstmrPmtRvsl><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-04-05T10:00:00</CreDtTm></GrpHdr><OrgnlGrpInf><OrgnlMsgId>RUN-1</OrgnlMsgId></OrgnlGrpInf><OrgnlPmtInfAndRvsl><OrgnlPmtInfId>B</OrgnlPmtInfId><TxInf><OrgnlEndToEndId>P-1</OrgnlEndToEndId><RvsdInstdAmt Ccy="EUR">12.50</RvsdInstdAmt><RvslRsnInf><Rsn><Cd>AM05</Cd></Rsn></RvslRsnInf></TxInf></OrgnlPmtInfAndRvsl></CstmrPmtRvsl>`,
    );
    const back = iso(
      "pacs.004.001.09",
      `<PmtRtr><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-04-05T10:00:00</CreDtTm></GrpHdr><TxInf><OrgnlEndToEndId>P-2</OrgnlEndToEndId><RtrdIntrBkSttlmAmt Ccy="EUR">3.00</RtrdIntrBkSttlmAmt><RtrRsnInf><Rsn><Cd>BE01</Cd></Rsn></RtrRsnInf></TxInf></PmtRtr>`,
    );
    const cancel = (code: string) =>
      iso(
        "camt.029.001.09",
        `<RsltnOfInvstgtn><Assgnmt><Id>C</Id><CreDtTm>2026-04-05T10:00:00</CreDtTm></Assgnmt><Sts><Conf>${code}</Conf></Sts><CxlDtls><TxInfAndSts><OrgnlEndToEndId>P-3</OrgnlEndToEndId></TxInfAndSts></CxlDtls></RsltnOfInvstgtn>`,
      );
    const notified = iso(
      "camt.054.001.08",
      `<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N</MsgId></GrpHdr><Ntfctn><Ntry><Amt Ccy="CHF">1.00</Amt><BookgDt><Dt>2026-04-06</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>P-4</EndToEndId></Refs><Amt Ccy="CHF">1.00</Amt><RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf></TxDtls><TxDtls><Refs><EndToEndId>P-5</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn>`,
    );
    assert.deepEqual(
      [reversal, back, cancel("CNCL"), cancel("RJCR"), cancel("PDCR"), notified].flatMap(read).map(short),
      [
        "payment returned RTRN P-1 AM05 1250 EUR",
        "payment returned RTRN P-2 BE01 300 EUR",
        "payment returned CNCL P-3",
        "payment accepted RJCR P-3",
        "payment pending PDCR P-3",
        "payment returned RTRN P-4 AC01 100 CHF",
      ],
    );
  });

  it("reads messages in an envelope, and all of several in a container", () => {
    const one = (id: string) => report(`${GROUP}</OrgnlGrpInfAndSts>${transaction(id, "RJCT", because("DS06"))}`, "10");
    const inside = [one("P-1"), one("P-2")].map((text) => text.replace('<?xml version="1.0"?>', ""));
    const wrapped = `<Envelope><AppHdr><MsgDefIdr>pain.002.001.10</MsgDefIdr></AppHdr>${inside[0]}</Envelope>`;
    assert.deepEqual(read(wrapped).map(short), ["payment rejected RJCT P-1 DS06"]);
    const result = readPaymentStatus(
      new TextEncoder().encode(
        `<conxml><MsgPain002>${inside[0]}</MsgPain002><MsgPain002>${inside[1]}</MsgPain002></conxml>`,
      ),
    );
    assert.ok(result.ok);
    assert.equal(result.report.format, "pain.002.001.10");
    assert.deepEqual(result.report.statuses.map(short), [
      "payment rejected RJCT P-1 DS06",
      "payment rejected RJCT P-2 DS06",
    ]);
  });

  it("reads the returned credits of a Bacs report by the reference on them, and refuses one about direct debits", () => {
    const arucs = (item: string) =>
      `<BACSDocument><Data><ARUCS><Header adviceNumber="7" currentProcessingDate="2026-04-07"/><Advice><OriginatingAccountRecords><OriginatingAccountRecord><Returned${item}Item ref="COMMISSION 2026-03 " transCode="99" returnCode="2" returnDescription="BENEFICIARY DECEASED" originalProcessingDate="2026-04-02" valueOf="65.00" currency="GBP"/></OriginatingAccountRecord></OriginatingAccountRecords></Advice></ARUCS></Data></BACSDocument>`;
    const [one] = read(arucs("Credit"));
    assert.deepEqual(one && short(one), "payment returned 2 COMMISSION 2026-03 2 6500 GBP");
    assert.equal(one?.references.traceNumber, "COMMISSION 2026-03");
    assert.match(refusal(arucs("Debit")), /direct debits/);
  });

  it("keeps an order whose payee is being checked pending, whatever the answer", () => {
    for (const code of ["RCVC", "RVCM", "RVMC", "RVNM", "RVNA", "RVNC"])
      assert.deepEqual(read(report(`${GROUP}</OrgnlGrpInfAndSts>${transaction("P-1", code)}`)).map(short), [
        `payment pending ${code} P-1`,
      ]);
  });

  it("refuses what says no status, with a sentence", () => {
    assert.match(refusal(report(`${GROUP}</OrgnlGrpInfAndSts>`)), /says no status/);
    assert.match(refusal(iso("pain.001.001.03", "<CstmrCdtTrfInitn/>")), /pain\.001\.001\.03 is no status report/);
    assert.match(refusal("<Document><a></Document>"), /cannot be read as XML/);
    assert.match(refusal(""), /empty/);
    assert.match(refusal("hello"), /no status report/);
  });

  it("has words for every return code and change code of NACHA that can come", () => {
    for (let number = 1; number <= 33; number += 1) assert.ok(RETURN_CODES.has(`R${String(number).padStart(2, "0")}`));
    for (const code of ["R61", "R67", "R68", "R69", "R70", "R80", "R85"]) assert.ok(RETURN_CODES.has(code));
    for (let number = 1; number <= 14; number += 1) assert.ok(CHANGE_CODES.has(`C${String(number).padStart(2, "0")}`));
  });
});

const json = (value: unknown) => read(JSON.stringify(value)).map(short);

describe("what payment providers say", () => {
  const item = (status: string, more: object = {}) => ({
    payout_item_id: "8AELMXH8UB2P8",
    transaction_status: status,
    payout_batch_id: "Q8KVJG9TZTNN4",
    sender_batch_id: "RUN-1",
    payout_item: {
      recipient_type: "EMAIL",
      amount: { value: "9.87", currency: "USD" },
      receiver: "a@b.co",
      sender_item_id: "P-1",
    },
    time_processed: "2026-04-02T10:17:41Z",
    ...more,
  });

  it("PayPal: items, batches and webhooks, each status in one of ours", () => {
    const kinds: Readonly<Record<string, string>> = {
      SUCCESS: "settled",
      FAILED: "rejected",
      PENDING: "pending",
      UNCLAIMED: "pending",
      RETURNED: "returned",
      ONHOLD: "pending",
      BLOCKED: "rejected",
      REFUNDED: "returned",
      REVERSED: "returned",
    };
    for (const [told, kind] of Object.entries(kinds))
      assert.deepEqual(json(item(told)), [`payment ${kind} ${told} P-1 987 USD`]);
    const errors = { name: "RECEIVER_UNREGISTERED", message: "Receiver is unregistered" };
    const webhook = {
      id: "WH-1",
      event_type: "PAYMENT.PAYOUTS-ITEM.FAILED",
      create_time: "2026-04-02T11:00:00Z",
      resource: item("FAILED", { errors }),
    };
    assert.deepEqual(json(webhook), ["payment rejected FAILED P-1 RECEIVER_UNREGISTERED 987 USD"]);
    const batch_header = {
      payout_batch_id: "Q8",
      batch_status: "SUCCESS",
      sender_batch_header: { sender_batch_id: "RUN-1" },
    };
    assert.deepEqual(json({ batch_header, items: [item("UNCLAIMED")] }), [
      "file accepted SUCCESS RUN-1",
      "payment pending UNCLAIMED P-1 987 USD",
    ]);
    assert.deepEqual(
      json({
        event_type: "PAYMENT.PAYOUTSBATCH.DENIED",
        resource: { batch_header: { ...batch_header, batch_status: "DENIED" } },
      }),
      ["file rejected DENIED RUN-1"],
    );
  });

  it("Wise: a transfer that bounced back is pending until it is refunded, because Wise may send it again", () => {
    const event = (state: string) => ({
      data: {
        resource: { type: "transfer", id: 111, profile_id: 222 },
        current_state: state,
        previous_state: "processing",
        occurred_at: "2026-04-02T12:34:56Z",
      },
      event_type: "transfers#state-change",
      sent_at: "2026-04-02T12:34:57Z",
    });
    const kinds: Readonly<Record<string, string>> = {
      incoming_payment_waiting: "pending",
      processing: "accepted",
      funds_converted: "accepted",
      outgoing_payment_sent: "settled",
      bounced_back: "pending",
      cancelled: "rejected",
      funds_refunded: "returned",
      charged_back: "returned",
    };
    for (const [told, kind] of Object.entries(kinds))
      assert.deepEqual(json(event(told)), [`payment ${kind} ${told} 111`]);
    const failure = {
      data: {
        transfer_id: 111,
        profile_id: 222,
        failure_reason_code: "WRONG_ID_NUMBER",
        failure_description: "Invalid recipient's ID document number",
        occurred_at: "2026-04-02T12:34:56Z",
      },
      event_type: "transfers#payout-failure",
    };
    assert.deepEqual(json(failure), ["payment pending transfers#payout-failure 111 WRONG_ID_NUMBER"]);
    assert.deepEqual(
      json([
        {
          id: 112,
          status: "outgoing_payment_sent",
          customerTransactionId: "P-1",
          targetValue: 10.5,
          targetCurrency: "EUR",
        },
      ]),
      ["payment settled outgoing_payment_sent P-1 1050 EUR"],
    );
  });

  it("Payoneer: the payout's own id comes back, with the reason of a cancellation", () => {
    const payout = (status: string) => ({
      result: {
        client_reference_id: "P-1",
        payout_id: "77",
        status,
        amount: "12.00",
        currency: "USD",
        reason_code: "10",
        reason_description: "Payee is blocked",
      },
    });
    assert.deepEqual(
      ["Transferred", "Pending", "Cancelled"].flatMap((status) => json(payout(status))),
      [
        "payment settled Transferred P-1 10 1200 USD",
        "payment pending Pending P-1 10 1200 USD",
        "payment rejected Cancelled P-1 10 1200 USD",
      ],
    );
  });

  it("takes a status that the documents do not name for pending, never for paid", () => {
    assert.deepEqual(json(item("SOMETHING_NEW")), ["payment pending SOMETHING_NEW P-1 987 USD"]);
    assert.match(refusal('{"hello": 1}'), /no provider/);
    assert.match(refusal('{"event_type": "PAYMENT.PAYOUTS-ITEM.SUCCEEDED"'), /not whole JSON/);
  });
});
