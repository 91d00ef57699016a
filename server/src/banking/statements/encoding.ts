import { Unreadable } from "./trouble.ts";

export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

/** UTF-16 by its mark, or because every second byte of Latin letters is nought. */
export function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first = 1, second = 1, third = 1, fourth = 1] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (bytes.length < 4) return undefined;
  if (second === 0 && fourth === 0 && first !== 0) return "utf-16le";
  if (first === 0 && third === 0 && second !== 0) return "utf-16be";
  return undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A decoder of the platform, or nothing where it does not know the name (CP852, EBCDIC …). */
export function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

/**
 * The text of a file that does not say its encoding: by its mark, else UTF-8 when all of it is, else what the file (OFX) or a
 * mapping claims, else Windows-1252, which gives every byte a letter.
 */
export function decodeText(bytes: Uint8Array, claimed?: string): DecodedText {
  const wide = utf16Of(bytes);
  const named = claimed === undefined ? undefined : decoderOf(claimed);
  // A file that claims UTF-16 and has not one nought in it was converted by a program that left the claim.
  const asked = named?.encoding.startsWith("utf-16") && !bytes.includes(0) ? undefined : named;
  if (wide === undefined && isUtf8(bytes) && (asked === undefined || !asked.encoding.startsWith("utf-16")))
    return decoded(bytes, "utf-8");
  return decoded(bytes, wide ?? (asked === undefined || asked.encoding === "utf-8" ? "windows-1252" : asked.encoding));
}

function decoded(bytes: Uint8Array, encoding: string): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: text.startsWith("\ufeff") ? text.slice(1) : text, encoding };
}

/** What an XML document declares in its first line, where that is a decoder we have. */
export function xmlEncodingOf(bytes: Uint8Array): string {
  const wide = utf16Of(bytes);
  if (wide !== undefined) return wide;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const said = /<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1];
  if (said === undefined) return "utf-8";
  const decoder = decoderOf(said);
  if (decoder === undefined)
    throw new Unreadable("broken", `Line 1: the encoding ${said} is not known; save the file as UTF-8.`, "line 1");
  // A byte-wise file that claims UTF-16 is what some programs write after converting it.
  return decoder.encoding.startsWith("utf-16") ? "utf-8" : decoder.encoding;
}
