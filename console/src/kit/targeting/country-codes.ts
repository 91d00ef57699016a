const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
/** Codes that have a name but are no country: unions, pseudo-locales, "unknown". */
const NO_COUNTRIES = new Set(["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"]);

let known: readonly string[] | undefined;

/** Two-letter codes of all countries that the browser can name. */
export function countryCodes(): readonly string[] {
  if (known !== undefined) return known;
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const named = (code: string) => names.of(code) !== undefined && !NO_COUNTRIES.has(code);
  known = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(named);
  return known;
}
