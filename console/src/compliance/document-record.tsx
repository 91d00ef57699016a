import type { DocumentLook, PartnerDocument } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { DocumentActions } from "./document-actions.tsx";
import { DOCUMENT_TONES } from "./states.ts";
import { useSay } from "./use-say.ts";

/** One document: what it says, who decided, who looked at it. */
export function DocumentRecord() {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const id = useParam("id");
  const document = useRecord<PartnerDocument>(`/documents/${id}`);
  const timeline = useHistory("document", id);
  return (
    <Loaded query={document}>
      {(one) => (
        <RecordPage
          title={say(one.kindName)}
          parent={{ label: t("documents.title"), to: "/documents" }}
          badge={<StatusBadge state={one.state} label={t(`documents.states.${one.state}`)} tones={DOCUMENT_TONES} />}
          actions={<DocumentActions document={one} />}
          next={nextStep(one, t)}
          facts={[
            {
              label: t("partner"),
              value: <NameText id={one.partnerId} to={`/partners/${one.partnerId}?tab=due-diligence`} />,
            },
            { label: t("documents.of"), value: one.personName ?? t("documents.partnerItself") },
            { label: t("documents.expiresOn"), value: <DayText day={one.expiresOn} /> },
            { label: t("documents.uploadedAt"), value: <DateText at={one.uploadedAt} /> },
            { label: t("documents.uploadedBy"), value: one.uploadedBy },
          ]}
          tabs={[
            { id: "details", label: t("documents.details"), content: () => <Details document={one} /> },
            { id: "looks", label: t("documents.looks"), content: () => <Looks id={id} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function nextStep(
  one: PartnerDocument,
  t: (key: string, values?: Record<string, string>) => string,
): NextStep | undefined {
  if (one.state === "submitted")
    return { title: t("documents.next.submitted"), text: t("documents.next.submittedText"), tone: "warn" };
  if (one.state === "proposed")
    return {
      title: t("documents.next.proposed"),
      text: t("documents.next.proposedText", { who: one.proposedBy ?? "" }),
      tone: "info",
    };
  if (one.state === "rejected") return { title: t("documents.next.rejected"), text: one.reason, tone: "bad" };
  return undefined;
}

function Details({ document: one }: { readonly document: PartnerDocument }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const hidden = one.mayOpen || one.goneAt !== null ? "–" : t("documents.hidden");
  return (
    <Card title={t("documents.details")}>
      <Properties
        items={[
          [t("documents.nameOnIt"), one.nameOnIt || hidden],
          [t("documents.number"), one.number || hidden],
          [t("documents.issuedOn"), <DayText key="issued" day={one.issuedOn} />],
          [t("documents.file"), `${one.fileName} · ${format.number(Math.ceil(one.size / 1024))} KB`],
          [t("documents.hash"), one.sha256],
          [t("documents.note"), one.note || "–"],
          [t("documents.decision"), one.decidedBy === null ? "–" : `${one.decidedBy}: ${one.reason}`],
          [t("documents.kept"), keptText(one, t, format.day)],
        ]}
      />
    </Card>
  );
}

function keptText(
  one: PartnerDocument,
  t: (key: string, values?: Record<string, string>) => string,
  day: (text: string) => string,
): string {
  if (one.goneAt !== null) return t("documents.gone", { day: day(one.goneAt.slice(0, 10)) });
  return one.keptUntil === null ? t("documents.keptWhile") : t("documents.keptUntil", { day: day(one.keptUntil) });
}

function Looks({ id }: { readonly id: string }) {
  const { t } = useTranslation("compliance");
  return (
    <ListPanel<DocumentLook>
      embedded
      name="document-looks"
      title={t("documents.looks")}
      resource={`/documents/${id}/looks`}
      rowId={(one) => one.id}
      columns={[
        {
          id: "viewer",
          label: t("documents.viewer"),
          cell: (one) => one.viewer,
          text: (one) => one.viewer,
          phone: "title",
        },
        {
          id: "purpose",
          label: t("documents.purpose"),
          cell: (one) => one.purpose || "–",
          text: (one) => one.purpose,
          width: 300,
          phone: "line",
        },
        {
          id: "at",
          label: t("documents.seenAt"),
          cell: (one) => <DateText at={one.seenAt} />,
          text: (one) => one.seenAt,
          align: "end",
          phone: "value",
        },
      ]}
      empty={{ title: t("documents.noLooks"), text: t("documents.noLooksText") }}
    />
  );
}
