/** One field, as it was taken over before and as the file has it now. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

type Content = Readonly<Record<string, string>>;

/** What a file says otherwise than the last time. A field that it does not mention stays as it is. */
export function differences(before: Content, after: Content): readonly FieldChange[] {
  return Object.entries(after)
    .filter(([field, value]) => before[field] !== value)
    .map(([field, value]) => ({ field, before: before[field] ?? "", after: value }));
}

/** A code for a partner, out of what it is called: `Jane's Café GmbH` is `jane-s-cafe-gmbh`. */
export function partnerCode(name: string, fallback: string): string {
  const slug = (text: string): string =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 50)
      .replace(/-+$/, "");
  const named = slug(name);
  if (named.length >= 2) return named;
  const other = slug(fallback);
  return other.length >= 2 ? other : `partner-${other === "" ? "0" : other}`;
}
