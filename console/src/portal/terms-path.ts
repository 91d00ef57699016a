import type { AgreementVersion } from "@tributary/contract";

/** Where a version's own routes are. */
export function termsPath(version: AgreementVersion): string {
  return `/agreements/${version.agreementId}/versions/${version.version}`;
}
