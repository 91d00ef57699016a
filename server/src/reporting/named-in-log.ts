import type { Actor } from "../access/index.ts";
import { reachOf } from "../partners/index.ts";
import type { ReportContext } from "./contracts.ts";
import { ask } from "./store/ask.ts";

/** Something in the log that carried a name of somebody else's. */
export interface NamedInLog {
  readonly kind: "call" | "click";
  readonly clickId: string;
  readonly lane: number;
  readonly seq: string;
  readonly line: number;
  readonly at: string;
  readonly about: string;
}

const MOST = 20;

/**
 * Clicks that came with this click id of the partner's own tracker, and lines of calls with this external id, refused ones too; the newest
 * first, as far as the actor may see. Some seconds behind the log itself.
 */
export async function namedInLog(ctx: ReportContext, actor: Actor, name: string): Promise<readonly NamedInLog[]> {
  const params = { name, most: MOST };
  const clicks = `select 'click' as kind, click_id as clickId, lane, toString(seq) as seq, 0 as line, toString(at) as at,
    toString(verdict) as about from clicks where {{scope}} and partner_click_id = {name:String} order by at desc limit {most:UInt32}`;
  const calls = `select 'call' as kind, click_id as clickId, lane, toString(seq) as seq, line, toString(at) as at,
    toString(fate) as about from intake final where {{scope}} and external_id = {name:String} order by at desc limit {most:UInt32}`;
  const found = await ask<NamedInLog>(ctx.analytics, await reachOf(ctx, actor, "links.read"), { sql: clicks, params });
  if (actor.partnerId !== undefined) return found;
  const lines = await ask<NamedInLog>(ctx.analytics, await reachOf(ctx, actor, "intake.read"), { sql: calls, params });
  return [...found, ...lines];
}
