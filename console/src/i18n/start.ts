import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { type Language, preferredLanguage, rememberLanguage } from "./languages.ts";

const catalogues = {
  en: () => import("./catalogue-en.ts"),
  es: () => import("./catalogue-es.ts"),
} satisfies Record<Language, () => Promise<{ files: Record<string, Record<string, unknown>> }>>;

async function load(language: Language): Promise<void> {
  const { files } = await catalogues[language]();
  for (const [path, texts] of Object.entries(files)) {
    const area = path.split("/")[1];
    if (area !== undefined) i18next.addResourceBundle(language, area, texts);
  }
  document.documentElement.lang = language;
}

/** Loads the person's language only; the other one is fetched when it is chosen. */
export async function startLanguages(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    defaultNS: "kit",
    interpolation: { escapeValue: false },
    resources: {},
    returnNull: false,
  });
  await load(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await showLanguage(language);
  rememberLanguage(language);
}

/** For this page only: what the person chose for the program stays. */
export async function showLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
}
