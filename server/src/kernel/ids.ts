/** Crockford's base 32, lower case: no i, l, o, u; safe in URLs and when a system changes the case. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const VALUES: ReadonlyMap<string, number> = new Map(
  [...ALPHABET].flatMap((letter, value) => [
    [letter, value],
    [letter.toUpperCase(), value],
  ]),
);

/** Prefixes of public ids, one per kind of record. */
export const ID_PREFIXES = {
  region: "rgn",
  program: "prg",
  offer: "ofr",
  partner: "prt",
  contact: "cnt",
  plan: "pln",
  planVersion: "plv",
  planCase: "plc",
  agreement: "agr",
  agreementVersion: "agv",
  template: "tpl",
  templateVersion: "tpv",
  licence: "lic",
  link: "lnk",
  smartLink: "sml",
  landingPage: "lpg",
  creative: "crv",
  offerAccess: "oac",
  cap: "cap",
  eventSource: "src",
  postback: "pbk",
  statement: "stm",
  adjustment: "adj",
  adjustmentBatch: "adb",
  adjustmentRule: "adr",
  inquiry: "inq",
  user: "usr",
  grant: "grt",
  apiKey: "key",
  event: "evt",
  customer: "cus",
  decision: "dec",
  line: "cln",
  transfer: "trf",
  delivery: "dlv",
  invitation: "inv",
  savedView: "viw",
  simulation: "sim",
  attributionRun: "atr",
  calculator: "clc",
  webhook: "whe",
  webhookMessage: "msg",
  webhookDelivery: "whd",
  import: "imp",
  connection: "con",
  shadow: "shd",
  shadowFile: "shf",
  shadowResult: "shr",
  proofRun: "prf",
  healthAlert: "hal",
  payee: "pye",
  bankDetail: "bnk",
  payeeVersion: "pyv",
  payeeAssignment: "pya",
  payeeHold: "pyh",
  payeeNotice: "pyn",
  selfBilling: "sbl",
  invoice: "ivc",
  invoiceFile: "ivf",
  invoiceDelivery: "ivd",
  run: "run",
  runDelegation: "dlg",
  payoutBatch: "pbt",
  payout: "pay",
  payoutDispatch: "pdp",
  payoutSource: "psr",
  payoutChange: "pch",
  payoutReport: "prp",
  unmatchedStatus: "pum",
  bankFile: "bfl",
  bankStatement: "bst",
  bankAccount: "bac",
  bankEntry: "ben",
  bankMatch: "mtc",
  comparison: "cmp",
  comparisonFile: "cmf",
  comparisonResult: "cmr",
  openItem: "opi",
  journalExport: "jex",
  screeningHit: "hit",
  screeningList: "lst",
  relatedPerson: "rpn",
  document: "doc",
  procedureVersion: "pcv",
  procedureCase: "pca",
  workingCalendar: "pcl",
  caseEvidence: "pce",
  waiver: "wvr",
  lead: "led",
  applicationForm: "apf",
  activity: "acv",
  task: "tsk",
  siteReview: "web",
  domainProof: "dpf",
  questionnaire: "qst",
  riskRating: "rsk",
  riskOverride: "rov",
  siteSnapshot: "snp",
  handover: "hdv",
  launch: "lnc",
  closing: "clo",
  partnerImport: "pim",
  partnerMerge: "mrg",
  restriction: "rst",
  customField: "fld",
  ownershipTransfer: "otr",
  transition: "trn",
  dataRule: "drl",
  suggestion: "sug",
  morningItem: "itm",
  portfolioPlan: "ppl",
  erasure: "ers",
  deputy: "dep",
  accessReview: "rvw",
} as const;
export type IdPrefix = (typeof ID_PREFIXES)[keyof typeof ID_PREFIXES];

/** Source of ids: given in, like the clock, so that the sample program is the same every time. */
export interface IdSource {
  /** A new id: prefix, underscore, 26 letters; sorts by time of creation. */
  next(prefix: IdPrefix): string;
}

/**
 * Makes ids from a clock and a source of random bytes: 48 bits of milliseconds and 80 random bits in base 32 (the layout of a ULID).
 * @param randomBytes returns that many random bytes
 */
export function idSource(now: () => Date, randomBytes: (count: number) => Uint8Array): IdSource {
  return {
    next(prefix) {
      return `${prefix}_${encodeTime(now().getTime())}${encodeBytes(randomBytes(10))}`;
    },
  };
}

function encodeTime(milliseconds: number): string {
  let rest = milliseconds;
  let text = "";
  for (let i = 0; i < 10; i++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Base 32 of bytes, most significant bit first, no padding. */
export function encodeBytes(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((buffer >>> bits) & 31);
    }
  }
  if (bits > 0) text += ALPHABET.charAt((buffer << (5 - bits)) & 31);
  return text;
}

/** Reads what {@link encodeBytes} wrote, in either case; `undefined` for a letter that is not of the alphabet. */
export function decodeBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return undefined;
    buffer = ((buffer << 5) | value) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >>> bits) & 255;
    }
  }
  return bytes;
}

/** The public form of a numbered row, e.g. `evt_00000003v`: prefix, underscore, at least nine letters. */
export function publicNumber(prefix: IdPrefix, number: bigint): string {
  let rest = number;
  let text = "";
  do {
    text = ALPHABET.charAt(Number(rest % 32n)) + text;
    rest /= 32n;
  } while (rest > 0n);
  return `${prefix}_${text.padStart(9, "0")}`;
}

/** The number behind {@link publicNumber}; `undefined` when the text is not of that form and prefix. */
export function parsePublicNumber(prefix: IdPrefix, text: string): bigint | undefined {
  if (!text.startsWith(`${prefix}_`)) return undefined;
  const digits = text.slice(prefix.length + 1);
  if (digits.length === 0 || digits.length > 13) return undefined;
  let number = 0n;
  for (const letter of digits) {
    const value = VALUES.get(letter);
    if (value === undefined) return undefined;
    number = number * 32n + BigInt(value);
  }
  return number <= 9_223_372_036_854_775_807n ? number : undefined;
}
