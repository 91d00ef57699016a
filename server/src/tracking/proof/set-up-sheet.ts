import { LANDING_MACROS, type SetUpSheet } from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { notFound } from "../../kernel/refusals.ts";
import { partnerById, partnerTouch } from "../../partners/index.ts";
import { macrosIn } from "../../programs/index.ts";
import { linkUrl } from "../links/service.ts";
import { exampleCalls } from "./calls.ts";
import { capsSection } from "./caps-section.ts";
import { type Configured, configurationHashes, configuredFor, hashOf } from "./configuration.ts";
import type { ProofNeeds } from "./contracts.ts";
import { RUN_WORDS } from "./core/run-words.ts";
import { SHEET_WORDS } from "./core/sheet-words.ts";
import type { ProofLanguage } from "./core/words.ts";
import { evidenceOf } from "./evidence.ts";

type Section = SetUpSheet["sections"][number];
type Words = (typeof SHEET_WORDS)[ProofLanguage];

interface Asked {
  readonly partnerId: string;
  readonly offerId: string;
  readonly language: ProofLanguage;
}

/**
 * One page per partner and offer that documents itself from the configuration: nothing on it is written by hand, so nothing on it is old.
 * @throws Refusal not_found also for another partner's sheet
 */
export async function setUpSheet(ctx: Context, actor: Actor, asked: Asked, needs: ProofNeeds): Promise<SetUpSheet> {
  const { partnerId, offerId, language } = asked;
  const isPartner = actor.partnerId !== undefined;
  if (isPartner && actor.partnerId !== partnerId) throw notFound("partner", partnerId);
  requirePermission(actor, "links.read", await partnerTouch(ctx, partnerId));
  const now = ctx.clock.now();
  const day = now.toISOString().slice(0, 10);
  const configured = await configuredFor(needs, partnerId, offerId, day);
  const partner = await partnerById(ctx.db, partnerId);
  if (configured === undefined || partner === undefined) throw notFound("offer", offerId);
  // A partner has a sheet where it has links: which other offers there are is not told this way.
  if (isPartner && configured.links.length === 0) throw notFound("offer", offerId);
  const words = SHEET_WORDS[language];
  const { program, offer } = configured;
  const evidence = await evidenceOf(needs, configured, partnerId);
  const rules = await needs.rulesOf(needs.whole, program.programId, day, language);
  const agreement = await needs.agreementOf(needs.whole, partnerId, program.programId, day, language);
  const hashes = configured.links.map((link) => configurationHashes(configured, link.linkId).link);
  return {
    title: words.title(offer.name, partner.name),
    language,
    madeAt: now.toISOString(),
    configuration: hashOf([configurationHashes(configured, null), hashes]),
    partner: { id: partnerId, name: partner.name, code: partner.code },
    program: { id: program.programId, name: program.name },
    offer: { id: offerId, name: offer.name, code: offer.code, state: offer.status },
    sections: [
      testsSection(evidence, words),
      linksSection(configured, needs.publicUrl, words),
      landingSection(configured, words),
      ...eventSections(configured, needs.publicUrl, language, isPartner),
      postbacksSection(configured, words),
      section("rules", words.rules.title, rules === undefined ? [words.rules.none] : [...rules.sentences]),
      section(
        "terms",
        words.terms.title,
        agreement === undefined
          ? [words.terms.none]
          : [
              words.terms.version(agreement.agreementId, agreement.version, agreement.validFrom, agreement.validTo),
              ...agreement.sentences,
            ],
      ),
      targetingSection(configured, words),
      await capsSection(ctx, actor, { ...asked, programId: program.programId }),
    ],
    evidence,
  };
}

function section(
  code: string,
  title: string,
  text: string[],
  rows: string[][] = [],
  calls: Section["calls"] = [],
): Section {
  return { code, title, text, rows, calls };
}

function testsSection(evidence: SetUpSheet["evidence"], words: Words): Section {
  const { tests } = words;
  const rows = evidence.tests.map((test) => [
    tests.parts[test.part],
    tests.states[test.state],
    test.at?.slice(0, 16).replace("T", " ") ?? "",
    test.by === null ? "" : test.byPartner ? tests.byPartner(test.by) : test.by,
  ]);
  return section("tests", tests.title, [], [[...tests.heading], ...rows]);
}

function linksSection({ program, offer, links }: Configured, publicUrl: string, words: Words): Section {
  const rows = links.map((link) => [
    link.name || link.code,
    linkUrl(link.code, program, { publicUrl }),
    link.deepLink ?? offer.landingUrl,
    link.status,
  ]);
  const parameters = words.links.parameterRows.map(([name, meaning]) => `${name}: ${meaning}`);
  return section(
    "links",
    words.links.title,
    [...(rows.length === 0 ? [words.links.none] : []), words.links.parameters, ...parameters],
    rows.length === 0 ? [] : [[...words.links.heading], ...rows],
  );
}

