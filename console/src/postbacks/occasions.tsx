import { useTranslation } from "react-i18next";

/** What a postback is called for, in words; an event type of the program's own stands as it was declared. */
export function Occasions({ occasions }: { readonly occasions: readonly string[] }) {
  const { t } = useTranslation("postbacks");
  return <>{occasions.map((one) => t(`occasion.${one}`, { defaultValue: one })).join(", ")}</>;
}
