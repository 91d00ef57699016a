import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language } from "../i18n/languages.ts";
import { changeLanguage } from "../i18n/start.ts";
import { Mark } from "../kit/shell/mark.tsx";
import css from "./entrance.module.css";

interface EntranceProps {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** The page before one is inside: sign-in, set-up. */
export function Entrance({ title, text, children }: EntranceProps) {
  const { t, i18n } = useTranslation("kit");
  useDocumentTitle(`${title} · ${t("product")}`);
  return (
    <main className={css.entrance}>
      <div className={css.box}>
        <div className={css.head}>
          <Mark size={26} />
          {t("product")}
        </div>
        <div className={css.card}>
          <h1>{title}</h1>
          {text === undefined ? null : <p>{text}</p>}
          {children}
        </div>
        <div className={css.foot}>
          {(Object.keys(LANGUAGES) as Language[]).map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={i18n.language === language}
              onClick={() => void changeLanguage(language)}
            >
              {LANGUAGES[language]}
            </button>
          ))}
        </div>
      </div>
    </main>
  );
}
