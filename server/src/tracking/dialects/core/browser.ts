import type { DialectAnswer, DialectCall, Pair } from "./contracts.ts";

/** A transparent picture of one pixel, 43 bytes. */
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** What a pixel is answered: the picture, or an empty page where a frame asks for one. */
export function pixelAnswer(status: number, call: DialectCall): DialectAnswer {
  const { accept = "", "sec-fetch-dest": place } = call.headers;
  const isFrame = place === undefined ? accept.startsWith("text/html") : place === "iframe" || place === "document";
  if (!isFrame) return { status, contentType: "image/gif", body: GIF };
  return { status, contentType: "text/html; charset=utf-8", body: "<!doctype html><title>-</title>" };
}

/** The call's parameters, with the click of the program's cookie where the call itself names none. */
export function withCookieClick(call: DialectCall, names: readonly string[], pairs: readonly Pair[]): readonly Pair[] {
  const [own] = names;
  if (call.cookieClick === undefined || own === undefined) return pairs;
  const isNamed = pairs.some(([name, value]) => names.includes(name.toLowerCase()) && value.trim() !== "");
  return isNamed ? pairs : [...pairs, [own, call.cookieClick]];
}
