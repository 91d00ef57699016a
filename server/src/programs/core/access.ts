import type { LifeCycle } from "../../kernel/life-cycle.ts";

export type AccessStatus = "requested" | "approved" | "declined" | "revoked";

/** Life of a partner's way into an offer. Whoever was refused may ask again; whom the operator shut out it lets in itself. */
export const ACCESS_LIFE: LifeCycle<AccessStatus> = {
  requested: ["approved", "declined"],
  declined: ["requested", "approved"],
  approved: ["revoked"],
  revoked: ["approved"],
};

/** May the partner promote the offer, and if not, what stands in the way? */
export function accessTo(
  mode: string,
  given: { readonly status: string } | undefined,
): "open" | "needed" | "requested" | "declined" {
  if (mode === "public" || given?.status === "approved") return "open";
  if (given?.status === "requested") return "requested";
  return given === undefined ? "needed" : "declined";
}
