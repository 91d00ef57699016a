import { analyse } from "chardet";

/** How the bytes of a text are to be read, and how that was found out. */
export interface EncodingFound {
  readonly encoding: string;
  readonly because: string;
  /** bytes of the mark at the beginning that are no text */
  readonly skip: number;
}

const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** By the mark at the beginning, or because every second byte of UTF-16 is nought where letters are Latin (and line ends always are). */
export function markedEncoding(head: Uint8Array): EncodingFound | undefined {
  if (starts(head, [0xff, 0xfe, 0, 0]) || starts(head, [0, 0, 0xfe, 0xff]))
    return { encoding: "utf-32", because: "its mark", skip: 4 };
  for (const [encoding, bytes] of MARKS)
    if (starts(head, bytes)) return { encoding, because: "its mark", skip: bytes.length };
  let [even, odd] = [0, 0];
  const length = Math.min(head.length - (head.length % 2), 4096);
  for (let at = 0; at < length; at += 1)
    if (head[at] === 0) {
      if (at % 2 === 0) even += 1;
      else odd += 1;
    }
  const least = Math.max(2, length / 40);
  if (odd >= least && odd > even * 8) return { encoding: "utf-16le", because: "its nought bytes", skip: 0 };
  if (even >= least && even > odd * 8) return { encoding: "utf-16be", because: "its nought bytes", skip: 0 };
  return undefined;
}

function starts(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}

/** Encodings a letter statistic can be trusted with, under the names that decoders know. */
const DECODERS: Readonly<Record<string, string>> = {
  "ISO-8859-1": "windows-1252",
  "windows-1252": "windows-1252",
  "ISO-8859-2": "iso-8859-2",
  "windows-1250": "windows-1250",
  "ISO-8859-5": "iso-8859-5",
  "windows-1251": "windows-1251",
  "KOI8-R": "koi8-r",
  "ISO-8859-7": "iso-8859-7",
  "windows-1253": "windows-1253",
  "ISO-8859-9": "windows-1254",
  "windows-1254": "windows-1254",
  "ISO-8859-8": "iso-8859-8",
  "windows-1255": "windows-1255",
  "ISO-8859-6": "iso-8859-6",
  "windows-1256": "windows-1256",
  Shift_JIS: "shift_jis",
  "EUC-JP": "euc-jp",
  "EUC-KR": "euc-kr",
  Big5: "big5",
  GB18030: "gb18030",
};

/** A guess below this is worth less than what most spreadsheets of the West write. */
const SURE = 20;

/**
 * The encoding of bytes that are no UTF-8, from which letters occur together. Everything in Latin letters without a better claim is
 * Windows-1252, which gives every byte a letter.
 * @param sample lines with letters beyond ASCII, the more the better
 */
export function guessedEncoding(sample: Uint8Array): EncodingFound {
  if (looksMac(sample))
    return { encoding: "macintosh", because: "bytes that only an old Mac writes for letters", skip: 0 };
  const guesses = analyse(sample).filter((one) => DECODERS[one.name] !== undefined);
  const [best] = guesses;
  const western = guesses.find((one) => DECODERS[one.name] === "windows-1252")?.confidence ?? 0;
  // The statistics are of words: names and towns alone say little, so another family must be clearly likelier.
  const clear = best !== undefined && best.confidence >= SURE && best.confidence > western + 4;
  const encoding = clear ? (DECODERS[best.name] ?? "windows-1252") : easternOf(sample);
  const because = encoding === "windows-1252" ? "it is not UTF-8" : "how its letters occur together";
  return { encoding, because, skip: 0 };
}

const EASTERN = ["windows-1250", "iso-8859-2"] as const;

/**
 * Windows-1252, unless it puts signs into words where the code pages of Central Europe have letters: `¯abka Œl¹sk` is `Żabka Śląsk`.
 */
function easternOf(sample: Uint8Array): string {
  const broken = brokenWords(sample, "windows-1252");
  if (broken < 2) return "windows-1252";
  const [best] = EASTERN.map((encoding) => ({ encoding, broken: brokenWords(sample, encoding) })).toSorted(
    (one, other) => one.broken - other.broken,
  );
  return best !== undefined && best.broken * 3 < broken ? best.encoding : "windows-1252";
}

/** How often a sign beyond ASCII stands right before or within letters. */
function brokenWords(sample: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(sample);
  return text.match(/[^\p{ASCII}\p{L}\p{Pi}\p{Pf}\p{Pd}\p{Z}](?=\p{L})/gu)?.length ?? 0;
}

/** Old Mac files: CR line ends without LF, and letters below 0xa0, where Windows has signs that no word holds. */
function looksMac(sample: Uint8Array): boolean {
  let [cr, lf, low, high] = [0, 0, 0, 0];
  for (const byte of sample) {
    if (byte === 13) cr += 1;
    else if (byte === 10) lf += 1;
    else if (byte >= 0x80 && byte < 0xa0) low += 1;
    else if (byte >= 0xc0) high += 1;
  }
  return cr > 0 && lf === 0 && low > high;
}
