import type { Agreement, AgreementVersion } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

/** Tones of the states of terms, beyond those that every room knows. */
export const TERMS_TONES: Readonly<Record<string, Tone>> = {
  active: "good",
  scheduled: "info",
  superseded: "quiet",
  ended: "quiet",
  sent: "info",
  approved: "info",
  proposed: "warn",
  countered: "warn",
  declined: "bad",
  expired: "quiet",
  withdrawn: "quiet",
  draft: "quiet",
  none: "quiet",
};

/** Signed terms by where they stand today, others by how far they have come. */
export function stateOf(version: AgreementVersion): string {
  return version.status === "accepted" ? (version.phase ?? "ended") : version.status;
}

/** The version that says most about an agreement today. */
export function mainVersion(one: Agreement): AgreementVersion | null {
  return one.inForce ?? one.pending ?? one.next;
}

export function versionPath(version: AgreementVersion): string {
  return `/agreements/${version.agreementId}/versions/${version.version}`;
}

export const TOUCHED = ["agreements", "audit"] as const;
