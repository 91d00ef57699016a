/** What a file is by its content, whatever it is called. */
type Sniffed = { readonly mediaType: string; readonly extension: string } | { readonly refused: string };

const at = (bytes: Uint8Array, offset: number, text: string): boolean =>
  [...text].every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
const starts = (bytes: Uint8Array, ...codes: readonly number[]): boolean =>
  codes.every((code, index) => bytes[index] === code);

const HEIF = ["heic", "heix", "mif1", "heif", "hevc"];

/** Documents are papers and photos. Whatever else can be opened can act: programs, archives, office files with macros, pages, drawings with scripts. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (at(bytes, 0, "%PDF-")) return pdf(bytes);
  if (starts(bytes, 0xff, 0xd8, 0xff)) return { mediaType: "image/jpeg", extension: "jpg" };
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))
    return { mediaType: "image/png", extension: "png" };
  if (at(bytes, 0, "RIFF") && at(bytes, 8, "WEBP")) return { mediaType: "image/webp", extension: "webp" };
  if (at(bytes, 4, "ftyp") && HEIF.some((brand) => at(bytes, 8, brand)))
    return { mediaType: "image/heic", extension: "heic" };
  return { refused: nameOf(bytes) };
}

/** Things in a PDF that do something when it is opened. Names may be written with #xx for any letter. */
const ACTIVE = /\/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b/;

function pdf(bytes: Uint8Array): Sniffed {
  const text = Buffer.from(bytes).toString("latin1");
  const plain = text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const [found] = ACTIVE.exec(plain) ?? [];
  if (found !== undefined) return { refused: `a PDF with something in it that acts (${found})` };
  if (/\/Encrypt\b/.test(plain)) return { refused: "a PDF with a password" };
  return { mediaType: "application/pdf", extension: "pdf" };
}

function nameOf(bytes: Uint8Array): string {
  if (starts(bytes, 0x4d, 0x5a)) return "a program";
  if (starts(bytes, 0x7f, 0x45, 0x4c, 0x46)) return "a program";
  if (starts(bytes, 0x50, 0x4b)) return "an archive or an office file";
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return "an office file of the old kind";
  const start = Buffer.from(bytes.subarray(0, 512)).toString("utf8").trimStart().toLowerCase();
  if (start.includes("<svg")) return "a drawing that can hold a script (SVG)";
  if (start.startsWith("<")) return "a page (HTML or XML)";
  if (start.startsWith("#!")) return "a program";
  return "of a type that is not known here";
}
