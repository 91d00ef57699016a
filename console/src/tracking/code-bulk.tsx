import { BULK_CODE_COLUMNS, type BulkCodesMade, type BulkCodesPreview } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { NameText } from "../kit/name-text.tsx";
import { BulkPage } from "./bulk-page.tsx";

/** Many referral codes from a file. */
export function CodeBulk() {
  const { t } = useTranslation("tracking");
  return (
    <BulkPage<BulkCodesPreview["sample"][number], BulkCodesMade>
      title={t("bulk.codes")}
      text={t("bulk.codesText")}
      parent={{ label: t("codes"), to: "/codes" }}
      resource="/codes"
      columns={BULK_CODE_COLUMNS}
      example="lagoon-casino,evergreen,SPRING26,,2026-04-01,2026-07-01"
      sample={[
        { id: "code", label: t("code"), cell: (one) => one.code },
        { id: "partner", label: t("partner"), cell: (one) => <NameText id={one.partnerId} /> },
        { id: "program", label: t("program"), cell: (one) => <NameText id={one.programId} /> },
      ]}
    />
  );
}
