import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/link.tsx";

const PLACES = ["findings", "rules", "tags", "definitions"] as const;

/** The pages about data beside each other. */
export function Places() {
  const { t } = useTranslation("governance");
  return (
    <Group gap="md">
      {PLACES.map((place) => (
        <Go key={place} to={`/data-quality/${place}`} size="sm">
          {t(`places.${place}`)}
        </Go>
      ))}
    </Group>
  );
}
