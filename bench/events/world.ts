import { acceptVersion, approveVersion, proposeVersion } from "../../server/src/agreements/index.ts";
import { createPartner } from "../../server/src/partners/index.ts";
import { createPlan, publishPlanVersion } from "../../server/src/plans/index.ts";
import { createProgram, moveProgram } from "../../server/src/programs/index.ts";
import type { Program } from "../../server/src/shell/program.ts";
import { openTracking } from "../../server/src/shell/tracking-parts.ts";
import { ENTRY_KIND, type StoredClick } from "../../server/src/tracking/index.ts";
import { ANNA, BERT, CPA, planOf, SHARE } from "../../server/test/money/world.ts";

export interface Place {
  readonly programId: string;
  readonly partnerIds: readonly string[];
}

/** One program, and partners who accepted a CPA with revenue share. */
export async function agreeOnTerms(program: Program, partners: number): Promise<Place> {
  const { ctx } = program;
  const fallbackUrl = "https://operator.example/";
  const made = await createProgram(ctx, ANNA, {
    code: "bench",
    name: "Bench",
    timeZone: "UTC",
    currency: "EUR",
    fallbackUrl,
  });
  await moveProgram(ctx, ANNA, made.id, { revision: made.revision, status: "active" });
  const plan = await createPlan(ctx, ANNA, {
    programId: made.id,
    code: "hybrid",
    name: "Hybrid",
    document: planOf(CPA, SHARE),
  });
  const planVersionId = plan.versions[0]?.id ?? "";
  await publishPlanVersion(ctx, BERT, planVersionId);
  const partnerIds: string[] = [];
  for (let i = 0; i < partners; i += 1) {
    const partner = await createPartner(ctx, ANNA, { code: `p${i}-bench`, name: `Partner ${i}`, kind: "affiliate" });
    partnerIds.push(partner.id);
    const terms = { partnerId: partner.id, programId: made.id, planVersionId, validFrom: "2026-01-01" };
    const proposed = await proposeVersion(ctx, ANNA, terms);
    await approveVersion(ctx, BERT, proposed.id);
    const acceptance = { name: "Ada Bench", termsHash: proposed.termsHash, address: "192.0.2.1" };
    await acceptVersion(ctx, BERT, proposed.id, acceptance);
  }
  return { programId: made.id, partnerIds };
}

/** One click for each customer, recorded as the edge does. @returns click ids */
export async function recordClicks(program: Program, place: Place, count: number): Promise<string[]> {
  const { log, clickIds, stop } = await openTracking(program);
  const ids: string[] = [];
  const start = Date.parse("2026-03-01T00:00:00Z");
  let waiting: Promise<void>[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = start + i;
    const spot = log.reserve();
    const id = clickIds.issue(at, 1, spot.lane, spot.seq);
    ids.push(id);
    const partnerId = place.partnerIds[i % place.partnerIds.length] ?? "";
    const click: StoredClick = {
      v: 1,
      id,
      at,
      verdict: "click",
      to: "landing",
      link: 1,
      programId: place.programId,
      partnerId,
      sub1: `s${i % 100}`,
      country: "DE",
      ip: "192.0.2.1",
      ua: "Mozilla/5.0",
      device: "desktop",
    };
    waiting.push(
      new Promise((resolve, reject) => {
        log.appendAt(spot, ENTRY_KIND.click, at, JSON.stringify(click), (refusal) =>
          refusal ? reject(refusal) : resolve(),
        );
      }),
    );
    if (waiting.length === 5_000) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);
  await stop();
  return ids;
}
