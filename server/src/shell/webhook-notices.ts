import { z } from "zod";
import { systemActor } from "../access/index.ts";
import { type BookedLine, bookedLines, releasedLines } from "../commissions/index.ts";
import { type Context, type Jobs, transact } from "../database/index.ts";
import { queueWebhooks, typesListenedTo, type WebhookMessage } from "../integrations/index.ts";
import { publicNumber } from "../kernel/ids.ts";
import { partnerById } from "../partners/index.ts";
import { statementsById } from "../statements/index.ts";
import { linksByIds } from "../tracking/index.ts";

const Booked = z.object({ firstLineId: z.coerce.bigint(), lastLineId: z.coerce.bigint() });
const Released = z.object({ lines: z.array(z.tuple([z.string(), z.number(), z.string()])) });
const OfStatements = z.object({ statementIds: z.array(z.string()) });
const Accepted = z.object({
  agreementVersionId: z.string(),
  partnerId: z.string(),
  programId: z.string(),
  validFrom: z.string().nullable(),
});
const Moved = z.object({ partnerId: z.string(), from: z.string(), to: z.string(), revision: z.number() });
const OfLinks = z.object({ linkIds: z.array(z.string()) });
const Alert = z.looseObject({ kind: z.string(), programId: z.string().optional(), capId: z.string().optional() });
const HOUR_MS = 3_600_000;

type Teller = (ctx: Context, payload: unknown) => Promise<readonly WebhookMessage[]>;

/**
 * Which notices of the rooms the operator's systems hear of. A notice is a row of the transaction that it tells of; its handler may run
 * twice, and a message is then the same message (its `about`).
 */
const TELLERS: Readonly<Record<string, Teller>> = {
  "commissions.booked": async (ctx, payload) => {
    const { firstLineId, lastLineId } = Booked.parse(payload);
    return (await bookedLines(ctx.db, firstLineId, lastLineId)).map(bookedNews);
  },
  "commissions.released": async (ctx, payload) => {
    const lines = await releasedLines(ctx.db, Released.parse(payload).lines);
    return lines.map((line) => commissionNews(line, "commission.released", "released", ctx.clock.now()));
  },
  "statements.closed": (ctx, payload) => statementNews(ctx, payload, "statement.closed"),
  "statements.paid": (ctx, payload) => statementNews(ctx, payload, "statement.paid"),
  "agreements.accepted": async (ctx, payload) => {
    const data = Accepted.parse(payload);
    const { agreementVersionId: about, programId } = data;
    return [{ type: "agreement.accepted", at: ctx.clock.now(), about, programId, data }];
  },
  "partners.status_changed": partnerNews,
  "links.created": async (ctx, payload) => {
    const links = await linksByIds(ctx.db, OfLinks.parse(payload).linkIds);
    const at = ctx.clock.now();
    return links.map(({ linkId, partnerId, programId, offerId, code }) => {
      const data = { linkId, partnerId, programId, offerId, code };
      return { type: "link.created", at, about: linkId, programId, data };
    });
  },
  "tracking.alert": alertNews,
};

export function webhookNotices(ctx: Context): Jobs {
  const tasks = Object.entries(TELLERS).map(
    ([name, teller]) =>
      [
        name,
        async (payload: unknown) => {
          if ((await typesListenedTo(ctx.db)).size === 0) return;
          await transact(ctx, async (tx) => {
            await queueWebhooks(tx.db, tx.clock.now(), await teller(tx, payload));
          });
        },
      ] as const,
  );
  return { tasks: Object.fromEntries(tasks) };
}

function bookedNews(line: BookedLine): WebhookMessage {
  if (line.differenceMinor < 0n) return commissionNews(line, "commission.reversed", "reversed", line.calculatedAt);
  return commissionNews(line, "commission.booked", line.held ? "held" : "accrued", line.calculatedAt);
}

function commissionNews(
  line: BookedLine,
  type: "commission.booked" | "commission.released" | "commission.reversed",
  state: "accrued" | "held" | "released" | "reversed",
  at: Date,
): WebhookMessage {
  const { partnerId, programId, customerId } = line;
  return {
    type,
    at,
    about: line.lineId.toString(),
    programId,
    data: {
      lineId: publicNumber("cln", line.lineId),
      partnerId,
      programId,
      customerId: customerId === null ? null : publicNumber("cus", customerId),
      amount: { minor: line.differenceMinor.toString(), currency: line.currency },
      state,
    },
  };
}

async function statementNews(
  ctx: Context,
  payload: unknown,
  type: "statement.closed" | "statement.paid",
): Promise<readonly WebhookMessage[]> {
  const { statementIds } = OfStatements.parse(payload);
  const statements = await statementsById(ctx, systemActor("webhooks"), statementIds);
  return statements.map((statement) => {
    const { id, partnerId, month, currency } = statement;
    const data = {
      statementId: id,
      partnerId,
      month,
      currency,
      closing: statement.figures.closingPayable,
      paid: statement.paid,
      reference: statement.paymentReference,
    };
    return { type, at: ctx.clock.now(), about: id, programId: null, data };
  });
}

/**
 * A cap that is used up has a type of its own. The same cap is used up again in its next period with the same words: what is told within one
 * hour in the same words is one message, so a notice that is handled twice is not told twice.
 */
async function alertNews(ctx: Context, payload: unknown): Promise<readonly WebhookMessage[]> {
  const data = Alert.parse(payload);
  const at = ctx.clock.now();
  const about = `${Math.floor(at.getTime() / HOUR_MS)}:${JSON.stringify(data)}`;
  const place = { at, about, programId: data.programId ?? null };
  const { kind, capId } = data;
  if (kind !== "cap_reached" || capId === undefined) return [{ ...place, type: "tracking.alert", data }];
  return [{ ...place, type: "cap.reached", data: { ...data, capId } }];
}

async function partnerNews(ctx: Context, payload: unknown): Promise<readonly WebhookMessage[]> {
  const { partnerId, from: previousStatus, to: status, revision } = Moved.parse(payload);
  const partner = await partnerById(ctx.db, partnerId);
  if (partner === undefined) return [];
  const at = ctx.clock.now();
  const data = { partnerId, code: partner.code, name: partner.name, previousStatus };
  const place = { at, about: `${partnerId}:${revision}`, programId: null };
  const changed: WebhookMessage = { ...place, type: "partner.status_changed", data: { ...data, status } };
  return status === "active" ? [changed, { ...place, type: "partner.activated", data }] : [changed];
}
