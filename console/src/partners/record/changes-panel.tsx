import { Button, Group } from "@mantine/core";
import type { OwnershipTransfer, Partner, PartnerMerge, Restriction, Transition } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { ConfirmDialog } from "../../kit/confirm-dialog.tsx";
import { DateText, DayText } from "../../kit/date-text.tsx";
import { useGo } from "../../kit/link.tsx";
import type { Column } from "../../kit/list/list-declaration.ts";
import { ListPanel } from "../../kit/list/list-panel.tsx";
import { NameText } from "../../kit/name-text.tsx";
import { Card } from "../../kit/record/card.tsx";
import { StatusBadge } from "../../kit/status-badge.tsx";
import { useSession } from "../../session/session.tsx";
import { useMergeColumns } from "../duplicates/merge-columns.tsx";
import { RESTRICTION_TONES, TRANSITION_TONES } from "../states.ts";
import { useTransferColumns } from "../transfers/transfer-columns.tsx";
import { RestrictionForm } from "./restriction-form.tsx";
import { TransitionForm } from "./transition-form.tsx";

/** What was stopped, who looked after the partner, what it became, and which records it was made of. */
export function ChangesPanel({ partner }: { readonly partner: Partner }) {
  return (
    <>
      <Restrictions partnerId={partner.id} />
      <Transitions partner={partner} />
      <Transfers partner={partner} />
      <Merges partner={partner} />
    </>
  );
}

function useRestrictionColumns(): readonly Column<Restriction>[] {
  const { t } = useTranslation("partners");
  return [
    {
      id: "kind",
      label: t("record.what"),
      cell: (one) => t(`restriction.${one.kind}`),
      text: (one) => one.kind,
      width: 170,
      phone: "title",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => (
        <StatusBadge state={one.state} label={t(`restrictionState.${one.state}`)} tones={RESTRICTION_TONES} />
      ),
      text: (one) => one.state,
      width: 150,
      phone: "value",
    },
    {
      id: "reason",
      label: t("record.reason"),
      cell: (one) => one.reason,
      text: (one) => one.reason,
      width: 240,
      phone: "line",
    },
    {
      id: "by",
      label: t("record.placedBy"),
      cell: (one) => one.placedName,
      text: (one) => one.placedName,
      width: 140,
    },
    {
      id: "at",
      label: t("record.placedAt"),
      cell: (one) => <DateText at={one.placedAt} />,
      text: (one) => one.placedAt,
      width: 150,
    },
    {
      id: "until",
      label: t("record.until"),
      cell: (one) => <DateText at={one.until} />,
      text: (one) => one.until,
      width: 150,
    },
    {
      id: "ended",
      label: t("record.endedBy"),
      cell: (one) => one.endedName ?? "–",
      text: (one) => one.endedName,
      width: 140,
    },
  ];
}

