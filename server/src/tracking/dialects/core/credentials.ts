import { bodyPairs } from "./body-pairs.ts";
import type { DialectCall, DialectCredential, Pair } from "./contracts.ts";

/** The first value of a parameter in query, form or JSON object that is not empty. */
export function parameter(call: DialectCall, names: readonly string[]): string | undefined {
  const pairs = allPairs(call);
  for (const name of names) {
    const found = pairs.find(([sent, value]) => sent.toLowerCase() === name && value.trim() !== "");
    if (found !== undefined) return found[1].trim();
  }
  return undefined;
}

/** Query, and form or JSON object, in the order sent. */
export function allPairs(call: DialectCall): readonly Pair[] {
  return bodyPairs(call);
}

/** A token in one of these parameters (names in lower case). */
export function tokenParameter(call: DialectCall, names: readonly string[], account?: string): DialectCredential {
  const value = parameter(call, names);
  return value === undefined ? without(account) : { kind: "token", value, ...of(account) };
}

/** `Authorization: Bearer …` */
export function bearer(call: DialectCall, account?: string): DialectCredential {
  const value = /^Bearer +(\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
  return value === undefined ? without(account) : { kind: "bearer", value, ...of(account) };
}

/** `Authorization: Basic …`: the user name is the account, the password the value; without a password the name is the value. */
export function basic(call: DialectCall): DialectCredential {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(call.headers.authorization ?? "")?.[1];
  if (encoded === undefined) return { kind: "none" };
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const [name, word] = colon < 0 ? ["", text] : [text.slice(0, colon), text.slice(colon + 1)];
  return word === "" ? { kind: "basic", value: name } : { kind: "basic", value: word, ...of(name) };
}

export function header(call: DialectCall, name: string, account?: string): DialectCredential {
  const value = call.headers[name];
  return value === undefined || value === "" ? without(account) : { kind: "header", value, ...of(account) };
}

function without(account: string | undefined): DialectCredential {
  return { kind: "none", ...of(account) };
}

function of(account: string | undefined): { readonly account?: string } {
  return account === undefined || account === "" ? {} : { account };
}
