import { type NewLead as Lead, NewLead } from "@tributary/contract";
import { type Actor, systemActor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import {
  addActivity,
  addTask,
  createForm,
  getLead,
  loseLead,
  moveLead,
  saveRoutingRules,
  saveSourceRules,
  saveTargets,
  takeLeads,
  winLead,
} from "../../pipeline/index.ts";
import type { SampleRecords } from "./records.ts";

type SettableClock = Clock & { set(at: Date | string): void };
const DAY = 86_400_000;

const BRANDS = "Alpina Boreal Cobalt Dorado Ember Fjord Girasol Helix Indigo Jade Koral Lumen Mistral Nimbus Onyx Prisma Quanta Ronda Sable Tundra Umbra Vela Willow Xenia Yarrow Zephyr Atlas Brisa Cumbre Delta".split(" "); // biome-ignore format: one line
const TAILS = ["Media", "Reviews", "Traders", "Compare", "Network"];
const KINDS = ["affiliate", "affiliate", "introducing_broker", "influencer", "media_buyer", "network"] as const;
const PLACES = [["MX", "es"], ["DE", "de"], ["ES", "es"], ["BR", "pt"], ["GB", "en"], ["CO", "es"], ["PL", "pl"], ["AE", "en"]] as const; // biome-ignore format: one line
const SOURCES = [
  "utm_source=google&utm_medium=cpc",
  "iGB Affiliate London 2026",
  "LinkedIn",
  "referral",
  "utm_source=Linked%20In&utm_campaign=outbound",
  "SiGMA fair",
  "newsletter_march",
] as const;
const STEPS = ["Call about traffic sources", "Send the deal sheet", "Answer on hybrid terms", "Book a demo"] as const;
const WAY = ["contacted", "qualified", "negotiation", "agreed"] as const;
const REASONS = ["no_answer", "terms", "competitor", "traffic_unsuitable", "not_allowed_there"] as const;
const COUNT = 60;

/** The pipeline of the sample: rules, a form, sixty leads of the last months on their way, what was said, and what is next. */
export async function writePipeline(
  ctx: Context,
  records: SampleRecords,
  clock: SettableClock,
  until: number,
): Promise<void> {
  const system = systemActor("sample");
  clock.set(new Date(until - 120 * DAY));
  await writeRules(ctx, records);
  await writeForm(ctx, records);
  const programs = Object.values(records.programIds);
  for (let at = 0; at < COUNT; at++) {
    // Four months back to yesterday, closer together towards the end.
    const came = until - Math.round(118 * (1 - at / COUNT) ** 1.4 + 1) * DAY;
    clock.set(new Date(came));
    const lead = sampleLead(at, programs[at % programs.length] as string, records, came);
    const channel = at % 4 === 0 ? "form" : at % 7 === 0 ? "file" : "hand";
    const [taken] = await takeLeads(ctx, system, [NewLead.parse(lead)], { channel });
    if (taken === undefined || "refused" in taken || taken.outcome === "known") continue;
    await workOn(ctx, records.cast.operations, taken.id, at, came, until, clock);
  }
  clock.set(new Date(until));
  await writeTargets(ctx, records, until);
}

async function writeRules(ctx: Context, records: SampleRecords): Promise<void> {
  const { owners, operations } = records.cast;
  const person = (region: string) => ({ userId: owners[region] as string });
  await saveSourceRules(ctx, operations, {
    after: 0,
    note: "first rules",
    rules: [
      { match: "prefix", text: "google", source: "Google Ads" },
      { match: "exact", text: "LinkedIn", source: "LinkedIn" },
      { match: "contains", text: "iGB", source: "Fair" },
      { match: "pattern", text: "*fair*", source: "Fair" },
      { match: "exact", text: "referral", source: "Referral" },
    ],
  });
  await saveRoutingRules(ctx, records.cast.administrator, {
    after: 0,
    note: "by language, the rest by turns",
    rules: [
      { name: "LATAM and Spain", when: { languages: ["es", "pt"] }, to: { how: "person", people: [person("latam")] } },
      {
        name: "Networks",
        when: { kinds: ["network"] },
        to: { how: "load", people: [person("eu"), person("mena")], most: 20 },
      },
      {
        name: "Europe by turns",
        when: { countries: ["DE", "GB", "PL"] },
        to: { how: "turns", people: [{ ...person("eu"), weight: 3 }, person("apac")] },
      },
    ],
  });
}

async function writeForm(ctx: Context, records: SampleRecords): Promise<void> {
  const programId = Object.values(records.programIds)[0] as string;

  const text = (en: string, es: string) => ({ en, es });
  await createForm(
    ctx,
    records.cast.operations,
    {
      programId,
      address: "become-a-partner",
      name: "Website: become a partner",
      definition: {
        languages: ["en", "es"],
        title: text("Become a partner", "Sea nuestro socio"),
        intro: text(
          "Tell us how you reach people. We answer within two working days.",
          "Cuéntenos cómo llega a la gente. Respondemos en dos días hábiles.",
        ),
        source: "website",
        questions: [
          {
            id: "company",
            kind: "text",
            field: "name",
            required: true,
            label: text("Company or brand", "Empresa o marca"),
          },
          { id: "person", kind: "text", field: "contactName", required: true, label: text("Your name", "Su nombre") },
          { id: "email", kind: "email", field: "email", required: true, label: text("E-mail", "Correo electrónico") },
          { id: "website", kind: "url", field: "website", label: text("Website or channel", "Sitio web o canal") },
          { id: "country", kind: "country", field: "country", required: true, label: text("Country", "País") },
          {
            id: "traffic",
            kind: "choices",
            label: text("How do you reach people?", "¿Cómo llega a la gente?"),
            choices: [
              { value: "seo", label: text("Search", "Buscadores") },
              { value: "paid", label: text("Paid ads", "Publicidad de pago") },
              { value: "social", label: text("Social media", "Redes sociales") },
            ],
          },
          {
            id: "ftds",
            kind: "number",
            field: "expectedFtds",
            label: text("First-time depositors you expect a month", "Primeros depósitos que espera al mes"),
          },
          {
            id: "consent",
            kind: "consent",
            required: true,
            label: text(
              "I agree that my answers are kept to decide about my application.",
              "Acepto que mis respuestas se guarden para decidir sobre mi solicitud.",
            ),
          },
        ],
      },
    },
    "",
  );
}

function sampleLead(at: number, programId: string, records: SampleRecords, came: number): Lead {
  const brand = BRANDS[(at * 7) % BRANDS.length] ?? "Brand";
  const name = `${brand} ${TAILS[(at + Math.floor(at / BRANDS.length)) % TAILS.length]}`;
  const [country, language] = PLACES[at % PLACES.length] ?? PLACES[0];
  const site = `${name.toLowerCase().replace(" ", "-")}.example`;
  const recruiter = at % 9 === 4 ? ([...records.partnerIds.keys()][at] ?? "") : "";
  const month = new Date(came + 70 * DAY).toISOString().slice(0, 7);
  return {
    name,
    contactName: `${brand} ${"ABCDEFGH"[at % 8]}.`,
    email: `hello@${site}`,
    website: `https://${site}`,
    kind: KINDS[at % KINDS.length] ?? "affiliate",
    country,
    language,
    programId,
    source: SOURCES[at % SOURCES.length] ?? "",
    recruiter,
    expectedFtds: 5 + ((at * 13) % 90),
    expectedRevenue: { minor: String((5 + ((at * 13) % 90)) * 18_000), currency: "EUR" },
    expectedMonth: month,
    externalRef: `sample-lead-${at}`,
  };
}

async function workOn(
  ctx: Context,
  actor: Actor,
  id: string,
  at: number,
  came: number,
  until: number,
  clock: SettableClock,
): Promise<void> {
  const step = (days: number) => clock.set(new Date(Math.min(came + days * DAY, until)));
  step(1);
  await addActivity(ctx, actor, {
    leadId: id,
    kind: at % 2 === 0 ? "call" : "note",
    ...(at % 2 === 0 ? { direction: "out" as const, minutes: 12 } : {}),
    subject: "First contact",
    body: "Interested; asked for terms and creatives.",
  });
  const age = (until - came) / DAY;
  const steps = Math.min(at % 5, Math.floor(age / 6));
  if ((await getLead(ctx, actor, id)).status !== "open") return;
  for (let done = 0; done < steps; done++) {
    step(3 + done * 6);
    const { revision } = await getLead(ctx, actor, id);
    await moveLead(ctx, actor, id, { revision, stageId: WAY[done] as string });
  }
  const lead = await getLead(ctx, actor, id);
  if (at % 6 === 5 && age > 20) {
    step(20);
    await loseLead(ctx, actor, id, {
      revision: lead.revision,
      reason: REASONS[at % REASONS.length] as string,
      note: "",
    });
  } else if (steps === 4 && at % 10 === 4) {
    step(30);
    await winLead(ctx, actor, id, {
      revision: lead.revision,
      code: `lead-${at}-${lead.name.toLowerCase().replaceAll(" ", "-")}`,
    });
  } else if (at % 3 === 0) {
    const dueAt = new Date(until + ((at % 9) - 3) * DAY).toISOString();
    await addTask(ctx, actor, {
      leadId: id,
      title: STEPS[at % STEPS.length] as string,
      dueAt,
      ownerUserId: lead.ownerUserId,
    });
  }
}

async function writeTargets(ctx: Context, records: SampleRecords, until: number): Promise<void> {
  const first = new Date(until);
  const months = [0, 1, 2, 3, 4, 5].map((ahead) =>
    new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7),
  );
  await saveTargets(ctx, records.cast.administrator, {
    data: months.map((month, at) => ({ month, ownerUserId: "", ftds: 300 + at * 40 })),
  });
}
