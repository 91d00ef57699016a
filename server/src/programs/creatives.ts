import {
  type Creative,
  type CreativeChange,
  type CreativeDecision,
  CreativeDecision as CreativeDecisionSchema,
  type CreativeQuery,
  type NewCreative,
  NewCreative as NewCreativeSchema,
} from "@tributary/contract";
import { type Actor, personOf, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, notifyChange, type Page, sha256Of, transact } from "../database/index.ts";
import { type Day, dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { mediaTypeOf } from "./core/media-type.ts";
import { readableOffer, writableOffer } from "./offers.ts";
import { accessesOfPartner } from "./store/access.ts";
import * as store from "./store/creatives.ts";
import { programsWithin } from "./store/programs.ts";

type CreativeCheck = Pick<Creative, "warnings" | "faults">;

/** What stands above this room and knows the regimes that an offer is held to; the shell gives it. */
export interface CreativeNeeds {
  /** @param wording empty: what would have to be said */
  readonly checkCreative: (ctx: Context, offerId: string, language: string, wording: string) => Promise<CreativeCheck>;
}

const MOST_BYTES = 5 * 1024 * 1024;

/** Material, the newest first. Partners see what was approved and may be used today, of offers that they see. */
export async function listCreatives(
  ctx: Context,
  actor: Actor,
  query: CreativeQuery,
  needs: CreativeNeeds,
): Promise<Page<Creative>> {
  const { partnerId } = actor;
  const known = partnerId === undefined ? [] : await accessesOfPartner(ctx.db, partnerId);
  const within = {
    programIds: programsWithin(reach(actor, "programs.read")),
    partner: partnerId === undefined ? null : { today: today(ctx), knownPrivate: known.map((one) => one.offer_id) },
  };
  const { rows, nextCursor } = await store.creativePage(ctx.db, within, query, query);
  return { rows: await wires(ctx, actor, rows, needs), nextCursor };
}

/** Says what an offer is to be promoted with; somebody else decides. @throws Refusal `not_found`, `forbidden`, `invalid_input` */
export async function createCreative(
  ctx: Context,
  actor: Actor,
  given: NewCreative,
  needs: CreativeNeeds,
): Promise<Creative> {
  const input = NewCreativeSchema.parse(given);
  const offer = await writableOffer(ctx, actor, input.offerId);
  refuseEnded(ctx, input.expiresOn);
  return await transact(ctx, async (tx) => {
    const row = await store.insertCreative(tx.db, {
      ...{ creative_id: tx.ids.next("crv"), program_id: offer.program_id, offer_id: offer.offer_id },
      ...{ name: input.name, kind: input.kind, language: input.language, address: input.address },
      ...{ wording: input.wording, expires_on: input.expiresOn },
      ...proposal(tx, actor),
    });
    await note(tx, actor, "programs.creative_proposed", row);
    return await oneWire(tx, actor, row, needs);
  });
}

/** Changes it; whatever was decided, it waits for the second person again. */
export async function changeCreative(
  ctx: Context,
  actor: Actor,
  id: string,
  change: CreativeChange,
  needs: CreativeNeeds,
): Promise<Creative> {
  return await transact(ctx, async (tx) => {
    const before = await writable(tx, actor, id);
    const after = {
      name: change.name ?? before.name,
      kind: change.kind ?? before.kind,
      language: change.language ?? before.language,
      address: change.address === undefined ? before.address : change.address,
      wording: change.wording ?? before.wording,
      expires_on: change.expiresOn === undefined ? before.expires_on : change.expiresOn,
    };
    refuseEnded(tx, after.expires_on);
    const row = await store.updateCreative(tx.db, id, change.revision, { ...after, ...proposal(tx, actor) });
    if (row === undefined) throw changedMeanwhile("creative", change.revision);
    await note(tx, actor, "programs.creative_changed", row, before);
    return await oneWire(tx, actor, row, needs);
  });
}

/** Puts a file beside it: an image, a PDF or a video, by what is in it. It waits for the second person again. */
export async function attachCreativeFile(
  ctx: Context,
  actor: Actor,
  id: string,
  file: { readonly name: string; readonly bytes: AsyncIterable<Buffer> },
  needs: CreativeNeeds,
): Promise<Creative> {
  const bytes = await wholeOf(file.bytes);
  const media_type = mediaTypeOf(bytes);
  if (media_type === undefined)
    throw new Refusal("unsupported_media_type", "Material is a PNG, JPEG, GIF or WebP image, a PDF or an MP4 video.");
  return await transact(ctx, async (tx) => {
    const before = await writable(tx, actor, id);
    const kept = { creative_id: id, name: file.name, media_type, sha256: sha256Of(bytes), bytes };
    await store.putCreativeFile(tx.db, kept);
    const row = await store.updateCreative(tx.db, id, before.revision, proposal(tx, actor));
    if (row === undefined) throw changedMeanwhile("creative", before.revision);
    await note(tx, actor, "programs.creative_changed", row, before, `file ${kept.sha256}`);
    return await oneWire(tx, actor, row, needs);
  });
}

/** The file as it came in. */
export async function openCreativeFile(ctx: Context, actor: Actor, id: string): Promise<store.CreativeFileRow> {
  await readable(ctx, actor, id);
  const file = await store.creativeFile(ctx.db, id);
  if (file === undefined) throw notFound("file of the creative", id);
  return file;
}

/**
 * The second person's word; taking back what was approved needs nobody else.
 * @throws Refusal `same_person`, `wrong_state`, `invalid_input` while its wording lacks a warning or makes a forbidden claim
 */
export async function decideCreative(
  ctx: Context,
  actor: Actor,
  id: string,
  given: CreativeDecision,
  needs: CreativeNeeds,
): Promise<Creative> {
  const input = CreativeDecisionSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const before = await readable(tx, actor, id);
    requirePermission(actor, "compliance.write", { programId: before.program_id });
    const from = input.decision === "withdraw" ? "approved" : "proposed";
    if (before.state !== from) throw new Refusal("wrong_state", `This creative is ${before.state}.`);
    if (input.decision === "approve") await requireGood(tx, actor, before, input.warningsSeen, needs);
    const state = ({ approve: "approved", reject: "rejected", withdraw: "withdrawn" } as const)[input.decision];
    const row = await store.updateCreative(tx.db, id, input.revision, {
      ...{ state, reason: input.reason, warnings_seen: input.warningsSeen },
      ...{ decided_by: personOf(actor), decided_name: actor.name, decided_at: tx.clock.now() },
    });
    if (row === undefined) throw changedMeanwhile("creative", input.revision);
    await note(tx, actor, `programs.creative_${state}`, row, before, input.reason);
    return await oneWire(tx, actor, row, needs);
  });
}

