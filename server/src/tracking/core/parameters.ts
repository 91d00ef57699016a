/** Parameters that are added to where clicks go: name and value, which may hold macros. */
export type Parameters = readonly (readonly [name: string, value: string])[];

export const NO_PARAMETERS: Parameters = [];

/** An offer's parameters with a link's own, which go before them. */
export function joinParameters(
  offers: Readonly<Record<string, string>> | undefined,
  links: Readonly<Record<string, string>> | undefined,
): Parameters {
  const joined = Object.entries({ ...offers, ...links });
  return joined.length === 0 ? NO_PARAMETERS : joined;
}

/** The address with the parameters at the end of its query. What it names itself stays as it is. */
export function withParameters(address: string, parameters: Parameters): string {
  if (parameters.length === 0) return address;
  const hash = address.indexOf("#");
  let page = hash < 0 ? address : address.slice(0, hash);
  for (const [name, value] of parameters) {
    const query = page.indexOf("?");
    if (query >= 0 && new RegExp(`[?&]${name}=`).test(page.slice(query))) continue;
    const joint = query < 0 ? "?" : query === page.length - 1 || page.endsWith("&") ? "" : "&";
    page += `${joint}${name}=${encodeText(value)}`;
  }
  return hash < 0 ? page : page + address.slice(hash);
}

const MACRO = /(\{[a-z0-9_]+\})/i;

/** Percent-encoded but for its macros, which are filled in later. */
function encodeText(value: string): string {
  return value
    .split(MACRO)
    .map((part) => (MACRO.test(part) ? part : encodeURIComponent(part)))
    .join("");
}
