import type { Answers } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import {
  acceptDocument,
  addDocument,
  addPerson,
  addSite,
  answerQuestionnaire,
  attachRegime,
  type ComplianceNeeds,
  decideGo,
  keepPage,
  ratePartner,
  reviewSite,
  setHolding,
  startProof,
} from "../../compliance/index.ts";
import type { Context } from "../../database/index.ts";
import { addDays } from "../../kernel/period.ts";
import { changePartner, getPartner } from "../../partners/index.ts";
import { writeKeeping } from "./keeping.ts";
import type { SampleRecords } from "./records.ts";
import type { PartnerPlan } from "./world.ts";

interface Desk {
  readonly ctx: Context;
  readonly vault: ComplianceNeeds["vault"];
  readonly officer: Actor;
  readonly today: string;
}

/** Due diligence of some partners of the sample: one that is through, one that waits, one with a site that does not pass, one with layers behind it. */
export async function writeDiligence(
  ctx: Context,
  records: SampleRecords,
  partners: readonly PartnerPlan[],
  vault: ComplianceNeeds["vault"],
): Promise<void> {
  const desk: Desk = {
    ctx,
    vault,
    officer: records.cast.administrator,
    today: ctx.clock.now().toISOString().slice(0, 10),
  };
  const known = partners.flatMap((plan) => {
    const partnerId = records.partnerIds.get(plan.code);
    return partnerId === undefined ? [] : [{ plan, partnerId }];
  });
  const inOrder = [
    ...known.filter(({ plan }) => plan.portalUser !== undefined),
    ...known.filter(({ plan }) => plan.portalUser === undefined),
  ];
  const [first, second, third] = inOrder;
  if (first !== undefined) await writeCompany(desk, first.partnerId, first.plan);
  if (second !== undefined) await writePerson(desk, second.partnerId, second.plan);
  if (third !== undefined) await writeWaiting(desk, third.partnerId, third.plan);
  await writeKeeping(ctx, records, partners);
}

/** A scan as small as a PDF can be. */
const scan = (text: string): Buffer =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

async function handIn(
  desk: Desk,
  partnerId: string,
  kind: string,
  own: { name: string; expiresOn?: string; personId?: string },
  accepted = true,
): Promise<void> {
  const { ctx, vault, officer, today } = desk;
  const { name: nameOnIt, expiresOn, personId } = own;
  const input = {
    partnerId,
    kind,
    name: `${kind.replaceAll("_", "-")}.pdf`,
    number: `C${kind.length}${nameOnIt.length}4711`,
    issuedOn: addDays(today, -20),
    nameOnIt,
    note: "",
    ...(expiresOn === undefined ? {} : { expiresOn }),
    ...(personId === undefined ? {} : { personId }),
  };
  const made = await addDocument(ctx, officer, vault, input, scan(`${kind} of ${nameOnIt}`));
  if (!accepted) return;
  await acceptDocument(ctx, officer, made.id, {
    revision: made.revision,
    number: input.number,
    issuedOn: input.issuedOn,
    expiresOn: expiresOn ?? null,
    nameOnIt,
    reason: "Compared with the register and the contract.",
  });
}

const ANSWERS: Answers = {
  traffic_sources: ["seo", "email"],
  countries: ["ES", "DE"],
  under_18: "no",
  warnings: "no",
  advice: "no",
  public_office: "no",
};

async function become(desk: Desk, partnerId: string, entity: "company" | "individual"): Promise<void> {
  const { revision } = await getPartner(desk.ctx, desk.officer, partnerId);
  await changePartner(desk.ctx, desk.officer, partnerId, { revision, entity });
}

