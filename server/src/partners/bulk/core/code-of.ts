import anyAscii from "any-ascii";

/** A code made of a partner's name, in letters of any script: `Café Überall` is `cafe-uberall`. */
export function codeOf(name: string): string {
  const slug = anyAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  return slug.length >= 2 ? slug : `partner-${slug === "" ? "x" : slug}`;
}