async function requireGood(
  tx: Context,
  actor: Actor,
  row: store.CreativeRow,
  warningsSeen: boolean,
  needs: CreativeNeeds,
): Promise<void> {
  if (row.proposed_by === personOf(actor))
    throw new Refusal("same_person", "You proposed this creative: somebody else decides about it.");
  refuseEnded(tx, row.expires_on);
  const file = await store.creativeFile(tx.db, row.creative_id);
  if (row.address === null && row.wording === "" && file === undefined)
    throw invalid("address", "", "is needed, or a file, or its wording", "There is nothing to look at yet.");
  const { faults, warnings } = await needs.checkCreative(tx, row.offer_id, row.language, row.wording);
  const [fault] = faults;
  if (fault !== undefined) throw invalid("wording", row.wording.slice(0, 80), fault.en);
  if (warnings.length > 0 && row.wording === "" && !warningsSeen)
    throw invalid(
      "warningsSeen",
      "false",
      "has to be said",
      "Its words are not written down: say that you saw the risk warnings.",
    );
}

/** Of one offer: material that may be used on a day, how much waits, and how much has ended. */
interface CreativeStanding {
  readonly approved: readonly { readonly creativeId: string; readonly name: string; readonly expiresOn: Day | null }[];
  readonly waiting: number;
  readonly expired: number;
}

export async function creativeStandings(
  db: Db,
  offerIds: readonly string[],
  day: Day,
): Promise<ReadonlyMap<string, CreativeStanding>> {
  const rows = await store.creativesOfOffers(db, offerIds);
  return new Map(
    offerIds.map((offerId) => {
      const own = rows.filter((row) => row.offer_id === offerId);
      const approved = own.filter((row) => row.state === "approved");
      const usable = approved.filter((row) => !hasEnded(row.expires_on, day));
      return [
        offerId,
        {
          approved: usable.map((row) => ({ creativeId: row.creative_id, name: row.name, expiresOn: row.expires_on })),
          waiting: own.filter((row) => row.state === "proposed").length,
          expired: approved.length - usable.length,
        },
      ];
    }),
  );
}

