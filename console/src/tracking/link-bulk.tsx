import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { BULK_LINK_COLUMNS, type BulkLinksMade, type BulkLinksPreview } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { csvOf, saveFile } from "../kit/list/csv.ts";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { BulkPage } from "./bulk-page.tsx";

type Made = BulkLinksMade["made"][number];

/** Many links from a file. */
export function LinkBulk() {
  const { t } = useTranslation("tracking");
  return (
    <BulkPage<BulkLinksPreview["sample"][number], BulkLinksMade>
      title={t("bulk.links")}
      text={t("bulk.linksText")}
      parent={{ label: t("links"), to: "/links" }}
      resource="/links"
      columns={BULK_LINK_COLUMNS}
      example="evergreen,welcome,,spring-26,Spring banner,banner,,,,2026-04-01,2026-07-01,newsletter,email,spring,,"
      sample={[
        { id: "partner", label: t("partner"), cell: (one) => <NameText id={one.partnerId} /> },
        { id: "offer", label: t("offer"), cell: (one) => <NameText id={one.offerId} /> },
        { id: "name", label: t("name"), cell: (one) => one.name || "–" },
        { id: "code", label: t("vanityCode"), cell: (one) => one.code ?? t("bulk.madeUp") },
      ]}
      made={({ made }) => <MadeTable rows={made} />}
    />
  );
}

/** What was made, to be handed on as a file. */
function MadeTable({ rows }: { readonly rows: readonly Made[] }) {
  const { t } = useTranslation("tracking");
  const column = (id: "row" | "code" | "url", label: string) => ({
    id,
    label,
    cell: (one: Made) => one[id],
    text: (one: Made) => one[id],
  });
  const columns = [column("row", t("bulk.row")), column("code", t("vanityCode")), column("url", t("address"))];
  return (
    <Card
      title={t("bulk.made")}
      flush
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => saveFile("links.csv", csvOf(rows, columns))}
        >
          {t("bulk.asFile")}
        </Button>
      }
    >
      <PlainTable<Made> label={t("bulk.made")} rows={rows.slice(0, 200)} rowId={(one) => one.id} columns={columns} />
    </Card>
  );
}
