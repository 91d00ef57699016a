import type { TxContext } from "../../../database/index.ts";
import { invalid } from "../../../kernel/refusals.ts";
import { addAlias, changeCode, changeLink, createCode, createLink, getLink } from "../../../tracking/index.ts";
import type { ImportWork } from "../contracts.ts";
import type { RecordRow } from "../store/records.ts";
import { aliasFor, instantOf, leadsWithin, offerOf, offersOf } from "./decide.ts";
import { made, type Outcome, refused } from "./outcome.ts";
import { resolvePartners } from "./references.ts";

/** For calls in the operator's name that show no addresses. */
const NO_NEEDS = { publicUrl: "", mayPromote: async () => false };

/** Makes or changes one link, and lets it answer at its old address. @throws Refusal */
export async function applyLink(tx: TxContext, work: ImportWork, record: RecordRow): Promise<Outcome> {
  const { content } = record;
  if (record.action === "create") return await makeLink(tx, work, record);
  const linkId = record.target_id ?? "";
  const before = await getLink(tx, work.actor, linkId, NO_NEEDS);
  const changed = new Set((record.changes ?? []).map((change) => change.field));
  const offer = (await offersOf({ ...work, ctx: tx })).find((one) => one.offerId === before.offerId);
  const fits = content.destination !== undefined && offer !== undefined && leadsWithin(content.destination, offer);
  const all = record.action === "restore";
  const saved = await changeLink(
    tx,
    work.actor,
    linkId,
    {
      revision: before.revision,
      status: all || changed.has("status") ? statusOf(content) : before.status,
      ...(changed.has("name") ? { name: nameOf(content) } : {}),
      ...(changed.has("source") ? { source: content.source ?? "" } : {}),
      ...(changed.has("destination") && fits ? { deepLink: content.destination ?? null } : {}),
    },
    NO_NEEDS,
  );
  await alias(tx, work, linkId, content.address);
  const fields = (link: typeof before) => ({
    name: link.name,
    source: link.source,
    destination: link.deepLink ?? "",
    status: link.status,
  });
  return made(record, linkId, { before: fields(before), after: fields(saved) });
}

async function makeLink(tx: TxContext, work: ImportWork, record: RecordRow): Promise<Outcome> {
  const { content } = record;
  const partner = (await resolvePartners({ ...work, ctx: tx }, [content.partner ?? ""])).get(content.partner ?? "");
  if (partner === undefined || partner === "planned")
    return refused(record, {
      field: "partner",
      value: content.partner ?? "",
      code: "partner_refused",
    });
  const offer = offerOf(await offersOf({ ...work, ctx: tx }), content.offer, work.row.mapping.offerId);
  if (offer === undefined) throw new Error("a link was decided without an offer");
  const fits = content.destination !== undefined && leadsWithin(content.destination, offer);
  const link = await createLink(tx, work.actor, {
    partnerId: partner.partnerId,
    offerId: offer.offerId,
    name: nameOf(content),
    source: content.source ?? "",
    deepLink: fits ? (content.destination ?? null) : null,
  });
  const status = statusOf(content);
  if (status !== "active") await changeLink(tx, work.actor, link.id, { revision: link.revision, status });
  await alias(tx, work, link.id, content.address);
  return made(record, link.id, { after: content });
}

/** @throws Refusal when another link got the address since the dry run */
async function alias(tx: TxContext, work: ImportWork, linkId: string, address: string | undefined): Promise<void> {
  const read = address === undefined ? undefined : aliasFor(work, address);
  if (read === undefined || address === undefined) return;
  const owner = await addAlias(tx, work.actor, linkId, read, address);
  if (owner !== linkId)
    throw invalid(
      "address",
      address,
      `is the old address of another link (${owner})`,
      "An address leads to one link: leave one of them out.",
    );
}

function nameOf(content: Readonly<Record<string, string>>): string {
  return (content.name ?? content.address ?? content.externalId ?? "").slice(0, 120);
}

function statusOf(content: Readonly<Record<string, string>>): "active" | "paused" | "archived" {
  const status = content.status ?? "active";
  return status === "paused" || status === "archived" ? status : "active";
}

/** Makes or changes one code. @throws Refusal */
export async function applyCode(tx: TxContext, work: ImportWork, record: RecordRow): Promise<Outcome> {
  const { content } = record;
  const code = (content.code ?? "").toUpperCase();
  const id = `${work.row.program_id}:${code}`;
  if (record.action === "join") return made(record, id);
  const valid = {
    validFrom: instantOf(work, content.validFrom)?.toISOString() ?? null,
    validTo: instantOf(work, content.validTo)?.toISOString() ?? null,
  };
  if (record.action !== "create") {
    await changeCode(tx, work.actor, id, valid);
    const before = Object.fromEntries((record.changes ?? []).map((change) => [change.field, change.before]));
    return made(record, id, { before, after: content });
  }
  const partner = (await resolvePartners({ ...work, ctx: tx }, [content.partner ?? ""])).get(content.partner ?? "");
  if (partner === undefined || partner === "planned")
    return refused(record, {
      field: "partner",
      value: content.partner ?? "",
      code: "partner_refused",
    });
  await createCode(tx, work.actor, { programId: work.row.program_id, partnerId: partner.partnerId, code, ...valid });
  return made(record, id, { after: content });
}
