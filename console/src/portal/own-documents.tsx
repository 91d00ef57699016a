import { Button } from "@mantine/core";
import type { DueDiligence, PartnerDocument } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useDocumentColumns } from "../compliance/document-columns.tsx";
import { DomainCard } from "../compliance/domain-card.tsx";
import { FactCard } from "../compliance/fact-card.tsx";
import { NeedTable } from "../compliance/need-table.tsx";
import { QuestionnaireCards } from "../compliance/questionnaire-card.tsx";
import { SitePanel } from "../compliance/site-list.tsx";
import { DILIGENCE_REFRESH } from "../compliance/states.ts";
import { type Handing, UploadDocument } from "../compliance/upload-document.tsx";
import { useSay } from "../compliance/use-say.ts";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { complain } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** What the operator has to know of a partner, for the partner's own people: documents, questions, sites, domains. */
export function OwnDocuments() {
  const { t } = useTranslation("compliance");
  const { me } = useSession();
  const partnerId = me.partner?.id ?? "";
  const diligence = useRecord<DueDiligence>(`/partners/${partnerId}/due-diligence`, {}, { enabled: partnerId !== "" });
  return (
    <Page title={t("own.title")} subtitle={t("own.subtitle")}>
      <Loaded query={diligence}>
        {(one) => (
          <>
            <FactCard diligence={one} own />
            <Card title={t("documents.asked")} flush>
              <NeedTable needs={one.needs} partnerId={undefined} partnerName={me.partner?.name ?? ""} />
            </Card>
            <HandedIn />
            <QuestionnaireCards partnerId={partnerId} own />
            <SitePanel partnerId={partnerId} own />
            <DomainCard partnerId={partnerId} own />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function HandedIn() {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const [replacing, setReplacing] = useState<Handing | null>(null);
  const replace = (one: PartnerDocument) =>
    setReplacing({
      personId: one.personId,
      replaces: one.id,
      kinds: [{ code: one.kind, name: say(one.kindName), hint: one.state === "rejected" ? one.reason : "" }],
    });
  const change: Column<PartnerDocument> = {
    id: "change",
    label: t("change"),
    cell: (one) => <RowButtons document={one} onReplace={() => replace(one)} />,
    align: "end",
    width: 220,
    phone: "line",
  };
  const columns = useDocumentColumns(false).filter(({ id }) => id !== "by");
  return (
    <Card title={t("own.handedIn")} flush>
      <ListPanel<PartnerDocument>
        embedded
        name="own-documents"
        title={t("own.handedIn")}
        resource="/documents"
        rowId={(one) => one.id}
        columns={[...columns, change]}
        empty={{ title: t("documents.nothing"), text: t("own.nothingText") }}
      />
      {replacing === null ? null : (
        <UploadDocument partnerId={undefined} handing={replacing} onClose={() => setReplacing(null)} />
      )}
    </Card>
  );
}

function RowButtons({ document, onReplace }: { readonly document: PartnerDocument; readonly onReplace: () => void }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const withdraw = useChange({
    send: () => api.post(`/documents/${document.id}/withdraw`, { revision: document.revision }),
    refresh: DILIGENCE_REFRESH,
  });
  const onError = (problem: { message: string; detail?: string | undefined }) =>
    complain(problem.message, problem.detail);
  return (
    <Button.Group>
      {document.mayOpen ? (
        <Button size="compact-xs" variant="default" component="a" href={`/v1/documents/${document.id}/file`} download>
          {t("documents.open")}
        </Button>
      ) : null}
      {can("documents.write") && document.state === "submitted" && document.byPartner ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate(undefined, { onError })}
        >
          {t("own.withdraw")}
        </Button>
      ) : null}
      {can("documents.write") && (document.state === "accepted" || document.state === "rejected") ? (
        <Button size="compact-xs" variant="default" onClick={onReplace}>
          {t("own.replace")}
        </Button>
      ) : null}
    </Button.Group>
  );
}
