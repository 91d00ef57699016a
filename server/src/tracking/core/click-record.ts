import type { ClickTarget, ClickVerdict, ImpressionVerdict } from "../contracts.ts";
import type { ClickInput } from "./click-fields.ts";

/** What a click record is made of. `link` and `visitor` are ready-made JSON fragments (see below), made once per link and visitor. */
export interface ClickParts {
  readonly id: string;
  readonly at: number;
  readonly verdict: ClickVerdict | ImpressionVerdict;
  readonly to: ClickTarget;
  readonly link: string;
  readonly address: string;
  readonly browser: string;
  readonly referer: string | undefined;
  readonly language: string | undefined;
  readonly prev: string | undefined;
  readonly prevView: string | undefined;
  readonly input: ClickInput;
  readonly test?: true | undefined;
}

/** `StoredClick` as JSON text, put together by hand: this runs for every click, and JSON.stringify costs several times as much. */
export function clickBody(parts: ClickParts): string {
  const { input } = parts;
  let body = `{"v":1,"id":"${parts.id}","at":${parts.at},"verdict":"${parts.verdict}","to":"${parts.to}",${parts.link}${parts.address}${parts.browser}`;
  for (const [name, value] of input.fields) body += `,"${name}":${quote(value)}`;
  if (input.deepLink !== undefined)
    body += `,"${parts.to === "deep_link" ? "deepLink" : "refusedLink"}":${quote(input.deepLink.slice(0, 2000))}`;
  if (parts.referer !== undefined) body += field("referer", parts.referer);
  if (parts.language !== undefined) body += field("language", parts.language);
  if (parts.prev !== undefined) body += `,"prev":"${parts.prev}"`;
  if (parts.prevView !== undefined) body += `,"prevView":"${parts.prevView}"`;
  if (input.other !== undefined) body += `,"other":${JSON.stringify(Object.fromEntries(input.other))}`;
  if (input.cut !== undefined) body += `,"cut":${JSON.stringify(input.cut)}`;
  if (parts.test === true) body += ',"test":true';
  return `${body}}`;
}

/** `,"name":"value"`: the value must be storable text. */
export function field(name: string, value: string): string {
  return `,"${name}":${quote(value)}`;
}

const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** A JSON string. */
export function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text.toWellFormed());
}
