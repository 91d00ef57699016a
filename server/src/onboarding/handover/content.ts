import type { HandoverContent, LaunchGate, NewHandover } from "@tributary/contract";
import { peopleOfPartner, userNames } from "../../access/index.ts";
import { pairsOfPartners } from "../../agreements/index.ts";
import type { Context } from "../../database/index.ts";
import { addDays, dayOf } from "../../kernel/period.ts";
import { contactNamesOf, type PartnerView, partnerById, restrictionsOf } from "../../partners/index.ts";
import { payeeDetails, payeesOf } from "../../payees/index.ts";
import { offersByIds, programsByIds } from "../../programs/index.ts";
import { openLinksOf, trackingEvidence } from "../../tracking/index.ts";
import type { OnboardingNeeds } from "../contracts.ts";
import { openLapses } from "../store/lapses.ts";
import { launchesOf } from "../store/launches.ts";
import { HANDOVER_WORDS, type HandoverWords } from "./words.ts";

type Section = HandoverContent["sections"][number];
type Row = Section["rows"][number];
const row = (label: string, value: string, screen: string | null = null): Row => ({ label, value, screen });

interface Writing {
  readonly ctx: Context;
  readonly partner: PartnerView;
  readonly words: HandoverWords;
  readonly input: NewHandover;
  readonly needs: OnboardingNeeds;
  readonly today: string;
}

/** The page as it would be frozen now. @param gates conditions on the way that do not hold, or hold by a waiver */
export async function handoverContent(
  ctx: Context,
  partner: PartnerView,
  input: NewHandover,
  needs: OnboardingNeeds,
  gates: readonly LaunchGate[],
): Promise<HandoverContent> {
  const words = HANDOVER_WORDS[input.language];
  const today = dayOf(ctx.clock.now(), "UTC");
  const writing = { ctx, partner, words, input, needs, today };
  const sections = [
    await whoItIs(writing),
    await termsInWords(writing),
    ...(await tracking(writing)),
    await people(writing),
    await payee(writing),
    ...(await limits(writing, gates)),
    await firstDays(writing),
    section(writing, "notes", [], input.notes === "" ? [] : input.notes.split(/\n{2,}/)),
  ];
  return {
    title: words.title(partner.name),
    language: input.language,
    partnerName: partner.name,
    sections: sections.filter((one) => one.rows.length + one.text.length > 0),
  };
}

function section({ words }: Writing, code: keyof HandoverWords["sections"], rows: Row[], text: string[] = []): Section {
  return { code, title: words.sections[code], text, rows };
}

async function whoItIs(writing: Writing): Promise<Section> {
  const { ctx, partner, words } = writing;
  const ids = [partner.ownerUserId, partner.deputyUserId].filter((id) => id !== null);
  const names = await userNames(ctx, ids);
  const parent = partner.parentPartnerId === null ? undefined : await partnerById(ctx.db, partner.parentPartnerId);
  const rows = [
    row(words.kind, partner.kind.replaceAll("_", " ")),
    row(words.legalName, partner.legalName || partner.name),
    row(words.country, partner.country ?? ""),
    row(words.website, partner.website),
    row(words.status, partner.status),
    row(words.owner, names.get(partner.ownerUserId ?? "") ?? ""),
    row(words.deputy, names.get(partner.deputyUserId ?? "") ?? ""),
    row(words.parent, parent?.name ?? "", parent === undefined ? null : `/partners/${parent.partnerId}`),
  ];
  return section(
    writing,
    "partner",
    rows.filter(({ value }) => value !== ""),
  );
}

async function termsInWords(writing: Writing): Promise<Section> {
  const { ctx, partner, words, needs, input, today } = writing;
  const pairs = await pairsOfPartners(ctx.db, [partner.id]);
  const programs = new Map(
    (
      await programsByIds(
        ctx.db,
        pairs.map((one) => one.programId),
      )
    ).map((one) => [one.programId, one.name]),
  );
  const rows: Row[] = [];
  const text: string[] = [];
  for (const { programId } of pairs) {
    const terms = await needs.tracking.agreementOf(ctx.db, partner.id, programId, today, input.language);
    if (terms === undefined) continue;
    rows.push(
      row(
        programs.get(programId) ?? programId,
        words.version(terms.version, terms.validFrom),
        `/agreements/${terms.agreementId}`,
      ),
    );
    text.push(...terms.sentences);
  }
  return section(writing, "terms", rows, rows.length === 0 ? [words.noTerms] : text);
}

