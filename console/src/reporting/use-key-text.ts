import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";

interface Key {
  readonly by: string;
  readonly value: string;
  readonly label: string;
}

/** What a report's key is called: names, countries and days in the reader's language. */
export function useKeyText(): (key: Key) => string {
  const { t, i18n } = useTranslation("reporting");
  const format = useFormat();
  return (key) => {
    if (key.value === "") return t("unknown");
    switch (key.by) {
      case "country":
        return `${format.country(key.value)} · ${key.value}`;
      case "language":
        return format.languageName(key.value);
      case "day":
        return format.day(key.value);
      case "week":
        return t("weekOf", { day: format.day(key.value) });
      case "month":
        return format.day(key.value.slice(0, 7));
      case "device":
        return i18n.exists(`deviceKind.${key.value}`, { ns: "reporting" }) ? t(`deviceKind.${key.value}`) : key.value;
      case "component":
        return key.label.replaceAll("_", " ");
      default:
        return key.label;
    }
  };
}
