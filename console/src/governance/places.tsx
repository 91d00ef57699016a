import { Group } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/link.tsx";

const PLACES = ["findings", "rules", "tags", "definitions"] as const;

/** The pages about data beside each other. */
export function Places() {
  const { t } = useTranslation("governance");
  const { pathname } = useLocation();
  return (
    <Group component="nav" aria-label={t("title")} gap="md">
      {PLACES.map((place) =>
        pathname.endsWith(`/${place}`) ? (
          <b key={place} aria-current="page">
            {t(`places.${place}`)}
          </b>
        ) : (
          <Go key={place} to={`/data-quality/${place}`} size="sm">
            {t(`places.${place}`)}
          </Go>
        ),
      )}
    </Group>
  );
}
