import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";

/**
 * What the trail says of a person is written sealed with a key of that person's own. The chain is over the sealed text, so destroying the key makes
 * it unreadable for ever and leaves every hash as it was.
 */
const MARK = "sealed:v1:";

/** Fields that name a person, by the kind of record that they stand in; at any depth. The record is the person. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  contact: ["name", "email", "phone"],
  user: ["name", "email"],
  invitation: ["name", "email"],
  related_person: ["name", "birth", "identifier", "note"],
  lead: ["name", "contactName", "email", "phone"],
};

/** Whose key seals what a note about this record says; undefined when nothing of it is personal. */
export function personOfNote(subjectKind: string, subjectId: string): string | undefined {
  return Object.hasOwn(PERSONAL, subjectKind) ? subjectId : undefined;
}

export type Keys = ReadonlyMap<string, Buffer | null>;

/** A value with its personal fields sealed. Without a key (it was destroyed) they are left out. */
export function sealFields(subjectKind: string, person: string, value: unknown, keys: Keys, salt: string): unknown {
  const fields = new Set(PERSONAL[subjectKind] ?? []);
  const walk = (one: unknown, path: string): unknown => {
    if (Array.isArray(one)) return one.map((item, at) => walk(item, `${path}.${at}`));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([name, inner]) => {
        const here = `${path}.${name}`;
        if (!fields.has(name) || inner === null || inner === "") return [name, walk(inner, here)];
        return [name, sealText(JSON.stringify(inner), person, keys, `${salt}${here}`)];
      }),
    );
  };
  return walk(value, "");
}

/** @param salt differs for every place, so that equal texts do not look equal */
export function sealText(text: string, person: string, keys: Keys, salt: string): string {
  const key = keys.get(person);
  if (!key) return `${MARK}${person}:`;
  const iv = createHmac("sha256", key).update(`${salt}\n${text}`).digest().subarray(0, 12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const box = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${MARK}${person}:${box.toString("base64url")}`;
}

/** The persons whose keys are needed to read this. */
export function personsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === "string" && value.startsWith(MARK)) found.add(value.slice(MARK.length, value.lastIndexOf(":")));
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) personsIn(one, found);
  return found;
}

/** A value with everything readable that a key opens; the rest reads `erased`. */
export function unseal(value: unknown, keys: Keys, erased: string): unknown {
  if (typeof value === "string") return value.startsWith(MARK) ? openText(value, keys, erased) : value;
  if (Array.isArray(value)) return value.map((one) => unseal(one, keys, erased));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unseal(one, keys, erased)]));
}

function openText(sealed: string, keys: Keys, erased: string): unknown {
  const at = sealed.lastIndexOf(":");
  const key = keys.get(sealed.slice(MARK.length, at));
  const box = Buffer.from(sealed.slice(at + 1), "base64url");
  if (!key || box.length < 28) return erased;
  const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, 12));
  decipher.setAuthTag(box.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()]).toString("utf8"));
}