function landingSection({ offer, landings }: Configured, words: Words): Section {
  const { landing } = words;
  const used = macrosIn(offer.landingUrl).map((name) => `{${name}}`);
  const others = LANDING_MACROS.map((name) => `{${name}}`).filter((name) => !used.includes(name));
  const pages = [offer.landingUrl, ...landings.map((page) => page.url)];
  return section("landing", landing.title, [
    ...pages.map((page) => `${landing.address}: ${page}`),
    `${landing.macros}: ${used.length === 0 ? words.none : used.join(" ")}`,
    landing.handedOn,
    `${landing.other}: ${others.join(" ")}`,
    `${landing.hosts}: ${offer.allowedHosts.join(", ") || words.none}`,
  ]);
}

function eventSections(
  configured: Configured,
  publicUrl: string,
  language: ProofLanguage,
  isPartner: boolean,
): Section[] {
  const words = SHEET_WORDS[language];
  const custom = configured.program.customEvents.flatMap((one) => {
    const { type, amount = "none" } = one as { readonly type?: string; readonly amount?: string };
    return type === undefined ? [] : [[type, words.events.custom(amount), "occurred_at"]];
  });
  const rows = [[...words.events.heading], ...words.events.rows.map((row) => [...row]), ...custom];
  if (isPartner) return [section("events", words.events.title, [words.sources.forPartner], rows)];
  const { sources, program } = configured;
  const spoken = new Set(["tributary", ...sources.map((source) => source.dialect)]);
  const calls = exampleCalls(sources, publicUrl, language, {
    clickId: "CLICK_ID",
    customerRef: "C-1001",
    currency: program.currency,
    run: "order-1",
  }).filter((call) => spoken.has(call.dialect));
  const sourceRows = sources.map((source) => [
    source.name,
    source.dialect,
    source.requireSignature ? words.yes : words.no,
    words.sources.token(source.sourceId.slice(-4)),
  ]);
  return [
    section(
      "events",
      words.events.title,
      [words.events.examples],
      rows,
      calls.map((call) => ({
        title: words.events.exampleOf(call.title, RUN_WORDS[language].stages[call.occasion as "registration" | "ftd"]),
        text: call.curl,
      })),
    ),
    section(
      "sources",
      words.sources.title,
      sourceRows.length === 0 ? [words.sources.none] : [],
      sourceRows.length === 0 ? [] : [[...words.sources.heading], ...sourceRows],
    ),
  ];
}

/** Addresses may hold a key of the partner's own tracker: what looks like one is not written out. */
function withoutSecrets(address: string): string {
  return address.replace(
    /([?&](?:[a-z_-]*(?:token|secret|key|password|signature|auth)[a-z_-]*)=)([^&#{]{5,})/gi,
    (_, name: string, value: string) => `${name}…${value.slice(-4)}`,
  );
}

function postbacksSection({ postbacks }: Configured, words: Words): Section {
  const rows = postbacks.map((one) => [
    one.name || one.postbackId,
    one.occasions.join(", "),
    `${one.method} ${withoutSecrets(one.url)}`,
  ]);
  return section(
    "postbacks",
    words.postbacks.title,
    rows.length === 0 ? [words.postbacks.none] : [],
    rows.length === 0 ? [] : [[...words.postbacks.heading], ...rows],
  );
}

function targetingSection({ program, offer }: Configured, words: Words): Section {
  const { targeting } = words;
  const range = [offer.startsAt, offer.endsAt].map((at) => at?.toISOString().slice(0, 10) ?? "…").join(" – ");
  const utm = Object.entries(offer.utm).map(([name, value]) => `${name}=${value}`);
  const rules = targetingInWords(offer.targeting, words);
  return section("targeting", targeting.title, [
    `${targeting.state}: ${program.status}, ${offer.status}`,
    `${targeting.countries}: ${offer.allowedCountries.join(", ") || targeting.everywhere}`,
    ...(offer.blockedCountries.length === 0 ? [] : [`${targeting.blocked}: ${offer.blockedCountries.join(", ")}`]),
    `${targeting.days}: ${offer.startsAt === null && offer.endsAt === null ? targeting.always : range}`,
    ...rules.map((rule) => `${targeting.rules}: ${rule}`),
    ...(utm.length === 0 ? [] : [`${targeting.utm}: ${utm.join(" ")}`]),
    `${targeting.fallback}: ${offer.fallbackUrl ?? program.fallbackUrl}`,
    `${targeting.zone}: ${program.timeZone}`,
    `${targeting.currency}: ${program.currency}`,
  ]);
}

/** What of the targeting says anything: `os: Android, iOS`, `device: not tv`. */
function targetingInWords(targeting: unknown, words: Words): string[] {
  return Object.entries((targeting ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, rule]) => {
    if (Array.isArray(rule))
      return rule.map(
        (one) =>
          `${name}: ${Object.values(one as object)
            .flat()
            .join(" ")}`,
      );
    const { is = [], isNot = [] } = (rule ?? {}) as {
      readonly is?: readonly string[];
      readonly isNot?: readonly string[];
    };
    const texts = [is.join(", "), isNot.length === 0 ? "" : `${words.targeting.blocked} ${isNot.join(", ")}`];
    const text = texts.filter((one) => one !== "").join("; ");
    return text === "" ? [] : [`${name}: ${text}`];
  });
}
