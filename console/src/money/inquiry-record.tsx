import { Button, Group } from "@mantine/core";
import { type Adjustment, type Inquiry, InquiryDecision, NewInquiryMessage } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { Timeline } from "../kit/timeline.tsx";
import { useSession } from "../session/session.tsx";
import { INQUIRY_TONES } from "./inquiry-list.tsx";

const TOUCHED = ["inquiries", "audit"] as const;

export function InquiryRecord() {
  return <InquiryPage own={false} />;
}

export function OwnInquiry() {
  return <InquiryPage own />;
}

/** The question, every answer with its evidence, and what came of it: the same page for both sides. */
function InquiryPage({ own }: { readonly own: boolean }) {
  const { t } = useTranslation("money");
  const format = useFormat();
  const id = useParam("id");
  const inquiry = useRecord<Inquiry>(`/inquiries/${id}`);
  return (
    <Loaded query={inquiry}>
      {(one) => (
        <RecordPage
          title={one.subject}
          subtitle={own ? undefined : <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />}
          parent={{ label: t("inquiry.many"), to: "/inquiries" }}
          badge={<StatusBadge state={one.state} label={t(`inquiry.state.${one.state}`)} tones={INQUIRY_TONES} />}
          actions={<InquiryActions inquiry={one} own={own} />}
          next={
            one.state === "open"
              ? {
                  title: t(own ? "inquiry.next.waits" : "inquiry.next.answer"),
                  text: t("inquiry.next.by", { day: format.instant(one.answerBy) }),
                  tone: one.overdue ? "bad" : "info",
                }
              : undefined
          }
          facts={[
            {
              label: t("inquiry.about"),
              value: (
                <Go to={`${own ? "/earnings" : "/statements"}/${one.statementId}`}>
                  {t("statementOf", { month: format.day(one.month) })}
                </Go>
              ),
            },
            { label: t("inquiry.line"), value: one.lineId ?? "–" },
            { label: t("inquiry.openedAt"), value: <DateText at={one.openedAt} /> },
            { label: t("inquiry.adjustment"), value: one.adjustmentId ?? "–" },
          ]}
          tabs={[{ id: "messages", label: t("inquiry.messages"), content: () => <Messages inquiry={one} own={own} /> }]}
        />
      )}
    </Loaded>
  );
}

function Messages({ inquiry, own }: { readonly inquiry: Inquiry; readonly own: boolean }) {
  const { t } = useTranslation("money");
  return (
    <Timeline
      label={t("inquiry.messages")}
      entries={inquiry.messages.toReversed().map((one) => ({
        id: one.id,
        at: one.at,
        who: t(one.fromPartner === own ? "inquiry.you" : own ? "inquiry.operator" : "inquiry.partner"),
        what: <span style={{ whiteSpace: "pre-wrap" }}>{one.text}</span>,
        ...(one.evidence.length === 0 ? {} : { why: one.evidence.map(({ text }) => text).join("\n") }),
      }))}
    />
  );
}

function InquiryActions({ inquiry, own }: { readonly inquiry: Inquiry; readonly own: boolean }) {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const [asked, setAsked] = useState<"write" | "decide" | "withdraw" | null>(null);
  const close = () => setAsked(null);
  if (inquiry.closedAt !== null || !(own || can("statements.write"))) return null;
  const address = `/inquiries/${inquiry.id}`;
  return (
    <Group gap="xs">
      {own ? (
        <Button variant="default" onClick={() => setAsked("withdraw")}>
          {t("inquiry.withdraw")}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setAsked("decide")}>
          {t("inquiry.decide")}
        </Button>
      )}
      <Button onClick={() => setAsked("write")}>{t(own ? "inquiry.write" : "inquiry.answer")}</Button>
      <WriteForm inquiry={inquiry} own={own} opened={asked === "write"} onClose={close} />
      <DecideForm inquiry={inquiry} opened={asked === "decide"} onClose={close} />
      <ConfirmDialog
        opened={asked === "withdraw"}
        onClose={close}
        title={t("inquiry.withdraw")}
        text={t("inquiry.withdrawText")}
        action={t("inquiry.withdraw")}
        send={() => api.post(`${address}/withdraw`)}
        refresh={TOUCHED}
      />
    </Group>
  );
}

interface AnswerFormProps {
  readonly inquiry: Inquiry;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function WriteForm({ inquiry, own, opened, onClose }: AnswerFormProps & { readonly own: boolean }) {
  const { t } = useTranslation("money");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t(own ? "inquiry.write" : "inquiry.answer")}
      submit={t("inquiry.send")}
      schema={NewInquiryMessage.pick({ text: true }).extend({ link: z.string().max(2000) })}
      initial={{ text: "", link: "" }}
      draft={`inquiry-answer-${inquiry.id}`}
      fields={[
        { kind: "textarea", name: "text", label: t("inquiry.text"), required: true, rows: 5 },
        { kind: "text", name: "link", label: t("evidence.title"), hint: t("evidence.hint") },
      ]}
      send={({ text, link }, key) =>
        api.post<Inquiry>(`/inquiries/${inquiry.id}/messages`, { text, evidence: evidenceOf(link) }, key)
      }
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

function DecideForm({ inquiry, opened, onClose }: AnswerFormProps) {
  const { t } = useTranslation("money");
  const format = useFormat();
  const { partnerId } = inquiry;
  const asked = useRecord<{ data: readonly Adjustment[] }>(
    "/adjustments",
    { partnerId, limit: 100 },
    { enabled: opened },
  );
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("inquiry.decide")}
      submit={t("inquiry.decide")}
      schema={InquiryDecisionEntry}
      initial={{ outcome: "resolved", text: "", adjustmentId: "" }}
      fields={[
        {
          kind: "select",
          name: "outcome",
          label: t("inquiry.outcome"),
          required: true,
          options: (["resolved", "declined"] as const).map((value) => ({
            value,
            label: t(`inquiry.state.${value}`),
          })),
        },
        { kind: "textarea", name: "text", label: t("inquiry.text"), required: true, rows: 4 },
        {
          kind: "select",
          name: "adjustmentId",
          label: t("inquiry.adjustment"),
          hint: t("inquiry.adjustmentHint"),
          options: (asked.data?.data ?? []).map(({ id, month, amount: minor, currency, reason }) => ({
            value: id,
            label: `${format.day(month)} · ${format.money({ minor, currency })} · ${reason}`,
          })),
        },
      ]}
      send={({ adjustmentId, ...rest }, key) =>
        api.post<Inquiry>(
          `/inquiries/${inquiry.id}/decide`,
          { ...rest, adjustmentId: adjustmentId === "" ? null : adjustmentId },
          key,
        )
      }
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

const InquiryDecisionEntry = InquiryDecision.pick({ outcome: true, text: true, adjustmentId: true });

/** One reference as it was typed: an address, or whatever else it is. */
export function evidenceOf(text: string | undefined): { readonly kind: "link" | "note"; readonly text: string }[] {
  const plain = text?.trim() ?? "";
  return plain === "" ? [] : [{ kind: /^https?:\/\//.test(plain) ? "link" : "note", text: plain }];
}
