import type { PartnerStatus } from "@tributary/contract";
import type { TxContext } from "../../../database/index.ts";
import {
  activationRule,
  changePartner,
  createContact,
  createPartner,
  getPartner,
  joinProgram,
  movePartner,
  PARTNER_LIFE,
  type PartnerView,
  partnersByCodes,
} from "../../../partners/index.ts";
import type { ImportWork } from "../contracts.ts";
import { partnerCode } from "../core/differences.ts";
import type { RecordRow } from "../store/records.ts";
import { made, type Outcome } from "./outcome.ts";
import { resolvePartners } from "./references.ts";

/** Makes or changes one partner. @throws Refusal */
export async function applyPartner(tx: TxContext, work: ImportWork, record: RecordRow): Promise<Outcome> {
  if (record.action === "create") return await makePartner(tx, work, record);
  const partnerId = record.target_id ?? "";
  await joinProgram(tx, partnerId, work.row.program_id);
  if (record.action === "join") return made(record, partnerId);
  const changes = Object.fromEntries((record.changes ?? []).map((change) => [change.field, change]));
  const before = await getPartner(tx, work.actor, partnerId);
  const wanted = record.action === "restore" ? record.content : onlyUntouched(before, changes);
  await writePartner(tx, work, before, wanted);
  const told = Object.keys(wanted);
  return made(record, partnerId, { before: pick(contentOf(before), told), after: pick(wanted, told) });
}

/** What the file changes, less the fields that somebody has changed here since they were taken over: those stay. */
function onlyUntouched(
  now: PartnerView,
  changes: Readonly<Record<string, { before: string; after: string }>>,
): Record<string, string> {
  const current = contentOf(now);
  return Object.fromEntries(
    Object.entries(changes)
      .filter(([field, change]) => !(field in current) || current[field] === change.before || change.before === "")
      .map(([field, change]) => [field, change.after]),
  );
}

function contentOf(partner: PartnerView): Readonly<Record<string, string>> {
  const { name, legalName, email, website, country, status, note } = partner;
  return { name, company: legalName, email, website, country: country ?? "", status, note };
}

function pick(content: Readonly<Record<string, string>>, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, content[field] ?? ""]));
}

async function makePartner(tx: TxContext, work: ImportWork, record: RecordRow): Promise<Outcome> {
  const { content } = record;
  const name = (content.name ?? record.external_id).slice(0, 120);
  const partner = await createPartner(tx, work.actor, {
    code: await freeCode(tx, name, `${work.row.vendor}-${record.external_id}`),
    name,
    legalName: content.company ?? "",
    kind: (work.row.mapping.partnerKind ?? "affiliate") as "affiliate",
    country: content.country ?? null,
    email: content.email ?? "",
    website: content.website ?? "",
    note: content.note ?? "",
  });
  if (content.email !== undefined) {
    const contact = { name: content.contact ?? name, email: content.email, phone: content.phone ?? "" };
    await createContact(tx, work.actor, partner.id, contact);
  }
  await joinProgram(tx, partner.id, work.row.program_id);
  await moveTo(tx, work, partner, (content.status ?? "active") as PartnerStatus, `taken over from ${work.row.vendor}`);
  return made(record, partner.id, { after: content });
}

async function freeCode(tx: TxContext, name: string, fallback: string): Promise<string> {
  const wanted = partnerCode(name, fallback);
  for (let number = 1; ; number += 1) {
    const code = number === 1 ? wanted : `${wanted}-${number}`;
    if ((await partnersByCodes(tx.db, [code])).length === 0) return code;
  }
}

/** Writes fields of a partner, its status last. */
export async function writePartner(
  tx: TxContext,
  work: ImportWork,
  before: PartnerView,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const change = {
    ...(wanted.name === undefined ? {} : { name: wanted.name }),
    ...(wanted.company === undefined ? {} : { legalName: wanted.company }),
    ...(wanted.email === undefined ? {} : { email: wanted.email }),
    ...(wanted.website === undefined ? {} : { website: wanted.website }),
    ...(wanted.country === undefined ? {} : { country: wanted.country === "" ? null : wanted.country }),
    ...(wanted.note === undefined ? {} : { note: wanted.note }),
  };
  const saved =
    Object.keys(change).length === 0
      ? before
      : await changePartner(tx, work.actor, before.id, { revision: before.revision, ...change });
  if (wanted.status !== undefined)
    await moveTo(tx, work, saved, wanted.status as PartnerStatus, `as it is at ${work.row.vendor}`);
}

/** Moves a partner to a status by the shortest way that its life allows; every step is in the trail. */
export async function moveTo(
  tx: TxContext,
  work: ImportWork,
  partner: PartnerView,
  wanted: PartnerStatus,
  reason: string,
): Promise<void> {
  let now = partner;
  const way = wayTo(now.status, wanted);
  // Nobody becomes an applicant again: whoever comes back begins with onboarding.
  const again = way.length === 0 && wanted === "applied" && CLOSED.has(now.status);
  // Where a procedure launches partners, one that is taken over waits for it in onboarding.
  const launched = (await activationRule(tx.db, partner.kind)) !== undefined;
  for (const status of again ? wayTo(now.status, "onboarding") : way) {
    if (launched && status === "active" && now.status !== "paused") return;
    now = await movePartner(tx, work.actor, partner.id, { revision: now.revision, status, reason });
  }
}

const CLOSED: ReadonlySet<PartnerStatus> = new Set(["deactivated", "rejected"]);

/** The steps between two states; none when there is no way (an applied partner is never made of an active one). */
function wayTo(from: PartnerStatus, to: PartnerStatus): readonly PartnerStatus[] {
  const ways: (readonly PartnerStatus[])[] = [[from]];
  const seen = new Set<PartnerStatus>([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way.slice(1);
    for (const next of PARTNER_LIFE[last]) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [];
}

/** Puts a partner below another. @throws Refusal */
export async function applyParent(tx: TxContext, work: ImportWork, record: RecordRow): Promise<Outcome> {
  const { partner = "", parent = "" } = record.content;
  const found = await resolvePartners({ ...work, ctx: tx }, [partner, parent]);
  const [child, above] = [found.get(partner), found.get(parent)];
  if (child === undefined || child === "planned" || above === undefined || above === "planned")
    return {
      ...made(record, ""),
      targetId: null,
      problem: {
        field: "parent",
        value: parent,
        code: "partner_refused",
      },
    };
  const before = await getPartner(tx, work.actor, child.partnerId);
  if (before.parentPartnerId !== above.partnerId)
    await changePartner(tx, work.actor, child.partnerId, {
      revision: before.revision,
      parentPartnerId: above.partnerId,
    });
  return made(record, child.partnerId, {
    before: { parent: before.parentPartnerId ?? "" },
    after: { parent: above.partnerId },
  });
}
