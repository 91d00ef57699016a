import { type Actor, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Db, notifyChange, type TxContext } from "../../database/index.ts";
import { partnerTouch } from "../../partners/index.ts";
import type { AliasAddress } from "../core/alias.ts";
import { aliasOwners, deleteAliases, insertAlias } from "../store/alias-rows.ts";
import { findLink } from "./store/links.ts";

/** Which link has each of these addresses in a program already; by `host key`, see {@link aliasPlace}. */
export async function takenAliases(
  db: Db,
  programId: string,
  addresses: readonly AliasAddress[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await aliasOwners(
    db,
    programId,
    addresses.map((address) => address.key),
  );
  return new Map(rows.map((row) => [aliasPlace({ host: row.host, key: row.match_key }), row.link_id]));
}

/** What is unique among the aliases of a program. */
export function aliasPlace(address: { readonly host: string | null; readonly key: string }): string {
  return `${address.host ?? "*"} ${address.key}`;
}

/**
 * Lets a link answer at an address that another platform published. Again is no change.
 * @returns the link that has the address: another one when it was taken before
 */
export async function addAlias(
  tx: TxContext,
  actor: Actor,
  linkId: string,
  address: AliasAddress,
  published: string,
): Promise<string> {
  const link = await findLink(tx.db, linkId);
  if (link === undefined) throw new Error(`link ${linkId} has gone`);
  requirePermission(actor, "links.write", await partnerTouch(tx, link.partner_id, link.program_id));
  const owner = await insertAlias(tx.db, {
    link_id: linkId,
    program_id: link.program_id,
    vendor: address.vendor,
    host: address.host,
    path: address.path,
    params: JSON.stringify(address.params),
    match_key: address.key,
    case_sensitive: address.caseSensitive,
    address: published,
    created_by: actor.id,
    created_at: tx.clock.now(),
  });
  await notifyChange(tx, "link_aliases", linkId);
  await audit.record(tx, actor, {
    action: "links.alias_added",
    subjectKind: "link",
    subjectId: linkId,
    partnerId: link.partner_id,
    after: { address: published, vendor: address.vendor },
  });
  return owner;
}

/** Takes the old addresses of a link away. */
export async function removeAliases(tx: TxContext, actor: Actor, linkId: string): Promise<void> {
  const link = await findLink(tx.db, linkId);
  if (link === undefined) return;
  requirePermission(actor, "links.write", await partnerTouch(tx, link.partner_id, link.program_id));
  const removed = await deleteAliases(tx.db, linkId);
  if (removed === 0) return;
  await notifyChange(tx, "link_aliases", linkId);
  await audit.record(tx, actor, {
    action: "links.aliases_removed",
    subjectKind: "link",
    subjectId: linkId,
    partnerId: link.partner_id,
    before: { aliases: removed },
  });
}