async function tracking(writing: Writing): Promise<Section[]> {
  const { ctx, partner, words, needs, today } = writing;
  const links = await openLinksOf(ctx.db, partner.id, null, ctx.clock.now());
  const offers = await offersByIds(ctx.db, [...new Set(links.map(({ offerId }) => offerId))]);
  const names = new Map(offers.map((one) => [one.offerId, one.name]));
  const tests: Row[] = [];
  for (const offer of offers) {
    const found = await trackingEvidence({ ...needs.tracking, whole: ctx.db }, partner.id, offer.offerId, today);
    for (const test of found?.tests ?? [])
      if (test.state !== "not_needed")
        tests.push(
          row(
            `${offer.name}: ${test.part}`,
            test.passed ? words.passed(test.at?.slice(0, 10) ?? "", test.by ?? "") : words.notPassed(test.state),
            test.runId === null ? null : `/tests/${test.runId}`,
          ),
        );
  }
  return [
    section(
      writing,
      "links",
      links.slice(0, 30).map((one) => row(names.get(one.offerId) ?? one.offerId, one.code, `/links/${one.linkId}`)),
    ),
    section(writing, "tests", tests),
  ];
}

async function people(writing: Writing): Promise<Section> {
  const { ctx, partner, words } = writing;
  const contacts = await contactNamesOf(ctx.db, [partner.id]);
  const users = await peopleOfPartner(ctx.db, partner.id);
  return section(writing, "contacts", [
    ...contacts.slice(0, 30).map(({ name }) => row(name, "")),
    ...users.map(({ name, email, roles }) =>
      row(name, `${email}, ${words.portal}: ${roles.map((one) => one.replace("partner_", "")).join(", ")}`),
    ),
  ]);
}

async function payee(writing: Writing): Promise<Section> {
  const { ctx, partner, words, today } = writing;
  const serving = await payeesOf(ctx, [partner.id], today);
  const found = await payeeDetails(
    ctx,
    serving.map(({ payeeId }) => payeeId),
  );
  const rows = [...found.values()].map((one) => {
    const [detail] = one.details;
    const masked = detail === undefined ? "" : Object.values(detail.masked.fields).filter(Boolean).join(" ");
    const how = [one.terms.payoutCurrency, one.terms.invoicing.replaceAll("_", " "), masked]
      .filter(Boolean)
      .join(" · ");
    return row(one.legalName, how, `/payees/${one.payeeId}`);
  });
  return section(writing, "payee", rows, rows.length === 0 ? [words.noPayee] : []);
}

async function limits(writing: Writing, gates: readonly LaunchGate[]): Promise<Section[]> {
  const { ctx, partner, words } = writing;
  const restrictions = await restrictionsOf(ctx, [partner.id]);
  const [launch] = await launchesOf(ctx.db, [partner.id]);
  const soft = launch?.state === "soft" ? launch : undefined;
  const caps = (soft?.caps ?? []).map((cap) =>
    row(
      words.soft(soft?.ends_on ?? ""),
      words.cap(cap.limit, cap.eventType ?? cap.metric, cap.period),
      `/caps/${cap.capId}`,
    ),
  );
  const lapses = await openLapses(ctx.db, [partner.id]);
  return [
    section(
      writing,
      "restrictions",
      [
        ...restrictions.map((one) =>
          row(
            words.restricted[one.kind],
            one.until === null ? words.untilLifted : words.until(one.until.toISOString().slice(0, 10)),
          ),
        ),
        ...caps,
      ],
      soft?.criteria ? [soft.criteria] : [],
    ),
    section(
      writing,
      "open",
      [
        ...gates
          .filter((gate) => !gate.holds || gate.how === "waived")
          .map((gate) =>
            row(
              gate.title,
              gate.waiver === null ? gate.sentence : `${gate.sentence} (${words.waived(gate.waiver.until)})`,
            ),
          ),
        ...lapses.map((one) => row(one.condition, `${one.sentence} (${words.lapsed})`)),
      ],
      [],
    ),
  ];
}

async function firstDays(writing: Writing): Promise<Section> {
  const { ctx, partner, words, today } = writing;
  const [launch] = await launchesOf(ctx.db, [partner.id]);
  const from = launch === undefined ? today : dayOf(launch.launched_at, "UTC");
  return section(
    writing,
    "plan",
    words.plan.map(([days, what]) => row(addDays(from, days), what)),
  );
}
