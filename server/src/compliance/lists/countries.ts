/** Names that lists use and the Unicode tables do not. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "democratic republic of the congo": "CD",
  "congo, democratic republic of the": "CD",
  "dr congo": "CD",
  congo: "CG",
  "republic of the congo": "CG",
  "korea, north": "KP",
  "north korea": "KP",
  "democratic people's republic of korea": "KP",
  dprk: "KP",
  "korea, south": "KR",
  "south korea": "KR",
  "republic of korea": "KR",
  burma: "MM",
  myanmar: "MM",
  russia: "RU",
  "russian federation": "RU",
  ussr: "RU",
  iran: "IR",
  "islamic republic of iran": "IR",
  "iran (islamic republic of)": "IR",
  "iran, islamic republic of": "IR",
  syria: "SY",
  "syrian arab republic": "SY",
  venezuela: "VE",
  bolivia: "BO",
  tanzania: "TZ",
  "united republic of tanzania": "TZ",
  moldova: "MD",
  "republic of moldova": "MD",
  "ivory coast": "CI",
  "cote d'ivoire": "CI",
  "côte d'ivoire": "CI",
  "hong kong": "HK",
  macau: "MO",
  macao: "MO",
  "west bank": "PS",
  gaza: "PS",
  "region: gaza": "PS",
  palestinian: "PS",
  "state of palestine": "PS",
  "united states of america": "US",
  usa: "US",
  "united states": "US",
  uk: "GB",
  "united kingdom": "GB",
  "great britain": "GB",
  england: "GB",
  laos: "LA",
  "lao people's democratic republic": "LA",
  "viet nam": "VN",
  vietnam: "VN",
  turkey: "TR",
  turkiye: "TR",
  türkiye: "TR",
  "czech republic": "CZ",
  macedonia: "MK",
  "the gambia": "GM",
  "gambia, the": "GM",
  "the bahamas": "BS",
  "bahamas, the": "BS",
  swaziland: "SZ",
  kosovo: "XK",
  taiwan: "TW",
  "libyan arab jamahiriya": "LY",
  "state of libya": "LY",
  "brunei darussalam": "BN",
  "cape verde": "CV",
  "holy see": "VA",
  crimea: "UA",
  "united arab emirates": "AE",
  uae: "AE",
};

function build(): ReadonlyMap<string, string> {
  const names = new Map<string, string>(Object.entries(OTHER_NAMES));
  const english = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  for (let first = 65; first <= 90; first++)
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second);
      const name = english.of(code);
      if (name === undefined || OLD_CODES.has(code)) continue;
      const plain = name.toLowerCase();
      if (!names.has(plain)) names.set(plain, code);
      if (!names.has(plain.replace(/&/g, "and"))) names.set(plain.replace(/&/g, "and"), code);
    }
  return names;
}

const OLD_CODES: ReadonlySet<string> = new Set([
  "EU",
  "EZ",
  "UN",
  "ZZ",
  "XA",
  "XB",
  "SU",
  "YU",
  "DD",
  "FX",
  "ZR",
  "TP",
  "BU",
  "AN",
  "UK",
  "CS",
  "NT",
  "YD",
  "VD",
  "RH",
  "DY",
  "HV",
  "NH",
]);

const BY_NAME = build();

/** "Iran", "IRN"?, "ir" → "IR". @returns undefined for "00", "unknown" and what is no country */
export function countryCode(text: string): string | undefined {
  const plain = text.trim().toLowerCase().replace(/\.$/, "");
  if (/^[a-z]{2}$/.test(plain)) return plain === "uk" ? "GB" : plain.toUpperCase();
  const found = BY_NAME.get(plain) ?? BY_NAME.get(plain.replace(/^the |\s*\(.*\)$/g, ""));
  return found;
}
