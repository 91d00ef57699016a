import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/link.tsx";

const PLACES = [
  ["/pipeline", "board"],
  ["/leads", "list"],
  ["/pipeline/forecast", "forecast"],
  ["/pipeline/report", "report"],
  ["/application-forms", "forms"],
  ["/pipeline/routing", "routing"],
  ["/pipeline/sources", "sources"],
  ["/pipeline/mail", "mail"],
  ["/pipeline/import", "import"],
  ["/pipeline/settings", "settings"],
] as const;

/** The ways to look at the pipeline, and what it runs by. */
export function PipelineNav({ here }: { readonly here: (typeof PLACES)[number][1] }) {
  const { t } = useTranslation("pipeline");
  return (
    <Group component="nav" aria-label={t("title")} gap={14} mt={2}>
      {PLACES.map(([to, name]) =>
        name === here ? (
          <b key={name} aria-current="page">
            {t(`places.${name}`)}
          </b>
        ) : (
          <Go key={name} to={to} size="sm">
            {t(`places.${name}`)}
          </Go>
        ),
      )}
    </Group>
  );
}
