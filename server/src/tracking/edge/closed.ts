import type { ClickVerdict, EdgeOffer, EdgePartner, EdgeProgram } from "../contracts.ts";
import type { EdgeLinkRow } from "../store/edge-rows.ts";

/** Why a link is closed, whoever comes and whichever offer it leads to. */
export function closedLink(row: EdgeLinkRow, partner: EdgePartner, program: EdgeProgram): ClickVerdict | undefined {
  if (program.status !== "active") return "program_paused";
  if (partner.status !== "active") return "partner_paused";
  return row.status === "active" ? undefined : "link_paused";
}

/** The same with the offer that it leads to. */
export function closedBecause(
  row: EdgeLinkRow,
  offer: EdgeOffer,
  partner: EdgePartner,
  program: EdgeProgram,
): ClickVerdict | undefined {
  if (program.status !== "active") return "program_paused";
  if (offer.status !== "active") return "offer_paused";
  if (partner.status !== "active") return "partner_paused";
  if (row.status !== "active") return "link_paused";
  return undefined;
}
