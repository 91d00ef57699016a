import { Button, Group } from "@mantine/core";
import { type Closing, type ClosingPreview, type Consequence, NewClosing } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { say } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { CLOSING_TONES, TOUCHED } from "./states.ts";

/** What closing a partner would mean, told before anybody decides; and what was decided. */
export function ClosingPage() {
  const { t } = useTranslation("onboarding");
  const { can } = useSession();
  const id = useParam("id");
  const preview = useRecord<ClosingPreview>(`/partners/${id}/closing`);
  const partner = useRecord<{ readonly name: string }>(`/partners/${id}`);
  const [asked, setAsked] = useState(false);
  return (
    <Loaded query={preview}>
      {(one) => (
        <Page
          title={`${partner.data?.name ?? ""}: ${t("closing.title")}`}
          parent={{ label: partner.data?.name ?? "", to: `/partners/${id}` }}
          subtitle={t("closing.text")}
          actions={
            one.living === null && can("partners.write") ? (
              <Button color="red.8" onClick={() => setAsked(true)}>
                {t("closing.do")}
              </Button>
            ) : undefined
          }
        >
          {one.twoPeople && one.living === null ? <NoteLine tone="warn">{t("closing.twoPeople")}</NoteLine> : null}
          {one.living === null ? null : <ClosingCard closing={one.living} hash={one.hash} />}
          <ConsequenceCard consequences={one.consequences} />
          {one.past.map((closing) => (
            <ClosingCard key={closing.id} closing={closing} hash={one.hash} />
          ))}
          {asked ? <ClosingDialog partnerId={id} hash={one.hash} onClose={() => setAsked(false)} /> : null}
        </Page>
      )}
    </Loaded>
  );
}

function ConsequenceCard({ consequences }: { readonly consequences: readonly Consequence[] }) {
  const { t } = useTranslation("onboarding");
  return (
    <Card title={t("closing.consequences")} flush>
      <PlainTable<Consequence>
        label={t("closing.consequences")}
        rows={consequences}
        rowId={(one) => one.code}
        empty={<NoteLine tone="quiet">{t("closing.nothing")}</NoteLine>}
        columns={[
          { id: "what", label: t("closing.what"), cell: (one) => t(`closing.codes.${one.code}`) },
          { id: "count", label: t("closing.count"), align: "end", cell: (one) => one.count },
          {
            id: "amount",
            label: t("closing.amount"),
            align: "end",
            cell: (one) => one.amounts.map((amount) => <MoneyText key={amount.currency} money={amount} />),
          },
          {
            id: "items",
            label: t("closing.items"),
            cell: (one) =>
              one.items
                .slice(0, 5)
                .map((item) => (
                  <div key={item.text}>{item.screen === null ? item.text : <Go to={item.screen}>{item.text}</Go>}</div>
                )),
          },
        ]}
      />
    </Card>
  );
}

function ClosingCard({ closing, hash }: { readonly closing: Closing; readonly hash: string }) {
  const { t } = useTranslation("onboarding");
  const { can, me } = useSession();
  const [asked, setAsked] = useState<"confirm" | "withdraw" | "reverse" | null>(null);
  const { revision } = closing;
  const mine = closing.proposedById === me.userId;
  const buttons = [
    ...(closing.state === "proposed" && can("partners.approve") && !mine ? (["confirm"] as const) : []),
    ...(closing.state === "proposed" ? (["withdraw"] as const) : []),
    ...(closing.state === "done" && can("partners.approve") ? (["reverse"] as const) : []),
  ];
  return (
    <Card
      title={t(`closing.kinds.${closing.kind}`)}
      actions={
        <Group gap={8}>
          <StatusBadge state={closing.state} label={t(`closing.states.${closing.state}`)} tones={CLOSING_TONES} />
          {buttons.map((action) => (
            <Button
              key={action}
              size="xs"
              variant={action === "confirm" ? "filled" : "default"}
              onClick={() => setAsked(action)}
            >
              {t(`closing.actions.${action}`)}
            </Button>
          ))}
        </Group>
      }
    >
      <Properties
        items={[
          [t("closing.reason"), closing.reason],
          [t("closing.proposedBy"), <>{closing.proposedBy}, <DateText at={closing.proposedAt} /></>], // biome-ignore format: one line
          [t("closing.decidedBy"), closing.decidedBy ?? "–"],
          [t("closing.reversibleUntil"), <DateText key="until" at={closing.reversibleUntil} detail="day" />],
          [
            t("closing.stopped"),
            closing.stopped.map(({ step, count }) => `${t(`closing.steps.${step}`)}: ${count}`).join(" · ") || "–",
          ],
        ]}
      />
      {asked === null ? null : (
        <ConfirmDialog
          opened
          onClose={() => setAsked(null)}
          title={t(`closing.actions.${asked}`)}
          text={t(`closing.actionText.${asked}`)}
          action={t(`closing.actions.${asked}`)}
          danger={asked === "confirm"}
          {...(asked === "confirm" ? {} : { reason: "required" as const })}
          refresh={TOUCHED}
          send={(reason) =>
            api.post(
              `/closings/${closing.id}/${asked}`,
              asked === "confirm" ? { revision, shownHash: hash } : { revision, reason },
            )
          }
        />
      )}
    </Card>
  );
}

function ClosingDialog({
  partnerId,
  hash,
  onClose,
}: {
  readonly partnerId: string;
  readonly hash: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation("onboarding");
  type Values = { kind: "suspension" | "deactivation"; reason: string; reversibleDays: number };
  return (
    <FormDialog<Values, Closing>
      opened
      danger
      onClose={onClose}
      title={t("closing.do")}
      submit={t("closing.do")}
      schema={NewClosing.pick({ kind: true, reason: true, reversibleDays: true })}
      initial={{ kind: "deactivation", reason: "", reversibleDays: 30 }}
      fields={[
        {
          kind: "select",
          name: "kind",
          label: t("closing.kind"),
          options: (["suspension", "deactivation"] as const).map((value) => ({
            value,
            label: t(`closing.kinds.${value}`),
          })),
        },
        { kind: "textarea", name: "reason", label: t("closing.reason"), required: true },
        { kind: "note", name: "note", label: "", content: t("closing.dialogNote") },
      ]}
      send={(values, key) => api.post<Closing>(`/partners/${partnerId}/closings`, { ...values, shownHash: hash }, key)}
      done={(closing) => say(t(`closing.said.${closing.state === "proposed" ? "proposed" : "done"}`))}
      refresh={TOUCHED}
    />
  );
}
