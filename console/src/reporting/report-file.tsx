import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type QueryParams, queryString } from "../api/client.ts";

/** Fetches a report as it is asked now, as a file. */
export function ReportFile({ report, query }: { readonly report: string; readonly query: QueryParams }) {
  const { t } = useTranslation("reporting");
  return (
    <Button
      component="a"
      href={`/v1/reports/${report}${queryString({ ...query, format: "csv" })}`}
      download
      variant="default"
      leftSection={<IconDownload size={14} />}
    >
      {t("csv")}
    </Button>
  );
}
