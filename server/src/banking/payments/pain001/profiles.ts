import type { CharacterSet } from "../characters.ts";
import type { PaymentFormat } from "../contracts.ts";

/** In what the versions and national forms of pain.001 differ. */
export interface Profile {
  readonly format: PaymentFormat;
  readonly namespace: string;
  /** `BIC` until version 3, `BICFI` since. */
  readonly bicTag: "BIC" | "BICFI";
  readonly bicForm: RegExp;
  /** Since version 8 the day stands inside a choice: `<ReqdExctnDt><Dt>`. */
  readonly wrappedDate: boolean;
  readonly set: CharacterSet;
  /** Addresses of SEPA payments: by their parts (all that EPC and SWIFT take since November 2026), or two lines where the schema has no parts. */
  readonly sepaAddress: "lines" | "parts";
  readonly sepaOnly: boolean;
  /** Nothing without a BIC on both sides. */
  readonly needsBic: boolean;
  readonly swiss: boolean;
}

const OLD_BIC = /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?$/;
const NEW_BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const ISO = "urn:iso:std:iso:20022:tech:xsd:";

const V3: Profile = {
  format: "pain.001.001.03",
  namespace: `${ISO}pain.001.001.03`,
  bicTag: "BIC",
  bicForm: OLD_BIC,
  wrappedDate: false,
  set: "latin",
  sepaAddress: "parts",
  sepaOnly: false,
  needsBic: false,
  swiss: false,
};
const V9: Profile = {
  ...V3,
  format: "pain.001.001.09",
  namespace: `${ISO}pain.001.001.09`,
  bicTag: "BICFI",
  bicForm: NEW_BIC,
  wrappedDate: true,
};

export const PAIN_PROFILES: ReadonlyMap<PaymentFormat, Profile> = new Map(
  [
    V3,
    V9,
    {
      ...V3,
      format: "pain.001.001.03.ch.02",
      namespace: "http://www.six-interbank-clearing.com/de/pain.001.001.03.ch.02.xsd",
      set: "swissOld",
      swiss: true,
    } satisfies Profile,
    // The Swiss form of version 9 keeps the namespace of ISO; SPS 2022 and later add rules, not elements.
    { ...V9, format: "pain.001.001.09.ch.03", set: "swiss", swiss: true } satisfies Profile,
    {
      ...V3,
      format: "pain.001.002.03",
      namespace: `${ISO}pain.001.002.03`,
      sepaAddress: "lines",
      sepaOnly: true,
      needsBic: true,
    } satisfies Profile,
    {
      ...V3,
      format: "pain.001.003.03",
      namespace: `${ISO}pain.001.003.03`,
      sepaAddress: "lines",
      sepaOnly: true,
    } satisfies Profile,
  ].map((profile) => [profile.format, profile]),
);
