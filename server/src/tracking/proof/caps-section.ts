import type { SetUpSheet, TrafficCap } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { formatMoney, money } from "../../kernel/money.ts";
import { listCaps } from "../caps/service.ts";
import { CAP_WORDS } from "./core/cap-words.ts";
import type { ProofLanguage } from "./core/words.ts";

interface Asked {
  readonly programId: string;
  readonly offerId: string;
  readonly partnerId: string;
  readonly language: ProofLanguage;
}

const MOST = 100;

/** What of the set-up is used up at some time: the caps that count this partner on this offer, as far as whoever asks may see them. */
export async function capsSection(ctx: Context, actor: Actor, asked: Asked): Promise<SetUpSheet["sections"][number]> {
  const words = CAP_WORDS[asked.language];
  const page = await listCaps(ctx, actor, { programId: [asked.programId], status: ["active"], limit: MOST });
  const caps = page.rows.filter(
    (cap) => (cap.offerId ?? asked.offerId) === asked.offerId && (cap.partnerId ?? asked.partnerId) === asked.partnerId,
  );
  const rows = caps.map((cap) => [
    cap.name,
    limitOf(cap),
    words.metrics[cap.metric](cap.eventType),
    words.periods[cap.period],
    cap.each === "all" || cap.each === "partner" || cap.each === "source" ? words.each[cap.each] : cap.each,
    words.overflow[cap.overflow.kind],
  ]);
  return {
    code: "caps",
    title: words.title,
    text: rows.length === 0 ? [words.none] : [],
    rows: rows.length === 0 ? [] : [[...words.heading], ...rows],
    calls: [],
  };
}

function limitOf({ limit, currency }: TrafficCap): string {
  return currency === null ? limit : formatMoney(money(BigInt(limit), currency));
}
