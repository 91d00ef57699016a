import { Text } from "@mantine/core";
import type { PortfolioPlanFileRead } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { complain, say } from "../kit/notices.ts";

interface PlanImportProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}
interface Entry {
  readonly csv: string;
  readonly dryRun: boolean;
}
const Typed = z.object({ csv: z.string().min(1), dryRun: z.boolean() });

/** Plans from a file; tried first, so that every line that is not understood is named. */
export function PlanImport({ opened, onClose }: PlanImportProps) {
  const { t } = useTranslation("morning");
  return (
    <FormDialog<Entry, PortfolioPlanFileRead>
      opened={opened}
      onClose={onClose}
      wide
      title={t("importPlans")}
      submit={t("read")}
      schema={Typed}
      initial={{ csv: "partner,month,ftds,revenue,commission\n", dryRun: true }}
      fields={[
        { kind: "note", name: "note", label: "", content: <Text size="sm">{t("importText")}</Text> },
        { kind: "textarea", name: "csv", label: t("csv"), rows: 10, mono: true, required: true },
        { kind: "switch", name: "dryRun", label: t("dryRun") },
      ]}
      send={(values) => api.post<PortfolioPlanFileRead>("/portfolio/plans/import", values)}
      done={({ rows, saved, problems }) => {
        if (problems.length > 0)
          complain(
            t("linesRefused", { count: problems.length }),
            problems.map(({ line, text }) => `${line}: ${text}`).join("\n"),
          );
        say(saved > 0 ? t("plansSaved", { count: saved }) : t("wouldSave", { count: rows }));
      }}
      refresh={["portfolio"]}
    />
  );
}