function Restrictions({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [placing, setPlacing] = useState(false);
  const add = can("partners.write") ? (
    <Button variant="default" onClick={() => setPlacing(true)}>
      {t("record.restrict")}
    </Button>
  ) : undefined;
  return (
    <>
      <Card title={t("record.restrictions")} actions={add} flush>
        <ListPanel<Restriction>
          embedded
          name="partner-restrictions"
          title={t("record.restrictions")}
          resource={`/partners/${partnerId}/restrictions`}
          rowId={(one) => one.id}
          columns={useRestrictionColumns()}
          empty={{ title: t("record.noRestrictions"), text: t("record.noRestrictionsText") }}
        />
      </Card>
      <RestrictionForm partnerId={partnerId} opened={placing} onClose={() => setPlacing(false)} />
    </>
  );
}

function useTransitionColumns(cancel: (one: Transition) => void): readonly Column<Transition>[] {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const value = useTransitionValue();
  return [
    {
      id: "subject",
      label: t("transition.subject"),
      cell: (one) => t(`transition.of.${one.subject}`),
      text: (one) => one.subject,
      width: 130,
      phone: "title",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => (
        <StatusBadge state={one.state} label={t(`transition.state.${one.state}`)} tones={TRANSITION_TONES} />
      ),
      text: (one) => one.state,
      width: 120,
      phone: "value",
    },
    {
      id: "to",
      label: t("transition.to"),
      cell: (one) => value(one.subject, one.to),
      text: (one) => one.to,
      width: 180,
      phone: "line",
    },
    {
      id: "on",
      label: t("transition.on"),
      cell: (one) => <DayText day={one.effectiveOn} />,
      text: (one) => one.effectiveOn,
      width: 120,
    },
    {
      id: "reason",
      label: t("record.reason"),
      cell: (one) => one.problem || one.reason,
      text: (one) => one.reason,
      width: 220,
    },
    {
      id: "by",
      label: t("record.placedBy"),
      cell: (one) => one.createdName,
      text: (one) => one.createdName,
      width: 140,
    },
    {
      id: "cancel",
      label: t("transition.cancel"),
      cell: (one) =>
        one.state === "planned" && can("partners.write") ? (
          <Button size="compact-xs" variant="default" onClick={() => cancel(one)}>
            {t("transition.cancel")}
          </Button>
        ) : null,
      text: () => "",
      width: 110,
    },
  ];
}

function Transitions({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [planning, setPlanning] = useState(false);
  const [cancelling, setCancelling] = useState<Transition | null>(null);
  const add = can("partners.write") ? (
    <Button variant="default" onClick={() => setPlanning(true)}>
      {t("transition.plan")}
    </Button>
  ) : undefined;
  return (
    <>
      <Card title={t("transition.title")} actions={add} flush>
        <ListPanel<Transition>
          embedded
          name="partner-transitions"
          title={t("transition.title")}
          resource={`/partners/${partner.id}/transitions`}
          rowId={(one) => one.id}
          columns={useTransitionColumns(setCancelling)}
          empty={{ title: t("transition.none"), text: t("transition.noneText") }}
        />
      </Card>
      <TransitionForm partner={partner} opened={planning} onClose={() => setPlanning(false)} />
      <ConfirmDialog
        opened={cancelling !== null}
        onClose={() => setCancelling(null)}
        title={t("transition.cancel")}
        text={t("transition.cancelText")}
        action={t("transition.cancel")}
        reason="required"
        send={(reason) => api.post(`/transitions/${cancelling?.id}/cancel`, { reason })}
        refresh={["partners", "audit"]}
      />
    </>
  );
}

/** What a partner became, in words. */
function useTransitionValue() {
  const { t } = useTranslation("partners");
  return (subject: Transition["subject"], value: string | null) => {
    if (value === null) return "–";
    if (subject === "kind") return t(`kinds.${value}`);
    return subject === "entity" ? t(`entities.${value}`) : <NameText id={value} />;
  };
}

function Transfers({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const go = useGo();
  const add = can("partners.write") ? (
    <Button variant="default" onClick={() => go(`/ownership-transfers/new?partners=${partner.id}`)}>
      {t("transfer.plan")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("transfer.title")} actions={add} flush>
      <ListPanel<OwnershipTransfer>
        embedded
        name="partner-transfers"
        title={t("transfer.title")}
        resource="/ownership-transfers"
        fixed={{ partnerId: partner.id }}
        rowId={(one) => one.id}
        open={(one) => `/ownership-transfers/${one.id}`}
        columns={useTransferColumns()}
        empty={{ title: t("transfer.none"), text: t("transfer.noneText") }}
      />
    </Card>
  );
}

function Merges({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const go = useGo();
  const look = (
    <Group>
      <Button variant="default" onClick={() => go(`/partner-duplicates?partnerId=${partner.id}`)}>
        {t("duplicates.look")}
      </Button>
    </Group>
  );
  return (
    <Card title={t("merge.title")} actions={look} flush>
      <ListPanel<PartnerMerge>
        embedded
        name="partner-merges"
        title={t("merge.title")}
        resource="/partner-merges"
        fixed={{ partnerId: partner.id }}
        rowId={(one) => one.id}
        columns={useMergeColumns()}
        empty={{ title: t("merge.none"), text: t("merge.noneText") }}
      />
    </Card>
  );
}
