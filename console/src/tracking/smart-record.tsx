import { Button, Group } from "@mantine/core";
import type { OfferEarnings, SmartLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { useGo, useParam } from "../kit/link.tsx";
import { MoneyText, Nothing, NumberText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { TargetingText } from "../kit/targeting/targeting-text.tsx";
import { UsedBar } from "../kit/used-bar.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { LinkPanel } from "./link-panel.tsx";
import { SmartEditor } from "./smart-editor.tsx";
import { weightShares } from "./smart-weights.ts";

/** A smart link: what it chooses from and how, what each offer earns a click, the links that stand for it. */
export function SmartRecord() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const id = useParam("id");
  const smart = useRecord<SmartLink>(`/smart-links/${id}`);
  const timeline = useHistory("smart_link", id);
  return (
    <Loaded query={smart}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{ label: t("smart.title"), to: "/smart-links" }}
          badge={<StatusBadge state={one.status} label={t(`linkState.${one.status}`)} />}
          actions={<SmartActions smart={one} />}
          facts={[
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
            { label: t("smart.mode"), value: t(`smart.modes.${one.mode}`) },
            { label: t("smart.otherwise"), value: <NameText id={one.offerId} to={`/offers/${one.offerId}`} /> },
          ]}
          tabs={[
            {
              id: "options",
              label: t("smart.options"),
              count: one.options.length,
              content: () => <Choice smart={one} />,
            },
            { id: "links", label: t("links"), content: () => <LinkPanel smartLinkId={one.id} /> },
            ...(can("links.write")
              ? [
                  {
                    id: "settings",
                    label: t("settings"),
                    content: () => <SmartEditor smart={one} key={one.revision} />,
                  },
                ]
              : []),
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

type Option = SmartLink["options"][number];

/** The options with their shares, whom they are for, and what they earn a click. */
function Choice({ smart }: { readonly smart: SmartLink }) {
  const { t } = useTranslation("tracking");
  return (
    <Card title={t("smart.choice")} flush>
      <p style={{ padding: "0 14px" }}>{smart.mode === "best" ? t("smart.bestText", smart) : t("smart.weightsText")}</p>
      <PlainTable<Option>
        label={t("smart.choice")}
        rows={[...smart.options].sort((a, b) => a.rank - b.rank)}
        rowId={(one) => `${one.rank} ${one.offerId} ${JSON.stringify(one.when)}`}
        columns={useOptionColumns(smart)}
        empty={<EmptyState title={t("smart.noOptions")} />}
      />
    </Card>
  );
}

function useOptionColumns(smart: SmartLink): readonly PlainColumn<Option>[] {
  const { t } = useTranslation("tracking");
  const format = useFormat();
  const shares = weightShares(smart.options);
  const measured = new Map(smart.earnings.map((one) => [one.offerId, one]));
  return [
    { id: "rank", label: t("smart.rank"), cell: (one) => one.rank },
    { id: "offer", label: t("offer"), cell: (one) => <NameText id={one.offerId} to={`/offers/${one.offerId}`} /> },
    { id: "when", label: t("targeting"), cell: (one) => <TargetingText targeting={one.when} /> },
    {
      id: "weight",
      label: t("smart.weight"),
      cell: (one) => {
        const share = shares.get(one) ?? 0;
        return (
          <UsedBar
            label={t("smart.weight")}
            share={share * 100}
            tone="info"
            said={format.share(share)}
            note={t("smart.weightIs", { weight: one.weight })}
          />
        );
      },
    },
    {
      id: "clicks",
      label: t("smart.clicks"),
      align: "end",
      cell: (one) => <NumberText value={measured.get(one.offerId)?.clicks ?? 0} />,
    },
    {
      id: "perClick",
      label: t("smart.perClick"),
      align: "end",
      cell: (one) => <PerClick of={measured.get(one.offerId)} smart={smart} />,
    },
  ];
}

interface PerClickProps {
  readonly of: OfferEarnings | undefined;
  readonly smart: SmartLink;
}

/** Measured earnings of a click, in whole cents beside the days that were looked at. */
function PerClick({ of, smart }: PerClickProps) {
  const { t } = useTranslation("tracking");
  const { programs } = useSession();
  const currency = programs.find((one) => one.id === smart.programId)?.currency;
  if (of === undefined) return <Nothing />;
  if (of.perClick === null) return <small>{t("smart.notMeasured", { count: smart.leastClicks })}</small>;
  const cents = of.perClick.split(".")[0] ?? "0";
  return (
    <>
      {currency === undefined ? of.perClick : <MoneyText money={{ minor: cents, currency }} />}
      <div>
        <small>
          <DayText day={of.from} /> – <DateText at={of.measuredAt} detail="day" />
        </small>
      </div>
    </>
  );
}

const WAYS = { active: ["paused", "archived"], paused: ["active", "archived"], archived: ["active"] } as const;

function SmartActions({ smart }: { readonly smart: SmartLink }) {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const go = useGo();
  const change = useChange({
    send: (status: SmartLink["status"]) => api.patch(`/smart-links/${smart.id}`, { revision: smart.revision, status }),
    refresh: ["smart-links", "audit"],
  });
  if (!can("links.write")) return null;
  return (
    <Group gap="xs">
      {WAYS[smart.status].map((status) => (
        <Button key={status} variant="default" loading={change.isPending} onClick={() => change.mutate(status)}>
          {t(`linkMove.${status}`)}
        </Button>
      ))}
      <Button onClick={() => go(`/links?new=1&smart=${smart.id}`)}>{t("createLink")}</Button>
    </Group>
  );
}
