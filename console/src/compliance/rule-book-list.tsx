import { RuleBookName } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

/** The books that due diligence goes by. */
export function RuleBookList() {
  const { t } = useTranslation("compliance");
  return (
    <Page title={t("rules.title")} subtitle={t("rules.subtitle")}>
      <Card title={t("rules.books")} flush>
        <PlainTable
          label={t("rules.books")}
          rows={RuleBookName.options}
          rowId={(book) => book}
          columns={[
            {
              id: "name",
              label: t("name"),
              cell: (book) => <Go to={`/due-diligence-rules/${book}`}>{t(`rules.names.${book}`)}</Go>,
            },
            { id: "what", label: t("rules.what"), cell: (book) => t(`rules.texts.${book}`) },
          ]}
        />
      </Card>
    </Page>
  );
}
