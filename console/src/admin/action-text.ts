import { useTranslation } from "react-i18next";

/** An action in people's words. */
export function useActionText(): (action: string) => string {
  const { t } = useTranslation("app");
  return (action) => t(`action.${action}`, { defaultValue: action.replaceAll(/[._]/g, " "), nsSeparator: false });
}
