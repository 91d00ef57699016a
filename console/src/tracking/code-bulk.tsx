import { BULK_CODE_COLUMNS, type BulkCodesMade, type BulkCodesPreview } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { BulkPage } from "./bulk-page.tsx";

type Sample = BulkCodesPreview["sample"][number];

/** Many referral codes from a file. */
export function CodeBulk() {
  const { t } = useTranslation("tracking");
  return (
    <BulkPage<BulkCodesPreview, BulkCodesMade>
      title={t("bulk.codes")}
      text={t("bulk.codesText")}
      parent={{ label: t("codes"), to: "/codes" }}
      resource="/codes"
      columns={BULK_CODE_COLUMNS}
      example="lagoon-casino,evergreen,SPRING26,,2026-04-01,2026-07-01"
      sample={({ sample }) => <SampleTable rows={sample} />}
      made={() => null}
    />
  );
}

function SampleTable({ rows }: { readonly rows: readonly Sample[] }) {
  const { t } = useTranslation("tracking");
  if (rows.length === 0) return null;
  return (
    <Card title={t("bulk.sample")} flush>
      <PlainTable<Sample>
        label={t("bulk.sample")}
        rows={rows}
        rowId={(one) => String(one.row)}
        columns={[
          { id: "row", label: t("bulk.row"), align: "end", cell: (one) => one.row },
          { id: "code", label: t("code"), cell: (one) => one.code },
          { id: "partner", label: t("partner"), cell: (one) => <NameText id={one.partnerId} /> },
          { id: "program", label: t("program"), cell: (one) => <NameText id={one.programId} /> },
        ]}
      />
    </Card>
  );
}