function proposal(tx: Context, actor: Actor) {
  return {
    ...{ state: "proposed", proposed_by: personOf(actor), proposed_name: actor.name, proposed_at: tx.clock.now() },
    ...{ decided_by: null, decided_name: null, decided_at: null, reason: "", warnings_seen: false },
  };
}

const today = (ctx: Context): Day => dayOf(ctx.clock.now(), "UTC");
const hasEnded = (expiresOn: Day | null, day: Day): boolean => expiresOn !== null && expiresOn < day;

function refuseEnded(ctx: Context, expiresOn: Day | null): void {
  if (hasEnded(expiresOn, today(ctx))) throw invalid("expiresOn", expiresOn ?? "", "lies in the past");
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<store.CreativeRow> {
  const row = await store.creativeRow(ctx.db, id);
  const shut = actor.partnerId !== undefined && (row?.state !== "approved" || hasEnded(row.expires_on, today(ctx)));
  if (row === undefined || shut) throw notFound("creative", id);
  await readableOffer(ctx, actor, row.offer_id);
  return row;
}

async function writable(ctx: Context, actor: Actor, id: string): Promise<store.CreativeRow> {
  const row = await readable(ctx, actor, id);
  await writableOffer(ctx, actor, row.offer_id);
  return row;
}

async function wholeOf(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    size += part.length;
    if (size > MOST_BYTES) throw new Refusal("too_large", "A creative's file may have 5 MB at most.");
    kept.push(part);
  }
  return Buffer.concat(kept);
}

async function oneWire(ctx: Context, actor: Actor, row: store.CreativeRow, needs: CreativeNeeds): Promise<Creative> {
  const [one] = await wires(ctx, actor, [row], needs);
  return one as Creative;
}

async function wires(
  ctx: Context,
  actor: Actor,
  rows: readonly store.CreativeRow[],
  needs: CreativeNeeds,
): Promise<Creative[]> {
  const files = await store.creativeFiles(
    ctx.db,
    rows.map((row) => row.creative_id),
  );
  const found: Creative[] = [];
  for (const row of rows) {
    const check = await needs.checkCreative(ctx, row.offer_id, row.language, row.wording);
    found.push(creativeWire(row, files.get(row.creative_id), check, actor.partnerId !== undefined, today(ctx)));
  }
  return found;
}

/** Partners do not see who proposed and decided, nor what is said among the operator's people. */
function creativeWire(
  row: store.CreativeRow,
  file: Omit<store.CreativeFileRow, "bytes"> | undefined,
  { warnings, faults }: CreativeCheck,
  forPartner: boolean,
  day: Day,
): Creative {
  return {
    ...{ id: row.creative_id, programId: row.program_id, offerId: row.offer_id, name: row.name },
    ...{ language: row.language, address: row.address, wording: row.wording, expiresOn: row.expires_on },
    kind: row.kind as Creative["kind"],
    state: row.state as Creative["state"],
    expired: hasEnded(row.expires_on, day),
    file: file === undefined ? null : { name: file.name, mediaType: file.media_type, sha256: file.sha256 },
    warnings,
    faults: forPartner ? [] : faults,
    proposedName: forPartner ? null : row.proposed_name,
    proposedAt: row.proposed_at.toISOString(),
    decidedName: forPartner ? null : row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: forPartner ? "" : row.reason,
    revision: row.revision,
  };
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: store.CreativeRow,
  before?: store.CreativeRow,
  reason?: string,
): Promise<void> {
  const shown = ({ name, kind, language, address, wording, expires_on, state }: store.CreativeRow) => ({
    ...{ offerId: row.offer_id, name, kind, language, address, wording, expiresOn: expires_on, state },
  });
  await notifyChange(tx, "creatives", row.creative_id);
  await audit.record(tx, actor, {
    ...{ action, subjectKind: "creative", subjectId: row.creative_id },
    ...(before === undefined ? {} : { before: shown(before) }),
    after: shown(row),
    reason,
  });
}
