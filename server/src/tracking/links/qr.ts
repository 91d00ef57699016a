import { encode as encodePng } from "fast-png";
import { encode, renderSVG } from "uqr";

/** Clear modules around the code: ISO/IEC 18004 asks for four. */
const QUIET = 4;
/** Up to a quarter of the code may be dirty or covered by a logo. */
const ECC = "Q";

/** A QR code as a drawing of any size. */
export function qrSvg(text: string): string {
  return renderSVG(text, { border: QUIET, ecc: ECC });
}

/** A QR code as a grey picture. @param size wanted width in pixels; the picture has the nearest one below in which every module is whole */
export function qrPng(text: string, size: number): Uint8Array {
  const { data } = encode(text, { border: QUIET, ecc: ECC });
  const scale = Math.max(1, Math.floor(size / data.length));
  const width = data.length * scale;
  const pixels = new Uint8Array(width * width).fill(255);
  for (const [y, row] of data.entries()) {
    for (const [x, dark] of row.entries()) {
      if (!dark) continue;
      for (let line = 0; line < scale; line += 1) {
        const start = (y * scale + line) * width + x * scale;
        pixels.fill(0, start, start + scale);
      }
    }
  }
  return encodePng({ width, height: width, data: pixels, depth: 8, channels: 1 });
}
