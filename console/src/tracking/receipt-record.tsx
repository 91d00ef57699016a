import type { IntakeRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useParam } from "../kit/link.tsx";
import { Page as PageFrame } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { IntakePreview } from "./intake-preview.tsx";

/** One call or click of the log. */
export function ReceiptRecord() {
  const { t } = useTranslation("tracking");
  const id = useParam("id");
  const found = useRecord<Page<IntakeRow>>("/intake", { q: id, limit: 1 });
  return (
    <Loaded query={found}>
      {(page) => (
        <PageFrame title={t("receipt")} subtitle={id} parent={{ label: t("intake"), to: "/intake" }}>
          <Card title={t("details")}>
            {page.data[0] === undefined ? t("notThereYet") : <IntakePreview row={page.data[0]} />}
          </Card>
          {page.data[0]?.raw ? (
            <Card title={t("asSent")}>
              <pre>{page.data[0].raw}</pre>
            </Card>
          ) : null}
        </PageFrame>
      )}
    </Loaded>
  );
}