/** Through: papers of the company and of whoever stands behind it, answers, a low risk with a Go. */
async function writeCompany(desk: Desk, partnerId: string, plan: PartnerPlan): Promise<void> {
  const { ctx, officer, today } = desk;
  await become(desk, partnerId, "company");
  const person = { kind: "person", role: "owner", birth: "", identifier: "", note: "", country: plan.country } as const;
  const holding = await addPerson(ctx, officer, partnerId, {
    ...person,
    kind: "organization",
    name: `${plan.name} Holding BV`,
    share: "70",
    country: "NL",
  });
  const founder = await addPerson(ctx, officer, partnerId, {
    ...person,
    role: "director",
    name: plan.contact,
    share: "30",
  });
  const silent = await addPerson(ctx, officer, partnerId, { ...person, name: "Vera Lind", share: null });
  await setHolding(ctx, officer, partnerId, { holderId: silent.id, heldId: holding.id, share: "60" });
  await setHolding(ctx, officer, partnerId, { holderId: founder.id, heldId: holding.id, share: "40" });
  for (const kind of ["certificate_of_incorporation", "incumbency", "structure_chart", "bank_statement"])
    await handIn(desk, partnerId, kind, { name: plan.name });
  for (const { id, name } of [founder, silent]) {
    await handIn(desk, partnerId, "photo_id", {
      name,
      personId: id,
      expiresOn: addDays(today, id === founder.id ? 1400 : 40),
    });
    await handIn(desk, partnerId, "proof_of_address", { name, personId: id });
  }
  await answerQuestionnaire(ctx, officer, { questionnaire: "due-diligence", partnerId, answers: ANSWERS });
  await writeSite(desk, partnerId, `https://${plan.code}.example/`, GOOD_PAGE, "passed");
  await startProof(ctx, officer, { partnerId, domain: `${plan.code}.example` });
  await attachRegime(ctx, officer, {
    subjectKind: "partner",
    subjectId: partnerId,
    regime: "eu-esma",
    figures: { loss: "74.5" },
    attached: true,
  });
  const { revision } = await ratePartner(ctx, officer, partnerId);
  await decideGo(ctx, officer, partnerId, {
    revision,
    decision: "go",
    reason: "Known owners, clean answers, nothing on the lists.",
  });
}

/** A person whose site makes claims that nobody may make. */
async function writePerson(desk: Desk, partnerId: string, plan: PartnerPlan): Promise<void> {
  const { ctx, officer, today } = desk;
  await become(desk, partnerId, "individual");
  await handIn(desk, partnerId, "photo_id", { name: plan.contact, expiresOn: addDays(today, 900) });
  await handIn(desk, partnerId, "proof_of_address", { name: plan.contact });
  await answerQuestionnaire(ctx, officer, {
    questionnaire: "due-diligence",
    partnerId,
    answers: { ...ANSWERS, traffic_sources: ["social", "incentivized"], advice: "yes" },
  });
  await writeSite(desk, partnerId, `https://${plan.code}.example/bonus`, BAD_PAGE, "failed");
  await ratePartner(ctx, officer, partnerId);
}

/** Somebody who has handed in its papers just now. */
async function writeWaiting(desk: Desk, partnerId: string, plan: PartnerPlan): Promise<void> {
  const { ctx, officer, today } = desk;
  await become(desk, partnerId, "individual");
  await handIn(desk, partnerId, "photo_id", { name: plan.contact, expiresOn: addDays(today, 2000) }, false);
  await handIn(desk, partnerId, "proof_of_address", { name: plan.contact }, false);
  const { id } = await addSite(ctx, officer, {
    partnerId,
    kind: "website",
    address: `https://${plan.code}.example/`,
    note: "",
  });
  await keepPage(ctx, officer, id, {
    finalAddress: `https://${plan.code}.example/`,
    status: 200,
    html: GOOD_PAGE,
    problem: "",
  });
  await addSite(ctx, officer, {
    partnerId,
    kind: "social",
    address: `https://video.example/@${plan.code}`,
    note: "Weekly streams",
  });
}

async function writeSite(
  desk: Desk,
  partnerId: string,
  address: string,
  html: string,
  verdict: "passed" | "failed",
): Promise<void> {
  const { ctx, officer } = desk;
  const { id } = await addSite(ctx, officer, { partnerId, kind: "website", address, note: "" });
  const site = await keepPage(ctx, officer, id, { finalAddress: address, status: 200, html, problem: "" });
  const signs = site.snapshots[0]?.signs ?? {};
  await reviewSite(ctx, officer, id, {
    revision: site.revision,
    verdict,
    reason:
      verdict === "passed"
        ? "Terms beside every offer, warning in the foot."
        : "Promises profits; no risk warning, no age limit.",
    checklist: Object.fromEntries(
      site.checklist.map(({ code }) => [code, signs[code] === true || verdict === "passed" ? "yes" : "no"]),
    ),
    reviewOn: null,
  });
}

const GOOD_PAGE = `<html><head><title>Compared: twelve brokers</title></head><body><h1>Compared: twelve brokers</h1>
<p>Advertising. We are paid when you open an account. T&amp;Cs apply. 18+</p>
<p>Your capital is at risk. Trading is never risk-free.</p><footer>Imprint · Contact us</footer></body></html>`;
const BAD_PAGE = `<html><head><title>Guaranteed profits every week</title></head><body><h1>Quit your job!</h1>
<p>Our method is risk-free: guaranteed profits every week, even for beginners. Win back your losses in days.</p>
<p>Last chance: only 5 minutes left!</p></body></html>`;
