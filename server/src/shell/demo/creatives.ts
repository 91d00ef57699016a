import { attachRegime, jurisdictionCheck } from "../../compliance/index.ts";
import type { Context } from "../../database/index.ts";
import { addDays, dayOf } from "../../kernel/period.ts";
import { createCreative, decideCreative } from "../../programs/index.ts";
import { accessNeeds } from "../offer-access.ts";
import type { SampleRecords } from "./records.ts";

/** Material of every offer: an approved banner, one that waits, and one whose end is near. FX offers are held to a regime with a risk warning. */
export async function writeCreatives(ctx: Context, records: SampleRecords): Promise<void> {
  const { operations, administrator } = records.cast;
  const today = dayOf(ctx.clock.now(), "UTC");
  for (const [index, [key, offerId]] of [...records.offerIds].entries()) {
    const subject = { subjectKind: "offer" as const, subjectId: offerId, attached: true };
    const regime = REGIMES[key.split("/")[0] ?? ""];
    if (regime !== undefined) await attachRegime(ctx, administrator, { ...subject, ...regime });
    const { regimes } = await jurisdictionCheck(ctx, { offerId, language: "en" });
    const warnings = regimes.flatMap((one) => one.warnings.map(({ text }) => text));
    const wording = [...(WORDS[key.split("/")[0] ?? ""] ?? ["See what it does for you. #ad"]), ...warnings].join("\n");
    const base = {
      offerId,
      kind: "banner" as const,
      language: "en",
      wording,
      address: "https://cdn.example/300x250.png",
    };
    const banner = { ...base, name: "Banner 300 × 250", expiresOn: index % 3 === 1 ? addDays(today, 12) : null };
    const made = await createCreative(ctx, operations, banner, accessNeeds);
    const { revision } = made;
    const word = { revision, decision: "approve" as const, reason: "Compared with the rules of its regime." };
    await decideCreative(ctx, administrator, made.id, word, accessNeeds);
    const waits = { ...base, kind: "email" as const, name: "Newsletter of the month" };
    if (index % 2 === 0) await createCreative(ctx, operations, waits, accessNeeds);
  }
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  casino: ["An evening with two hundred tables. 18+ #ad", "BeGambleAware: gamble responsibly."],
  fx: ["Spreads from 0.6 pips on 60 pairs. #ad"],
};

const REGIMES: Readonly<Record<string, { regime: string; figures: Record<string, string> }>> = {
  fx: { regime: "uk-fca", figures: { loss: "74" } },
  casino: { regime: "uk-ukgc", figures: {} },
};
