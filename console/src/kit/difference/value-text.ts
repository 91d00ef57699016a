import { useTranslation } from "react-i18next";

/** The address of a value in words: `net_share.base.terms[1].deduct.rate` → "net_share" and "base, deduct, share". */
export function usePathWords(): (path: string) => { readonly place: string; readonly name: string } {
  const { t, i18n } = useTranslation("kit");
  return (path) => {
    const [place = "", ...rest] = path.split(".");
    const words = rest.map((part) => {
      const [, name = part, position] = /^([^[]*)(?:\[(\d+)\])?/.exec(part) ?? [];
      const key = `valueName.${name}`;
      const word = i18n.exists(key, { ns: "kit" }) ? t(key) : name;
      return position === undefined ? word : `${word} ${Number(position) + 1}`;
    });
    return { place, name: words.join(", ") };
  };
}

/** A share as per cent, other values as they are written. */
export function valueText(path: string, value: string | null, language: string): string {
  if (value === null) return "–";
  const isShare = /(^|\.)rate(\.|\[|$)/.test(path) && /^\d+(\.\d+)?$/.test(value);
  if (!isShare) return value;
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 4 }).format(Number(value));
}
