import { sql } from "kysely";
import type { Db } from "../../../database/index.ts";

export interface ConfiguredLink {
  readonly linkId: string;
  readonly code: string;
  readonly name: string;
  readonly status: string;
  readonly source: string;
  readonly creative: string;
  readonly deepLink: string | null;
  /** everything else of the row that says where a click goes */
  readonly rest: Readonly<Record<string, unknown>>;
}

export interface ConfiguredSource {
  readonly sourceId: string;
  readonly name: string;
  readonly requireSignature: boolean;
  readonly dialect: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tokenHash: string;
}

export interface ConfiguredPostback {
  readonly postbackId: string;
  readonly name: string;
  readonly occasions: readonly string[];
  readonly method: string;
  readonly url: string;
  readonly body: string | null;
  readonly rest: Readonly<Record<string, unknown>>;
}

interface ConfiguredRows {
  readonly links: readonly ConfiguredLink[];
  readonly sources: readonly ConfiguredSource[];
  readonly postbacks: readonly ConfiguredPostback[];
}

const IN_LINK = [
  "link_id",
  "num",
  "code",
  "name",
  "status",
  "source",
  "creative",
  "deep_link",
  "created_by",
  "created_at",
  "revision",
];
const IN_POSTBACK = [
  "postback_id",
  "name",
  "event_types",
  "method",
  "url",
  "body",
  "status",
  "created_by",
  "created_at",
  "revision",
];

/** What stands configured in this room: links of the offer, living sources of the program, living postbacks of the partner. */
export async function configuredRows(
  db: Db,
  partnerId: string,
  programId: string,
  offerId: string,
): Promise<ConfiguredRows> {
  const links = await sql<ConfiguredLink>`
    select link_id as "linkId", code, name, status, source, creative, deep_link as "deepLink",
      to_jsonb(l) - ${IN_LINK}::text[] as rest
    from tracking.link l where partner_id = ${partnerId} and offer_id = ${offerId} and status <> 'archived'
    order by num limit 200`.execute(db);
  const sources = await sql<ConfiguredSource>`
    select source_id as "sourceId", name, require_signature as "requireSignature", dialect, settings, token_hash as "tokenHash"
    from tracking.event_source where program_id = ${programId} and status = 'active' and not test order by source_id`.execute(
    db,
  );
  const postbacks = await sql<ConfiguredPostback>`
    select postback_id as "postbackId", name, event_types as occasions, method, url, body,
      to_jsonb(p) - ${IN_POSTBACK}::text[] as rest
    from tracking.postback p where partner_id = ${partnerId} and status = 'active'
      and (program_id is null or program_id = ${programId}) and (offer_id is null or offer_id = ${offerId})
    order by postback_id`.execute(db);
  return { links: links.rows, sources: sources.rows, postbacks: postbacks.rows };
}
