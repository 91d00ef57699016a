import type { ImportAction, ImportKind } from "@tributary/contract";
import { knownCustomers } from "../../../attribution/index.ts";
import { allOffers, hostAllowed, type OfferFacts } from "../../../programs/index.ts";
import {
  type AliasAddress,
  aliasPlace,
  edgeProgram,
  findCodes,
  readAlias,
  readHistory,
  readTime,
  takenAliases,
} from "../../../tracking/index.ts";
import type { ImportWork } from "../contracts.ts";
import { conversionEvent } from "../core/conversion.ts";
import { differences, type FieldChange } from "../core/differences.ts";
import { IMPORTERS } from "../core/importers/index.ts";
import type { RowProblem } from "../core/map-row.ts";
import type { Merged } from "../core/merge.ts";
import { type MadeRow, madeOf } from "../store/made.ts";
import { stageOf } from "../store/records.ts";
import { closedPartners, launchWarning } from "./closed-partners.ts";
import { originOf, type PartnerReference, resolvePartners, soleByEmail } from "./references.ts";

/** What becomes of a record, and why. A problem beside another action than `refuse` is a warning. */
export interface Decision {
  readonly content: Readonly<Record<string, string>>;
  readonly action: ImportAction;
  readonly changes: readonly FieldChange[];
  readonly problem: RowProblem | null;
  readonly targetId: string | null;
}

type Deciding = (work: ImportWork, records: readonly Merged[]) => Promise<readonly Decision[]>;

/** Decides about a batch of records of one kind, against what is here and what was taken over before. */
export function decideBatch(kind: ImportKind): Deciding {
  return DECIDERS[kind];
}

const DECIDERS: Readonly<Record<ImportKind, Deciding>> = {
  partner: decidePartners,
  parent: decideParents,
  link: decideLinks,
  code: decideCodes,
  customer: decideCustomers,
  conversion: decideConversions,
};

function refuse(content: Decision["content"], problem: RowProblem): Decision {
  return { content, action: "refuse", changes: [], problem, targetId: null };
}

/** What was taken over before decides first: the same, a change, or brought back after an undo. */
function againstMade(content: Decision["content"], made: MadeRow | undefined): Decision | undefined {
  if (made === undefined) return undefined;
  const changes = differences(made.content, content);
  const action = made.undone ? "restore" : changes.length > 0 ? "change" : "same";
  return { content: { ...made.content, ...content }, action, changes, problem: null, targetId: made.target_id };
}

function create(content: Decision["content"], problem: RowProblem | null = null): Decision {
  return { content, action: "create", changes: [], problem, targetId: null };
}

async function madeFor(
  work: ImportWork,
  kind: ImportKind,
  records: readonly Merged[],
): Promise<ReadonlyMap<string, MadeRow>> {
  return await madeOf(
    work.ctx.db,
    originOf(work),
    stageOf(kind),
    records.map((one) => one.lead.externalId),
  );
}

async function decidePartners(work: ImportWork, records: readonly Merged[]): Promise<readonly Decision[]> {
  const made = await madeFor(work, "partner", records);
  const known = await soleByEmail(
    work,
    records.map((one) => one.content.email ?? ""),
  );
  const waits = await launchWarning(work);
  return records.map((record) => {
    const { parent: _parent, ...said } = record.content;
    if (record.problem !== null) return refuse(said, record.problem);
    const before = made.get(record.lead.externalId);
    // A table that only mentions a partner tells nothing new about one that is here.
    const content =
      before !== undefined && !record.lead.primary ? { ...said, ...before.content } : named(work, said, before);
    const again = againstMade(content, before);
    if (again !== undefined) return again;
    const partnerId = known.get((content.email ?? "").toLowerCase());
    return partnerId === undefined
      ? create(content, (content.status ?? "active") === "active" ? waits : null)
      : { content, action: "join", changes: [], problem: null, targetId: partnerId };
  });
}

function named(work: ImportWork, content: Record<string, string>, before: MadeRow | undefined): Decision["content"] {
  if (content.name !== undefined || before !== undefined) return content;
  const name =
    content.company ??
    content.contact ??
    content.email ??
    `${IMPORTERS[work.row.vendor].title} ${content.externalId ?? ""}`;
  return { ...content, name: name.slice(0, 120) };
}

async function decideParents(work: ImportWork, records: readonly Merged[]): Promise<readonly Decision[]> {
  const made = await madeFor(work, "parent", records);
  const names = records.flatMap(({ content }) => [content.partner ?? "", content.parent ?? ""]);
  const partners = await resolvePartners(work, names);
  return records.map(({ content, lead }) => {
    if (!partners.has(content.partner ?? "")) return refuse(content, unknownPartner("partner", content.partner ?? ""));
    if (!partners.has(content.parent ?? "")) return refuse(content, unknownPartner("parent", content.parent ?? ""));
    return againstMade(content, made.get(lead.externalId)) ?? create(content);
  });
}

