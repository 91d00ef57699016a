/** A link as it is filled in; nothing typed is "". */
export interface LinkValues {
  readonly partnerId: string;
  readonly offerId: string;
  readonly smartLinkId: string;
  readonly landingId: string;
  readonly name: string;
  readonly code: string;
  readonly source: string;
  readonly creative: string;
  readonly deepLink: string;
  readonly utm: Readonly<Record<string, string>>;
  readonly validFrom: string;
  readonly validTo: string;
}
