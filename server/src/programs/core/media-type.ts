const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** What a file is by its content, whatever it is called; undefined for what is no material: pages and drawings can act where they are opened. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  if (text(bytes, 0, 5) === "%PDF-") return "application/pdf";
  if (text(bytes, 1, 3) === "PNG" && bytes[0] === 0x89) return "image/png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (text(bytes, 0, 4) === "GIF8") return "image/gif";
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 4) === "WEBP") return "image/webp";
  return text(bytes, 4, 4) === "ftyp" ? "video/mp4" : undefined;
}
