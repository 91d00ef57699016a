import type { ServerResponse } from "node:http";
import type { StoredCall } from "../contracts.ts";
import { parseReceiptId, receiptId } from "../core/receipt-id.ts";
import type { AskedCall, Dialect, DialectCall } from "../dialects/core/contracts.ts";
import type { EdgeSourceRow } from "../store/edge-rows.ts";
import { sendForeign } from "./foreign-answer.ts";
import type { IncomingCall } from "./postback.ts";

/** A call as the log holds it, with what became of its first line. */
export interface EarlierCall {
  readonly receivedAt: Date;
  readonly call: StoredCall;
  readonly processed: boolean;
  /** why its first line counts for nobody, when it does not */
  readonly problem: string | undefined;
}

export interface AskDeps {
  /** finds an earlier call by its place in the log; without it none is found */
  readonly findCall?: (lane: number, seq: bigint) => Promise<EarlierCall | undefined>;
  readonly onDefect?: (error: Error) => void;
}

interface Asking {
  readonly incoming: IncomingCall;
  readonly dialect: Dialect;
  readonly call: DialectCall;
  readonly source: EdgeSourceRow;
}

/** Tells what became of an earlier call; only of calls that the same source made. */
export function answerAsked(deps: AskDeps, asking: Asking, res: ServerResponse): void {
  void found(deps, asking)
    .catch((error: unknown) => {
      deps.onDefect?.(error as Error);
      return undefined;
    })
    .then((asked) => {
      const answer = asking.dialect.asked?.(asked, asking.call);
      if (answer === undefined) throw new Error(`${asking.dialect.name} has no answer to a question`);
      sendForeign(res, asking.incoming.req, asking.call.rule, answer);
    })
    .catch((error: unknown) => deps.onDefect?.(error as Error));
}

async function found(deps: AskDeps, { dialect, call, source }: Asking): Promise<AskedCall | undefined> {
  const id = dialect.ask?.(call);
  const place = id === undefined ? undefined : parseReceiptId(id);
  const earlier = place === undefined ? undefined : await deps.findCall?.(place.lane, place.seq);
  if (place === undefined || earlier === undefined || earlier.call.sourceId !== source.source_id) return undefined;
  const [line] = earlier.call.events;
  const event = line === undefined || "refused" in line ? undefined : line;
  const refused =
    earlier.call.refused?.code ?? (line !== undefined && "refused" in line ? line.refused.code : undefined);
  return {
    receipt: receiptId(place.lane, place.seq),
    receivedAt: earlier.receivedAt,
    method: methodOf(event, earlier.call),
    raw: earlier.call.raw ?? "",
    processed: earlier.processed,
    problem: refused ?? earlier.problem,
    externalId: event?.externalId,
    type: event?.type,
  };
}

/** What kind of call it was, as far as its event says. */
function methodOf(event: { readonly void?: true; readonly ifKnown?: string } | undefined, call: StoredCall): string {
  if (event?.void === true) return "DELETE";
  if (event?.ifKnown !== undefined) return "PUT";
  return call.events.length === 0 ? "" : "POST";
}
