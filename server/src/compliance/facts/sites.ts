import type { Context } from "../../database/index.ts";
import { addDays } from "../../kernel/period.ts";
import { proves } from "../core/domains.ts";
import { proofsOf, sitesOf } from "../store/sites.ts";
import { today } from "../today.ts";
import { type DiligenceAnswer, earliest, listed, no, tabOf, yes } from "./answer.ts";

/** Whether every site and channel of a partner was looked at, passed, and is not due again. */
export async function siteState(ctx: Context, partnerId: string): Promise<DiligenceAnswer> {
  const sites = await sitesOf(ctx.db, partnerId);
  if (sites.length === 0) return no("sites.none", "No site or channel of the partner is recorded.");
  const named = (state: string) => sites.filter((site) => site.state === state).map(({ address }) => address);
  const failed = named("failed");
  const open = named("unreviewed");
  const day = today(ctx);
  const due = sites.filter(({ review_on }) => review_on !== null && review_on <= day).map(({ address }) => address);
  if (failed.length > 0) return no("sites.failed", `Not passed: ${listed(failed)}.`, { sites: listed(failed) });
  if (open.length > 0) return no("sites.unreviewed", `Not looked at yet: ${listed(open)}.`, { sites: listed(open) });
  if (due.length > 0) return no("sites.due", `To be looked at again: ${listed(due)}.`, { sites: listed(due) });
  const next = earliest(sites.map(({ review_on }) => review_on));
  return yes(
    "sites.reviewed",
    sites.length === 1
      ? "Its site was looked at and passed."
      : `All ${sites.length} sites and channels were looked at and passed.`,
    sites.map(({ site_id, address }) => ({ what: "site", id: site_id, text: address, screen: `/sites/${site_id}` })),
    next === null ? null : addDays(next, -1),
    { count: sites.length },
  );
}

/** Whether the partner has proved that the domains of its websites are its own. Channels on somebody else's domain need no proof. */
export async function domainState(ctx: Context, partnerId: string): Promise<DiligenceAnswer> {
  const sites = await sitesOf(ctx.db, partnerId);
  if (sites.length === 0) return no("domain.no_sites", "No site or channel of the partner is recorded.");
  const hosts = [
    ...new Set(
      sites.filter(({ kind }) => kind === "website").flatMap(({ address }) => URL.parse(address)?.hostname ?? []),
    ),
  ];
  if (hosts.length === 0) return yes("domain.none_needed", "It has no website of its own.", []);
  const proofs = await proofsOf(ctx.db, partnerId);
  const proved = proofs.filter(({ state }) => state === "proved");
  const open = hosts.filter((host) => !proved.some(({ domain }) => proves(domain, host)));
  if (open.length > 0) {
    const lost = proofs.some(({ state, domain }) => state === "lost" && open.some((host) => proves(domain, host)));
    const names = listed(open);
    return lost
      ? no("domain.lost", `The proof is not there any more for ${names}.`, { domains: names })
      : no("domain.unproved", `Not proved to be its own: ${names}.`, { domains: names });
  }
  return yes(
    "domain.proved",
    `Proved to be its own: ${listed(hosts)}.`,
    proved.map(({ proof_id, domain }) => ({
      what: "domain_proof",
      id: proof_id,
      text: domain,
      screen: tabOf(partnerId),
    })),
    null,
    { domains: listed(hosts) },
  );
}
