import { IconMapOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";

export function NotFound() {
  const { t } = useTranslation("app");
  return (
    <EmptyState
      isPage
      icon={IconMapOff}
      title={t("notFound.title")}
      text={t("notFound.text")}
      action={<Go to="/">{t("notFound.home")}</Go>}
    />
  );
}
