import type { StoredCall, StoredClick, StoredImpression } from "../contracts.ts";

/** The click in the body of an entry of kind 1. @throws on a body of another version: a defect, or a log from a newer program */
export function readClick(body: string): StoredClick {
  return read<StoredClick>(body, "click");
}

/** The impression in the body of an entry of kind 2. @throws as {@link readClick} */
export function readImpression(body: string): StoredImpression {
  return read<StoredImpression>(body, "impression");
}

/** The call in the body of an entry of kind 3. @throws as {@link readClick} */
export function readCall(body: string): StoredCall {
  return read<StoredCall>(body, "call");
}

function read<T extends { readonly v: number }>(body: string, what: string): T {
  const value = JSON.parse(body) as T;
  if (value.v !== 1) throw new Error(`a ${what} of version ${value.v} cannot be read by this program`);
  return value;
}

const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text that PostgreSQL can keep: NUL and halves of characters become U+FFFD. */
export function storable(text: string): string {
  return text.search(UNSTORABLE) < 0 ? text : text.replace(UNSTORABLE, "\ufffd");
}

/** The first `length` characters, not ending in half of one. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
