import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";

/**
 * What the trail says of a person is written sealed with a key of that person's own. The chain is over the sealed text, so destroying the key makes
 * it unreadable for ever and leaves every hash as it was.
 */
const MARK = "sealed:v1:";
/** What is protected beyond that names the permission that opens it: `guarded:v1:<permission>:<whose key>:<box>`. */
const GUARDED = "guarded:v1:";

/** Fields that name a person, by the kind of record that they stand in; at any depth. The record is the person. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  contact: ["name", "email", "phone"],
  user: ["name", "email"],
  invitation: ["name", "email"],
  related_person: ["name", "birth", "identifier", "note"],
  lead: ["name", "contactName", "email", "phone"],
};

/** Fields that not everybody who reads the trail may see, and the permission that opens them. Whoever writes a note may name more. */
const PROTECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  related_person: { birth: "compliance.reveal", identifier: "compliance.reveal" },
};

/** By the name of a field, the permission that it takes to read it. */
type Guards = Readonly<Record<string, string>>;

interface Noted {
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly guards?: Guards | undefined;
}

/** Whose key seals what a note about this record says; undefined when nothing of it is personal or protected. */
export function keyOfNote({ subjectKind, subjectId, before, after, guards = {} }: Noted): string | undefined {
  const named = (side: unknown): boolean =>
    typeof side === "object" && side !== null && Object.keys(side).some((name) => Object.hasOwn(guards, name));
  return Object.hasOwn(PERSONAL, subjectKind) || named(before) || named(after) ? subjectId : undefined;
}

export type Keys = ReadonlyMap<string, Buffer | null>;

/** A value with its personal and its protected fields sealed. Without a key (it was destroyed) they are left out. */
export function sealFields(note: Noted, value: unknown, keys: Keys, salt: string): unknown {
  const { subjectKind, subjectId: person } = note;
  const fields = new Set(PERSONAL[subjectKind] ?? []);
  const guards = new Map(Object.entries({ ...PROTECTED[subjectKind], ...note.guards }));
  const walk = (one: unknown, path: string): unknown => {
    if (Array.isArray(one)) return one.map((item, at) => walk(item, `${path}.${at}`));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([name, inner]) => {
        const here = `${path}.${name}`;
        const guard = guards.get(name);
        if ((guard === undefined && !fields.has(name)) || inner === null || inner === "")
          return [name, walk(inner, here)];
        const mark = guard === undefined ? MARK : `${GUARDED}${guard}:`;
        return [name, sealText(JSON.stringify(inner), person, keys, `${salt}${here}`, mark)];
      }),
    );
  };
  return walk(value, "");
}

/** @param salt differs for every place, so that equal texts do not look equal */
export function sealText(text: string, person: string, keys: Keys, salt: string, mark = MARK): string {
  const key = keys.get(person);
  if (!key) return `${mark}${person}:`;
  const iv = createHmac("sha256", key).update(`${salt}\n${text}`).digest().subarray(0, 12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const box = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${mark}${person}:${box.toString("base64url")}`;
}

/** Parts of what is sealed: permission (of what is protected only), whose key, box. */
function partsOf(text: string): { readonly guard?: string; readonly person: string; readonly box: string } | undefined {
  if (text.startsWith(MARK)) {
    const at = text.lastIndexOf(":");
    return { person: text.slice(MARK.length, at), box: text.slice(at + 1) };
  }
  if (!text.startsWith(GUARDED)) return undefined;
  const [guard = "", person = "", box = ""] = text.slice(GUARDED.length).split(":");
  return { guard, person, box };
}

/** Every text in a value, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The persons whose keys are needed to read this. */
export function personsIn(value: unknown): ReadonlySet<string> {
  return new Set(textsIn(value).flatMap((text) => partsOf(text)?.person ?? []));
}

/** The permissions that it takes to read the whole of this. */
export function guardsIn(value: unknown): string[] {
  return [...new Set(textsIn(value).flatMap((text) => partsOf(text)?.guard ?? []))].sort();
}

/** What stands where a person was erased, and where the reader may not see. */
export const ERASED = "[erased]";
const HIDDEN = "[protected]";

/** A value with everything readable that a key opens and the reader may see; the rest reads `[erased]` or `[protected]`. */
export function unseal(value: unknown, keys: Keys, may: (permission: string) => boolean = () => false): unknown {
  if (typeof value === "string") return openText(value, keys, may);
  if (Array.isArray(value)) return value.map((one) => unseal(one, keys, may));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unseal(one, keys, may)]));
}

function openText(text: string, keys: Keys, may: (permission: string) => boolean): unknown {
  const parts = partsOf(text);
  if (parts === undefined) return text;
  if (parts.guard !== undefined && !may(parts.guard)) return HIDDEN;
  const key = keys.get(parts.person);
  const box = Buffer.from(parts.box, "base64url");
  if (!key || box.length < 28) return ERASED;
  const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, 12));
  decipher.setAuthTag(box.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()]).toString("utf8"));
}
