import { Button, Group, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { Lead, LeadDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { complain } from "../kit/notices.ts";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { ActivityPanel } from "./activity-panel.tsx";
import { LoseForm, ReopenForm, WinForm } from "./lead-ends.tsx";
import { LeadChangeForm } from "./lead-form.tsx";
import { LeadOverview } from "./lead-overview.tsx";
import { LikenessCard } from "./likeness-card.tsx";
import { TaskPanel } from "./task-panel.tsx";
import { isLate, STATUS_TONES, TOUCHED, useSettings } from "./words.ts";

export function LeadRecord() {
  const { t } = useTranslation("pipeline");
  const id = useParam("id");
  const lead = useRecord<LeadDetail>(`/leads/${id}`);
  const timeline = useHistory("lead", id);
  const { stageName, reasonName } = useSettings();
  const format = useFormat();
  return (
    <Loaded query={lead}>
      {(one) => (
        <RecordPage
          title={one.name}
          subtitle={one.contactName}
          parent={{ label: t("leads"), to: "/leads" }}
          badge={<StatusBadge state={one.status} label={t(`statuses.${one.status}`)} tones={STATUS_TONES} />}
          actions={<LeadActions lead={one} />}
          next={nextOf(one, t, reasonName)}
          facts={[
            { label: t("stage"), value: stageName(one.stageId) },
            { label: t("probability"), value: format.share(one.probability / 100) },
            { label: t("owner"), value: one.ownerUserId === null ? t("noOwner") : <NameText id={one.ownerUserId} /> },
            { label: t("source"), value: one.source ?? (one.sourceRaw || "–") },
            { label: t("recruiter"), value: <Recruiter lead={one} /> },
            { label: t("expectedFtds"), value: one.expectedFtds === null ? "–" : format.number(one.expectedFtds) },
            { label: t("expectedRevenue"), value: <MoneyText money={one.expectedRevenue} /> },
            { label: t("nextStepOn"), value: <DayText day={one.nextStepOn} /> },
            { label: t("createdAt"), value: <DateText at={one.createdAt} detail="day" /> },
          ]}
          tabs={[
            { id: "overview", label: t("overview"), content: () => <LeadOverview lead={one} /> },
            {
              id: "activities",
              label: t("activities"),
              content: () => <ActivityPanel leadId={id} email={one.email} />,
            },
            { id: "tasks", label: t("tasks"), content: () => <TaskPanel leadId={id} /> },
            {
              id: "likenesses",
              label: t("likenesses"),
              ...(one.likenesses.length > 0 ? { count: one.likenesses.length } : {}),
              content: () => <LikenessCard lead={one} />,
            },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function Recruiter({ lead }: { readonly lead: Lead }) {
  if (lead.recruiterPartnerId !== null)
    return <NameText id={lead.recruiterPartnerId} to={`/partners/${lead.recruiterPartnerId}`} />;
  return <NameText id={lead.recruiterUserId} />;
}

function nextOf(
  lead: LeadDetail,
  t: (key: string, values?: Record<string, unknown>) => string,
  reasonName: (id: string) => string,
) {
  if (lead.status === "won") return { title: t("next.won"), text: t("next.wonText"), tone: "good" as const };
  if (lead.status === "lost")
    return {
      title: t("next.lost", { reason: reasonName(lead.lostReason ?? "") }),
      text: lead.lostNote,
      tone: "bad" as const,
    };
  if (lead.status === "merged") return { title: t("next.merged"), text: t("next.mergedText"), tone: "quiet" as const };
  if (lead.status === "unconfirmed")
    return { title: t("next.unconfirmed"), text: t("next.unconfirmedText"), tone: "warn" as const };
  if (lead.duplicatesOpen)
    return { title: t("next.duplicates"), text: t("next.duplicatesText"), tone: "warn" as const };
  if (isLate(lead))
    return {
      title: t("next.late", { days: lead.daysInStage }),
      text: t("next.lateText", { days: lead.usualDays }),
      tone: "warn" as const,
    };
  if (lead.nextStep !== "") return { title: lead.nextStep, tone: "info" as const };
  return { title: t("next.nothing"), text: t("next.nothingText"), tone: "info" as const };
}

type Dialog = "change" | "win" | "lose" | "reopen" | null;

function LeadActions({ lead }: { readonly lead: LeadDetail }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [open, setOpen] = useState<Dialog>(null);
  if (!can("pipeline.write") || lead.status === "merged") return null;
  const close = () => setOpen(null);
  const one = (dialog: Dialog) => (open === dialog ? lead : null);
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setOpen("change")}>
        {t("change")}
      </Button>
      {lead.status === "open" ? <StageMenu lead={lead} /> : null}
      {lead.status === "open" ? (
        <Button variant="default" color="red" onClick={() => setOpen("lose")}>
          {t("lose")}
        </Button>
      ) : null}
      {lead.status === "open" ? <Button onClick={() => setOpen("win")}>{t("win")}</Button> : null}
      {lead.status === "lost" ? <Button onClick={() => setOpen("reopen")}>{t("reopen")}</Button> : null}
      <LeadChangeForm lead={lead} opened={open === "change"} onClose={close} />
      <WinForm lead={one("win")} onClose={close} />
      <LoseForm lead={one("lose")} onClose={close} />
      <ReopenForm lead={one("reopen")} onClose={close} />
    </Group>
  );
}

function StageMenu({ lead }: { readonly lead: LeadDetail }) {
  const { t } = useTranslation("pipeline");
  const { stages, stageName } = useSettings();
  const move = useChange<string, LeadDetail>({
    send: (stageId) => api.post(`/leads/${lead.id}/move`, { revision: lead.revision, stageId }),
    refresh: TOUCHED,
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={move.isPending} rightSection={<IconChevronDown size={14} />}>
          {t("moveTo")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {stages
          .filter((one) => one.active && one.outcome === null && one.id !== lead.stageId)
          .map((one) => (
            <Menu.Item
              key={one.id}
              onClick={() => move.mutate(one.id, { onError: (error) => complain(error.message, error.detail) })}
            >
              {stageName(one.id)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
