/** The text of a file and how its letters were kept. A mark at the beginning goes; what is no UTF-8 is read as Latin-1, byte by byte. */
export function decodeText(bytes: Uint8Array): {
  readonly text: string;
  readonly encoding: "ascii" | "utf-8" | "latin-1";
} {
  const text = asUtf8(bytes);
  if (text === undefined) return { text: new TextDecoder("latin1").decode(bytes), encoding: "latin-1" };
  return { text, encoding: bytes.every((byte) => byte < 0x80) ? "ascii" : "utf-8" };
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
