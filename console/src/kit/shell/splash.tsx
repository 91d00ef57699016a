import { useTranslation } from "react-i18next";
import { Mark } from "./mark.tsx";

/** Before anything is known: quiet, and only for a moment. */
export function Splash() {
  const { t } = useTranslation("kit");
  return (
    <div
      role="status"
      aria-label={t("loading")}
      style={{ display: "grid", placeItems: "center", height: "100%", opacity: 0.5 }}
    >
      <Mark size={36} />
    </div>
  );
}
