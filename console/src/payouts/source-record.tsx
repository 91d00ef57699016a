import { Button, Group } from "@mantine/core";
import type { PayoutChange, PayoutSource } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { CopyText } from "../kit/copy-text.tsx";
import { useParam } from "../kit/link.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { OpenChanges } from "./open-changes.tsx";
import { SourceForm } from "./source-form.tsx";

/** An own account or a connection, as far as it may be read. */
export function SourceRecord() {
  const { t } = useTranslation("payouts");
  const id = useParam("id");
  const source = useRecord<PayoutSource>(`/payout-sources/${id}`);
  const changes = useRecord<Page<PayoutChange>>("/payout-changes", { state: "proposed" });
  const timeline = useHistory("payout_source", id);
  const open = (changes.data?.data ?? []).filter((one) => one.subjectId === id);
  return (
    <Loaded query={source}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{
            label: t(one.via === "file" ? "accounts" : "connections"),
            to: one.via === "file" ? "/payout-accounts" : "/payout-connections",
          }}
          badge={<StatusBadge state={one.state} label={t(`sourceState.${one.state}`)} />}
          actions={<SourceActions source={one} />}
          above={<OpenChanges changes={open} />}
          facts={[
            { label: t("method"), value: t(`methods.${one.method}`) },
            { label: t("currencies"), value: one.currencies.join(", ") },
            { label: t("countries"), value: one.countries.join(", ") || t("allCountries") },
            { label: t("cutOff"), value: `${one.cutOff} ${one.timeZone}` },
            { label: t("leadDays"), value: one.leadDays },
            { label: t("arrivalDays"), value: one.arrivalDays },
          ]}
          tabs={[{ id: "what", label: t("tabs.overview"), content: () => <Shown source={one} /> }]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function Shown({ source }: { readonly source: PayoutSource }) {
  const { t } = useTranslation("payouts");
  const { credentials, initiator, ...rest } = source.shown as Readonly<Record<string, unknown>>;
  const own = { ...rest, ...(initiator as object), ...(credentials as object) };
  const rows = Object.entries(own).filter(([, value]) => typeof value === "string" && value !== "");
  return (
    <Card title={t("shown")}>
      <PlainTable
        label={t("shown")}
        rows={rows}
        rowId={([name]) => name}
        columns={[
          { id: "name", label: t("name"), cell: ([name]) => t(`shownFields.${name}`, { defaultValue: name }) },
          { id: "value", label: t("value"), cell: ([, value]) => String(value) },
        ]}
      />
      {source.webhookPath === null ? null : (
        <p>
          {t("webhookAddress")} <CopyText text={`${window.location.origin}${source.webhookPath}`} />
        </p>
      )}
    </Card>
  );
}

function SourceActions({ source }: { readonly source: PayoutSource }) {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const [open, setOpen] = useState<"change" | "close" | null>(null);
  const close = () => setOpen(null);
  if (source.state === "closed") return null;
  return (
    <Group gap="xs">
      {can("payouts.approve") ? (
        <Button variant="default" onClick={() => setOpen("close")}>
          {t("closeSource")}
        </Button>
      ) : null}
      {can("payouts.write") ? <Button onClick={() => setOpen("change")}>{t("changeSource")}</Button> : null}
      <SourceForm via={source.via} source={source} opened={open === "change"} onClose={close} />
      <ConfirmDialog
        opened={open === "close"}
        onClose={close}
        title={t("closeSource")}
        text={t("closeSourceText")}
        action={t("closeSource")}
        danger
        send={() => api.post(`/payout-sources/${source.id}/close`)}
        refresh={["payout-sources", "audit"]}
      />
    </Group>
  );
}
