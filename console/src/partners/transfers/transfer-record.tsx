import { Button, Group } from "@mantine/core";
import type { OwnershipTransfer, TransferredPartner } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useRecord } from "../../api/records.ts";
import { ConfirmDialog } from "../../kit/confirm-dialog.tsx";
import { DateText, DayText } from "../../kit/date-text.tsx";
import { useParam } from "../../kit/link.tsx";
import { ListPanel } from "../../kit/list/list-panel.tsx";
import { NameText } from "../../kit/name-text.tsx";
import { Card, Properties } from "../../kit/record/card.tsx";
import { Loaded, RecordPage } from "../../kit/record/record-page.tsx";
import { StatusBadge } from "../../kit/status-badge.tsx";
import { useHistory } from "../../session/history.ts";
import { useSession } from "../../session/session.tsx";
import { TRANSFER_TONES, TRANSFERRED_TONES } from "../states.ts";

/** One transfer: whose partners went to whom, and the way back. */
export function TransferRecord() {
  const { t } = useTranslation("partners");
  const id = useParam("id");
  const transfer = useRecord<OwnershipTransfer>(`/ownership-transfers/${id}`);
  const timeline = useHistory("ownership_transfer", id);
  return (
    <Loaded query={transfer}>
      {(one) => (
        <RecordPage
          title={t("transfer.of", { count: one.partners })}
          parent={{ label: t("transfer.title"), to: "/ownership-transfers" }}
          badge={<StatusBadge state={one.state} label={t(`transfer.state.${one.state}`)} tones={TRANSFER_TONES} />}
          actions={<TransferActions transfer={one} />}
          facts={[
            { label: t("transfer.newOwner"), value: <NameText id={one.ownerUserId} /> },
            { label: t("deputy"), value: <NameText id={one.deputyUserId} /> },
            { label: t("transfer.on"), value: <DayText day={one.effectiveOn} /> },
            { label: t("record.placedBy"), value: one.createdName },
          ]}
          tabs={[{ id: "partners", label: t("transfer.partners"), content: () => <TransferBody transfer={one} /> }]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function TransferActions({ transfer }: { readonly transfer: OwnershipTransfer }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [asked, setAsked] = useState(false);
  if (!can("partners.write") || (transfer.state !== "planned" && transfer.state !== "done")) return null;
  const way = transfer.state === "planned" ? "cancel" : "revert";
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setAsked(true)}>
        {t(`transfer.${way}`)}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title={t(`transfer.${way}`)}
        text={t(`transfer.${way}Text`)}
        action={t(`transfer.${way}`)}
        reason="required"
        send={(reason) => api.post(`/ownership-transfers/${transfer.id}/${way}`, { reason })}
        refresh={["ownership-transfers", "partners", "audit"]}
      />
    </Group>
  );
}

function TransferBody({ transfer }: { readonly transfer: OwnershipTransfer }) {
  const { t } = useTranslation("partners");
  return (
    <>
      <Card title={t("transfer.about")}>
        <Properties
          items={[
            [t("record.reason"), transfer.reason],
            [t("transfer.commissionNote"), transfer.commissionNote || "–"],
            [t("transfer.wholePortfolio"), <NameText key="whose" id={transfer.portfolioOf} />],
            [t("transfer.tell"), t(transfer.tellPartners ? "fields.yes" : "fields.no")],
            [t("transfer.doneAt"), <DateText key="done" at={transfer.doneAt} />],
            ...(transfer.endedAt === null ? [] : [[t("transfer.endedReason"), transfer.endedReason] as const]),
          ]}
        />
      </Card>
      <ListPanel<TransferredPartner>
        embedded
        name="transferred-partners"
        title={t("transfer.partners")}
        resource={`/ownership-transfers/${transfer.id}/partners`}
        rowId={(one) => one.partnerId}
        open={(one) => `/partners/${one.partnerId}`}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "state",
            label: t("status"),
            cell: (one) => (
              <StatusBadge
                state={one.state}
                label={t(`transfer.partnerState.${one.state}`)}
                tones={TRANSFERRED_TONES}
              />
            ),
            text: (one) => one.state,
            width: 130,
            phone: "value",
          },
          {
            id: "from",
            label: t("transfer.from"),
            cell: (one) => <NameText id={one.fromOwner} />,
            text: (one) => one.fromOwner,
            width: 180,
            phone: "line",
          },
          { id: "note", label: t("note"), cell: (one) => one.note || "–", text: (one) => one.note, width: 260 },
        ]}
        empty={{ title: t("transfer.none") }}
      />
    </>
  );
}
