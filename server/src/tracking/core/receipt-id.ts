import { parsePublicNumber, publicNumber } from "../../kernel/ids.ts";

/** Where what was sent stands in the log; `line` is the event's position inside a call that carried many. */
export interface ReceiptPlace {
  readonly lane: number;
  readonly seq: bigint;
  readonly line?: number;
}

const PATTERN = /^rcp_([0-9a-z]{1,7})_([0-9a-z]{1,13})(?:_([0-9a-z]{1,7}))?$/;
const MAX_INT = 2_147_483_647n;

/** Public id of a receipt: `rcp_<lane>_<seq>` or `rcp_<lane>_<seq>_<line>`, numbers in Crockford's base 32 without leading zeros. */
export function receiptId(lane: number, seq: bigint | number, line?: number): string {
  const call = `rcp_${digits(BigInt(lane))}_${digits(BigInt(seq))}`;
  return line === undefined ? call : `${call}_${digits(BigInt(line))}`;
}

/** The place behind a receipt id, in either case; `undefined` when the text is none. */
export function parseReceiptId(text: string): ReceiptPlace | undefined {
  const match = PATTERN.exec(text.toLowerCase());
  if (match === null) return undefined;
  const lane = number(match[1]);
  const seq = number(match[2]);
  if (lane === undefined || seq === undefined || lane > MAX_INT) return undefined;
  if (match[3] === undefined) return { lane: Number(lane), seq };
  const line = number(match[3]);
  return line === undefined || line > MAX_INT ? undefined : { lane: Number(lane), seq, line: Number(line) };
}

// The kernel's numbers carry a prefix and at least nine letters; a receipt has three of them and needs neither.
function digits(value: bigint): string {
  return publicNumber("evt", value)
    .slice(4)
    .replace(/^0+(?=.)/, "");
}

function number(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : parsePublicNumber("evt", `evt_${text}`);
}
