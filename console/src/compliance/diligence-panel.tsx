import { Button } from "@mantine/core";
import type { DueDiligence, Partner, PartnerDocument, RuleBook } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { useDocumentColumns } from "./document-columns.tsx";
import { DomainCard } from "./domain-card.tsx";
import { FactCard } from "./fact-card.tsx";
import { NeedTable } from "./need-table.tsx";
import { OwnershipCard } from "./ownership-card.tsx";
import { QuestionnaireCards } from "./questionnaire-card.tsx";
import { RegimeCard } from "./regime-card.tsx";
import { RiskCard } from "./risk-card.tsx";
import { SitePanel } from "./site-list.tsx";
import { kindsOf, UploadDocument } from "./upload-document.tsx";
import { useSay } from "./use-say.ts";

/** Due diligence of one partner on its page: what is known, what is asked, who stands behind it, what it risks. */
export function DiligencePanel({ partner }: { readonly partner: Pick<Partner, "id" | "name"> }) {
  const { t } = useTranslation("compliance");
  const diligence = useRecord<DueDiligence>(`/partners/${partner.id}/due-diligence`);
  return (
    <>
      <Loaded query={diligence}>
        {(one) => (
          <>
            <FactCard diligence={one} />
            <Card title={t("documents.asked")} flush>
              <NeedTable needs={one.needs} partnerId={partner.id} partnerName={partner.name} />
            </Card>
          </>
        )}
      </Loaded>
      <DocumentPanel partnerId={partner.id} />
      <OwnershipCard partnerId={partner.id} />
      <QuestionnaireCards partnerId={partner.id} />
      <RiskCard partnerId={partner.id} />
      <SitePanel partnerId={partner.id} />
      <DomainCard partnerId={partner.id} />
      <RegimeCard subjectKind="partner" subjectId={partner.id} />
    </>
  );
}

function DocumentPanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const say = useSay();
  const [adding, setAdding] = useState(false);
  const book = useRecord<RuleBook>("/due-diligence-rules/documents");
  const add = can("documents.write") ? (
    <Button size="xs" variant="default" onClick={() => setAdding(true)}>
      {t("documents.handIn")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("documents.title")} actions={add} flush>
      <ListPanel<PartnerDocument>
        embedded
        name="partner-documents"
        title={t("documents.title")}
        resource="/documents"
        fixed={{ partnerId }}
        rowId={(one) => one.id}
        open={(one) => `/documents/${one.id}`}
        columns={useDocumentColumns(false)}
        empty={{ title: t("documents.nothing"), text: t("documents.nothingText") }}
      />
      {adding ? (
        <UploadDocument
          partnerId={partnerId}
          handing={{ kinds: kindsOf(book.data, say) }}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Card>
  );
}
