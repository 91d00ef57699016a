/** Widths of the records of an ACH file (NACHA Operating Rules, appendix three); every record has 94 characters. */
export const RECORD = 94;
export const BLOCKING = 10;

/** Left-aligned text, blanks behind; never longer than its field. */
export function alpha(text: string, width: number): string {
  return text.slice(0, width).padEnd(width, " ");
}

/** Right-aligned digits, noughts before. @throws when the number has more digits: it would be another number */
export function numeric(value: bigint | number, width: number): string {
  const text = value.toString();
  if (text.length > width) throw new Error(`${text} has more than ${width} digits`);
  return text.padStart(width, "0");
}

/** The entry hash: the sum of the first eight digits of all receiving banks; ten digits from the right. */
export function hashText(sum: bigint): string {
  return numeric(sum % 10_000_000_000n, 10);
}

export function sixDigitDate(day: string): string {
  return day.replaceAll("-", "").slice(2);
}

/** Credits to an account end with 1 to 4, debits with 6 to 9; a loan's debit is 55. */
export function isDebitCode(code: string): boolean {
  return /^[2-5][5-9]$/.test(code) || /^8[2468]$/.test(code);
}

export function isTransactionCode(code: string): boolean {
  return /^(?:2[1-46-9]|3[1-46-9]|4[1-46-9]|5[1-6]|8[1-8])$/.test(code);
}

/** Standard entry classes in use; others are no ACH. */
export const ENTRY_CLASSES: ReadonlySet<string> = new Set(
  "ACK ADV ARC ATX BOC CCD CIE COR CTX DNE ENR IAT MTE POP POS PPD RCK SHR TEL TRC TRX WEB XCK".split(" "),
);
