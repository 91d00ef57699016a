/** A link's address as it is published: with the values that a partner adds to it. Empty ones are left out. */
export function publishedAddress(url: string, added: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams(Object.entries(added).filter(([, value]) => value.trim() !== ""));
  // Placeholders of the partner's own tracker stay as they are written: {clickid} and not %7Bclickid%7D.
  const text = params.toString().replaceAll("%7B", "{").replaceAll("%7D", "}");
  if (text === "") return url;
  return `${url}${url.includes("?") ? "&" : "?"}${text}`;
}
