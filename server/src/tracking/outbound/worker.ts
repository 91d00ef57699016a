import type { Db } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Vault } from "../events/source.ts";
import { type CallOptions, callPartner } from "./call.ts";
import { type Composed, composeCall, ofDelivery } from "./compose.ts";
import type { CallOutcome } from "./contracts.ts";
import { fillUrl } from "./core/macros.ts";
import { googleToken } from "./google-token.ts";
import { type Deliveries, type DeliveryOptions, type Outbox, startSending } from "./sender.ts";
import { type Claimed, claimDue, finishAttempt, insertAttempts } from "./store/deliveries.ts";

/** Starts calling partners' addresses. @param needs.vault opens secrets of postbacks; without it those that have any wait */
export function startDeliveries(needs: {
  readonly db: Db;
  readonly clock: Clock;
  /** in [0, 1) */
  readonly random: () => number;
  readonly vault?: Vault;
  readonly options?: DeliveryOptions;
}): Deliveries {
  return startSending({ ...needs, outbox: postbackOutbox(needs.vault ?? NO_KEY, needs.clock) });
}

/** For a process that was given no key. */
export const NO_KEY: Vault = {
  close: () => {
    throw new Error("this process was given no key to seal with");
  },
  open: () => {
    throw new Error("this process was given no key to open secrets with");
  },
};

type Taken = Claimed & { readonly composed: Composed | { readonly problem: string } };

function postbackOutbox(vault: Vault, clock: Clock): Outbox<Taken> {
  return {
    async take(tx, request) {
      const due = (await claimDue(tx, request)).map((delivery) => ({
        ...delivery,
        composed: tryCompose(delivery, vault, clock),
      }));
      const attempts = due.map((delivery) => ({ ...delivery, ...noteOf(delivery) }));
      await insertAttempts(tx, request.now, attempts);
      return due;
    },
    call: (delivery, options) => callComposed(delivery, delivery.composed, vault, clock, options),
    finish: finishAttempt,
  };
}

function tryCompose(delivery: Claimed, vault: Vault, clock: Clock): Taken["composed"] {
  try {
    return composeCall(ofDelivery(delivery), vault, clock.now());
  } catch (error) {
    return { problem: `a secret of this postback cannot be opened: ${(error as Error).message}` };
  }
}

function noteOf(delivery: Taken) {
  const { composed } = delivery;
  if ("call" in composed) return { url: composed.call.url, sent: composed.sent };
  return { url: fillUrl(delivery.url, delivery.values), sent: { method: delivery.method, headers: {}, body: null } };
}

/** Calls what was composed; for a platform that wants a fresh access token, with one. */
export async function callComposed(
  delivery: Parameters<typeof ofDelivery>[0],
  composed: Taken["composed"],
  vault: Vault,
  clock: Clock,
  options: CallOptions,
): Promise<CallOutcome> {
  if ("problem" in composed) return failed(composed.problem);
  if (delivery.template !== "google") return await callPartner(composed.call, options);
  const got = await googleToken(composed.credentials, options, delivery.settings.tokenAddress);
  if ("problem" in got) return failed(got.problem);
  const { call } = composeCall(ofDelivery(delivery), vault, clock.now(), { accessToken: got.token });
  return await callPartner(call, options);
}

function failed(problem: string): CallOutcome {
  return { status: null, error: problem, durationMs: 0, response: null, retryAfterMs: null };
}
