import type { Actor } from "../../access/index.ts";
import { type Context, transact, type Vault } from "../../database/index.ts";
import { fixedClock } from "../../kernel/clock.ts";
import { lookAgain, order, publishProcedure, saveProcedure, startCase } from "../../procedures/index.ts";
import { procedureNeeds } from "../onboarding.ts";
import type { SampleRecords } from "./records.ts";

const HOUR = 3_600_000;
const PROCEDURE = "business-review";

const YAML = `# Four times a year with every partner that is worth an hour.
procedure: business-review
title: { en: Business review with a partner, es: Revisión de negocio con un socio }
purpose: What went well, what did not, and what both sides do next.
stages:
  - key: prepare
    title: { en: Prepare the figures, es: Preparar las cifras }
    owner: owner
    due: { days: 2 }
    guide: |
      Take the last quarter from the funnel report. Look for what changed, not for what is large.
    tasks:
      - key: figures
        title: { en: Figures of the quarter, es: Cifras del trimestre }
        owner: owner
        checklist:
          - { key: traffic, title: { en: Clicks and first deposits, es: Clics y primeros depósitos } }
          - { key: money, title: { en: Earned and paid, es: Ganado y pagado } }
  - key: talk
    title: { en: Talk to the partner, es: Hablar con el socio }
    owner: owner
    due: { days: 5 }
    guide: Half an hour is enough. Ask first, show the figures afterwards.
    tasks:
      - key: questions
        title: { en: Send us your questions, es: Envíanos tus preguntas }
        owner: partner
        guide: Write down what you want to talk about, so that we can prepare it.
      - key: call
        title: { en: Hold the call, es: Mantener la llamada }
        owner: owner
    escalations:
      - { after: { days: 3 }, to: administrator, note: { en: The call did not happen yet, es: La llamada aún no se ha hecho } }
  - key: agree
    title: { en: Agree on next steps, es: Acordar los próximos pasos }
    owner: partner_operations
    due: { days: 2 }
    guide: Each step has a name and a day.
    gate:
      - decision: steps
        title: { en: The next steps are right, es: Los próximos pasos son correctos }
        role: partner_operations
        evidence: required
`;

/** Hours from the start of each review to its steps; what has not happened yet is left out. */
const REVIEWS: readonly { readonly daysAgo: number; readonly hours: readonly number[]; readonly dropped?: string }[] = [
  { daysAgo: 92, hours: [20, 30, 70, 90] },
  { daysAgo: 88, hours: [44, 60, 190, 260] },
  { daysAgo: 71, hours: [8, 24, 100, 120] },
  { daysAgo: 55, hours: [30, 75, 330, 350] },
  { daysAgo: 41, hours: [50, 55, 140, 310] },
  { daysAgo: 33, hours: [26], dropped: "The partner is on holiday until the next quarter." },
  { daysAgo: 20, hours: [22, 120] },
  { daysAgo: 12, hours: [18, 40, 100] },
  { daysAgo: 3, hours: [20] },
];

/** Business reviews of some partners: a procedure with a past, so that there is something to see where it takes long. */
export async function writeReviews(ctx: Context, records: SampleRecords, vault: Vault): Promise<void> {
  const { facts } = procedureNeeds;
  const { administrator } = records.cast;
  const until = ctx.clock.now().getTime();
  const at = (time: number): Context => ({ ...ctx, clock: fixedClock(new Date(Math.min(time, until))) });
  await transact(ctx, async (tx) => {
    const begun = { ...tx, clock: at(until - 100 * 24 * HOUR).clock };
    await saveProcedure(begun, administrator, { yaml: YAML, facts });
    await publishProcedure(begun, administrator, { procedure: PROCEDURE, summary: "The first version", facts });
    const partners = [...records.partnerIds.values()];
    for (const [index, review] of REVIEWS.entries()) {
      const partnerId = partners[index * 3];
      if (partnerId === undefined) continue;
      const start = until - review.daysAgo * 24 * HOUR;
      const when = (hours: number): Context => ({ ...tx, clock: at(start + hours * HOUR).clock });
      await hold(when, administrator, partnerId, review, vault);
    }
  });
}

/** One review as far as it came. */
async function hold(
  when: (hours: number) => Context,
  actor: Actor,
  partnerId: string,
  { hours, dropped }: (typeof REVIEWS)[number],
  vault: Vault,
): Promise<void> {
  const subject = { kind: "partner", id: partnerId, programId: null } as const;
  const { caseId } = await startCase(when(0), actor, { procedure: PROCEDURE, subject });
  const tick = (item: string) => ({ do: "tick", task: "figures", item }) as const;
  const orders = [
    [tick("traffic"), tick("money"), { do: "finish_task", task: "figures" }],
    [{ do: "finish_task", task: "questions" }],
    [{ do: "finish_task", task: "call" }],
    [
      {
        do: "sign",
        decision: "steps",
        verdict: "approved",
        comment: "",
        evidence: [],
        handedIn: { vault, items: [{ kind: "text", text: "A landing page of its own until the end of the month." }] },
      },
    ],
  ] as const;
  for (const [index, hour] of hours.entries()) {
    for (const one of orders[index] ?? []) await order(when(hour), actor, caseId, one);
    await lookAgain(when(hour), procedureNeeds, caseId);
  }
  if (dropped !== undefined)
    await order(when((hours.at(-1) ?? 0) + 24), actor, caseId, { do: "drop", reason: dropped });
}
