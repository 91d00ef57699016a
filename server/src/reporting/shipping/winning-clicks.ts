import type { Db } from "../../database/index.ts";
import { type ClickIds, ENTRY_KIND, findEntries, readClick } from "../../tracking/index.ts";
import { RowBinary } from "../core/row-binary.ts";
import { type Audience, audienceReader, writeAudience } from "./click-row.ts";

export interface WinningClick {
  readonly at: number;
  /** Its columns of {@link writeVisitor}: a customer's events all carry them. */
  readonly visitor: Buffer;
}

/** Of a customer that came by no click. */
export const NO_VISITOR: Audience = {
  country: "",
  device: "",
  os: "",
  browser: "",
  language: "",
  source: "",
  creative: "",
  referrerHost: "",
  landing: "",
  subs: new Array(10).fill(undefined),
  partnerClickId: "",
};

/** The columns of a click that events and customers carry last. */
export function writeVisitor(rows: RowBinary, visitor: Audience): void {
  writeAudience(rows, visitor);
  rows.text(visitor.partnerClickId);
}

/** Clicks that are remembered, some fifteen megabytes: customers who are active have events in every batch, and a click never changes. */
const KEPT = 60_000;

/** Finds clicks by their ids in the intake log, a batch at a time. Ids that are not ours, or whose click is gone, are left out. */
export function winningClicks(ids: Pick<ClickIds, "read">) {
  const audienceOf = audienceReader();
  const written = new RowBinary(1024);
  const remembered = new Map<string, WinningClick>();
  const remember = (id: string, click: WinningClick): void => {
    if (remembered.size >= KEPT) for (const [oldest] of remembered.entries().take(1)) remembered.delete(oldest);
    remembered.set(id, click);
  };
  return async (db: Db, clickIds: Iterable<string | null>): Promise<ReadonlyMap<string, WinningClick>> => {
    const found = new Map<string, WinningClick>();
    const idAt = new Map<string, string>();
    const places: { lane: number; seq: bigint }[] = [];
    for (const id of clickIds) {
      if (id === null || found.has(id)) continue;
      const before = remembered.get(id);
      if (before !== undefined) {
        found.set(id, before);
        continue;
      }
      const place = ids.read(id);
      if (place === undefined) continue;
      const key = `${place.lane}:${place.seq}`;
      if (idAt.has(key)) continue;
      idAt.set(key, id);
      places.push({ lane: place.lane, seq: BigInt(place.seq) });
    }
    for (const entry of await findEntries(db, places)) {
      const id = idAt.get(`${entry.lane}:${entry.seq}`);
      if (id === undefined || entry.kind !== ENTRY_KIND.click) continue;
      const click = readClick(entry.body);
      written.reset();
      writeVisitor(written, audienceOf(click));
      const seen = { at: click.at, visitor: Buffer.from(written.bytes()) };
      found.set(id, seen);
      remember(id, seen);
    }
    return found;
  };
}