function unknownPartner(field: string, value: string): RowProblem {
  return {
    field,
    value,
    code: "unknown_partner",
  };
}

/** The offer of a link: the one that it names, the one that was chosen, or the only one there is. */
export function offerOf(
  offers: readonly OfferFacts[],
  named: string | undefined,
  chosen: string | undefined,
): OfferFacts | undefined {
  const open = offers.filter((offer) => offer.status !== "closed");
  const own =
    named === undefined
      ? undefined
      : offers.find((offer) => offer.offerId === named || offer.code === named.toLowerCase());
  return own ?? offers.find((offer) => offer.offerId === chosen) ?? (open.length === 1 ? open[0] : undefined);
}

export async function offersOf(work: ImportWork): Promise<readonly OfferFacts[]> {
  return (await allOffers(work.ctx.db)).filter((offer) => offer.programId === work.row.program_id);
}

/** Plain tables may hold addresses of any platform: the one that is told by most goes first. */
const GUESSES = [
  "tune",
  "impact",
  "scaleo",
  "affise",
  "cake",
  "post_affiliate_pro",
  "firstpromoter",
  "rewardful",
  "tapfiliate",
  "other",
] as const;

export function aliasFor(work: ImportWork, address: string): AliasAddress | undefined {
  const { vendor } = work.row;
  if (vendor !== "plain") return readAlias(vendor, address) ?? readAlias("other", address);
  for (const guess of GUESSES) {
    const read = readAlias(guess, address);
    if (read !== undefined) return read;
  }
  return undefined;
}

async function decideLinks(work: ImportWork, records: readonly Merged[]): Promise<readonly Decision[]> {
  const made = await madeFor(work, "link", records);
  const partners = await resolvePartners(
    work,
    records.map((one) => one.content.partner ?? ""),
  );
  const closed = await closedPartners(work, partners);
  const offers = await offersOf(work);
  const addresses = records.map((one) =>
    one.content.address === undefined ? undefined : aliasFor(work, one.content.address),
  );
  const taken = await takenAliases(
    work.ctx.db,
    work.row.program_id,
    addresses.filter((one) => one !== undefined),
  );
  return records.map((record, at): Decision => {
    const { content } = record;
    if (record.problem !== null) return refuse(content, record.problem);
    if (!partners.has(content.partner ?? "")) return refuse(content, unknownPartner("partner", content.partner ?? ""));
    const before = made.get(record.lead.externalId);
    const status = closed.get(content.partner ?? "");
    if (status !== undefined && before === undefined)
      return refuse(content, { field: "partner", value: content.partner ?? "", code: "partner_closed" });
    const address = addresses[at];
    if (content.address !== undefined && address === undefined)
      return refuse(content, {
        field: "address",
        value: content.address,
        code: "no_link_address",
      });
    const holder = address === undefined ? undefined : taken.get(aliasPlace(address));
    if (holder !== undefined && holder !== before?.target_id)
      return refuse(content, {
        field: "address",
        value: content.address ?? "",
        code: "address_taken",
        details: { holder },
      });
    const offer = offerOf(offers, content.offer, work.row.mapping.offerId);
    if (offer === undefined)
      return refuse(content, {
        field: "offer",
        value: content.offer ?? "",
        code: "unknown_offer",
      });
    return againstMade(content, before) ?? create(content, destinationWarning(content.destination, offer));
  });
}

function destinationWarning(destination: string | undefined, offer: OfferFacts): RowProblem | null {
  if (destination === undefined || leadsWithin(destination, offer)) return null;
  return {
    field: "destination",
    value: destination,
    code: "host_not_allowed",
    details: { offer: offer.code },
  };
}

export function leadsWithin(destination: string, offer: OfferFacts): boolean {
  return URL.canParse(destination) && hostAllowed(new URL(destination).hostname, offer.allowedHosts);
}

