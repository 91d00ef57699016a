import { Button, Group } from "@mantine/core";
import { NewPayoutBatch, type PayoutBatch, type PayoutDetail, PayoutTold } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo, useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { CourseTable, ItemTable } from "./payout-parts.tsx";
import { PAYOUT_TONES, TOUCHED } from "./states.ts";

/** One payout: what it pays, where it goes, what became of it. */
export function PayoutRecord() {
  const { t, i18n } = useTranslation("payouts");
  const format = useFormat();
  const id = useParam("id");
  const payout = useRecord<PayoutDetail>(`/payouts/${id}`, {}, { liveSeconds: 30 });
  const timeline = useHistory("payout", id);
  return (
    <Loaded query={payout}>
      {(one) => (
        <RecordPage
          title={one.payeeName || t("nobody")}
          subtitle={<NameText id={one.batchId} to={`/payout-batches/${one.batchId}`} />}
          parent={{ label: t("title"), to: "/payouts" }}
          badge={<StatusBadge state={one.state} label={t(`payoutState.${one.state}`)} tones={PAYOUT_TONES} />}
          actions={<PayoutActions payout={one} />}
          next={nextOf(one, t, (key) => i18n.exists(key, { ns: "payouts" }))}
          facts={[
            { label: t("amount"), value: <MoneyText money={one.amount} /> },
            { label: t("method"), value: t(`methods.${one.method}`) },
            { label: t("goesTo"), value: one.account || "–" },
            { label: t("arrival"), value: one.arrivalOn === null ? "–" : format.day(one.arrivalOn) },
            { label: t("key"), value: <code>{one.id.replace("_", "-")}</code> },
            ...(one.replaces === null
              ? []
              : [{ label: t("replaces"), value: <NameText id={one.replaces} to={`/payouts/${one.replaces}`} /> }]),
            ...(one.replacedBy === null
              ? []
              : [
                  { label: t("replacedBy"), value: <NameText id={one.replacedBy} to={`/payouts/${one.replacedBy}`} /> },
                ]),
          ]}
          tabs={[
            { id: "items", label: t("tabs.items"), content: () => <ItemTable payout={one} own={false} /> },
            { id: "course", label: t("tabs.course"), content: () => <CourseTable payout={one} own={false} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function nextOf(one: PayoutDetail, t: (key: string) => string, exists: (key: string) => boolean): NextStep | undefined {
  if (one.reason !== null && one.state !== "cancelled") {
    // A bank's code has words in the reader's language; what else was said stands as it came.
    const [code = ""] = one.reason.split(/[ :]/);
    const text = exists(`toldCode.${code}`) ? `${t(`toldCode.${code}`)} (${code})` : one.reason;
    return { title: t(`payoutState.${one.state}`), text, tone: one.state === "excluded" ? "warn" : "bad" };
  }
  const [first] = one.reasons;
  if (first === undefined) return undefined;
  return {
    title: t(first.blocks ? "blocked" : "note"),
    text: one.reasons.map((reason) => reason.text).join(" "),
    tone: "warn",
  };
}

function PayoutActions({ payout }: { readonly payout: PayoutDetail }) {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const go = useGo();
  const [open, setOpen] = useState<"told" | "anew" | null>(null);
  const close = () => setOpen(null);
  const isUnderWay = ["released", "sent", "accepted", "settled"].includes(payout.state);
  const isBack = (payout.state === "rejected" || payout.state === "returned") && payout.replacedBy === null;
  return (
    <Group gap="xs">
      {isUnderWay && can("payouts.approve") ? (
        <Button variant="default" onClick={() => setOpen("told")}>
          {t("tell")}
        </Button>
      ) : null}
      {isBack && can("payouts.write") ? <Button onClick={() => setOpen("anew")}>{t("payAnew")}</Button> : null}
      <FormDialog
        opened={open === "told"}
        onClose={close}
        title={t("tell")}
        submit={t("tell")}
        schema={PayoutTold}
        initial={{ state: "settled" as const, reason: "" }}
        fields={[
          { kind: "note", name: "note", label: "", content: t("tellText") },
          {
            kind: "select",
            name: "state",
            label: t("state"),
            options: PayoutTold.shape.state.options.map((value) => ({ value, label: t(`payoutState.${value}`) })),
          },
          { kind: "textarea", name: "reason", label: t("tellReason"), rows: 2, required: true },
        ]}
        send={(values) => api.post(`/payouts/${payout.id}/status`, values)}
        done={() => undefined}
        refresh={TOUCHED}
      />
      <FormDialog<{ executionDate: string }, PayoutBatch>
        opened={open === "anew"}
        onClose={close}
        title={t("payAnew")}
        submit={t("prepare")}
        schema={NewPayoutBatch.pick({ executionDate: true })}
        initial={{ executionDate: "" }}
        fields={[
          { kind: "note", name: "note", label: "", content: t("payAnewText") },
          { kind: "day", name: "executionDate", label: t("executionDate"), hint: t("executionHint"), required: true },
        ]}
        send={(values, key) => api.post<PayoutBatch>(`/payouts/${payout.id}/reissue`, values, key)}
        done={(batch) => go(`/payout-batches/${batch.id}`)}
        refresh={TOUCHED}
      />
    </Group>
  );
}
