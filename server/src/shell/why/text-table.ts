/** Of each code: the rule and what to do, in English, then in Spanish. */
export type WhyTexts = Readonly<Record<string, readonly [string, string, string, string]>>;
export type WhyLanguage = "en" | "es";