async function decideCodes(work: ImportWork, records: readonly Merged[]): Promise<readonly Decision[]> {
  const made = await madeFor(work, "code", records);
  const partners = await resolvePartners(
    work,
    records.map((one) => one.content.partner ?? ""),
  );
  const programId = work.row.program_id;
  const here = await findCodes(
    work.ctx.db,
    records.map((one) => ({ programId, code: one.lead.externalId.toUpperCase() })),
  );
  const owners = new Map(here.map((one) => [one.code, one.partnerId]));
  return records.map((record): Decision => {
    const { content } = record;
    if (record.problem !== null) return refuse(content, record.problem);
    const partner = partners.get(content.partner ?? "");
    if (partner === undefined) return refuse(content, unknownPartner("partner", content.partner ?? ""));
    if (!/^[A-Z0-9][A-Z0-9_.-]{1,63}$/i.test(content.code ?? ""))
      return refuse(content, {
        field: "code",
        value: content.code ?? "",
        code: "no_code",
      });
    const again = againstMade(content, made.get(record.lead.externalId));
    if (again !== undefined) return again;
    const owner = owners.get((content.code ?? "").toUpperCase());
    if (owner === undefined) return create(content);
    if (isSame(partner, owner))
      return {
        content,
        action: "join",
        changes: [],
        problem: null,
        targetId: `${programId}:${(content.code ?? "").toUpperCase()}`,
      };
    return refuse(content, {
      field: "code",
      value: content.code ?? "",
      code: "code_taken",
      details: { owner },
    });
  });
}

function isSame(reference: PartnerReference, partnerId: string): boolean {
  return reference !== "planned" && reference.partnerId === partnerId;
}

/** A date as it was read from a file, as an instant in the import's zone. */
export function instantOf(work: ImportWork, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const read = readTime(text, work.row.mapping.timeZone ?? work.program.timeZone);
  return read === undefined ? null : new Date(read.at);
}

async function decideCustomers(work: ImportWork, records: readonly Merged[]): Promise<readonly Decision[]> {
  const made = await madeFor(work, "customer", records);
  const partners = await resolvePartners(
    work,
    records.map((one) => one.content.partner ?? ""),
  );
  const here = await knownCustomers(
    work.ctx.db,
    work.row.program_id,
    records.map((one) => one.lead.externalId),
  );
  return records.map((record): Decision => {
    const { content } = record;
    if (record.problem !== null) return refuse(content, record.problem);
    const partner = partners.get(content.partner ?? "");
    if (partner === undefined) return refuse(content, unknownPartner("partner", content.partner ?? ""));
    const [since, until] = [instantOf(work, content.since), instantOf(work, content.until)];
    if (since !== null && until !== null && until <= since)
      return refuse(content, {
        field: "until",
        value: content.until ?? "",
        code: "ends_before_it_begins",
      });
    const before = made.get(record.lead.externalId);
    const again = againstMade(content, before);
    if (again !== undefined && again.action !== "change") return again;
    if (again !== undefined)
      return {
        ...again,
        action: "refuse",
        problem: {
          field: again.changes[0]?.field ?? "partner",
          value: again.changes[0]?.after ?? "",
          code: "bound_since_import",
        },
      };
    const owner = here.get(record.lead.externalId)?.partnerId;
    if (owner == null) return create(content);
    if (isSame(partner, owner))
      return {
        content,
        action: "join",
        changes: [],
        problem: null,
        targetId: String(here.get(record.lead.externalId)?.customerId),
      };
    return refuse(content, {
      field: "partner",
      value: content.partner ?? "",
      code: "customer_of_other",
      details: { owner },
    });
  });
}

async function decideConversions(work: ImportWork, records: readonly Merged[]): Promise<readonly Decision[]> {
  const made = await madeFor(work, "conversion", records);
  const partners = await resolvePartners(
    work,
    records.map((one) => one.content.partner ?? ""),
  );
  const now = work.ctx.clock.now().getTime();
  const program = edgeProgram(work.program);
  const events = records.map(({ content }) => {
    const partner = partners.get(content.partner ?? "");
    return eventOf(work, content, partner === undefined || partner === "planned" ? null : partner.partnerId);
  });
  const lines = readHistory(program, events, now);
  return records.map((record, at): Decision => {
    const { content } = record;
    if (record.problem !== null) return refuse(content, record.problem);
    const before = made.get(record.lead.externalId);
    if (content.status === "void" && (before === undefined || before.undone))
      return {
        content,
        action: "skip",
        changes: [],
        targetId: null,
        problem: {
          field: "status",
          value: "void",
          code: "did_not_count",
        },
      };
    if (content.partner !== undefined && !partners.has(content.partner))
      return refuse(content, unknownPartner("partner", content.partner));
    const problem = lines[at]?.problem;
    if (problem !== undefined)
      return refuse(content, {
        field: problem.field,
        value: problem.value ?? "",
        code: "as_told",
        details: { said: problem.message, hint: problem.hint },
      });
    return againstMade(content, before) ?? create(content);
  });
}

/** A conversion as an event of our own. */
export function eventOf(
  work: ImportWork,
  content: Readonly<Record<string, string>>,
  partnerId: string | null,
): Record<string, unknown> {
  const at = instantOf(work, content.occurredAt)?.toISOString();
  return conversionEvent(content, { partnerId, at, currency: work.row.mapping.currency ?? work.program.currency });
}
