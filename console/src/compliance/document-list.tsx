import { DocumentState, type PartnerDocument } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useDocumentColumns } from "./document-columns.tsx";

const SOON_DAYS = 60;

/** Documents of all partners: what waits for a decision first. */
export function DocumentList() {
  const { t } = useTranslation("compliance");
  const soon = new Date(Date.now() + SOON_DAYS * 86_400_000).toISOString().slice(0, 10);
  const nothing = { title: t("documents.empty"), text: t("documents.emptyText") };
  return (
    <ListPage<PartnerDocument>
      name="documents"
      title={t("documents.title")}
      resource="/documents"
      rowId={(one) => one.id}
      open={(one) => `/documents/${one.id}`}
      views={[
        {
          id: "waiting",
          label: t("documents.views.waiting"),
          filters: { state: "submitted,proposed" },
          empty: nothing,
        },
        { id: "ending", label: t("documents.views.ending"), filters: { expiresBefore: soon } },
        { id: "all", label: t("views.all") },
      ]}
      filters={[
        {
          kind: "choice",
          field: "state",
          label: t("state"),
          several: true,
          options: DocumentState.options.map((value) => ({ value, label: t(`documents.states.${value}`) })),
        },
      ]}
      columns={useDocumentColumns(true)}
      empty={nothing}
    />
  );
}
