import { Button, Group } from "@mantine/core";
import { type CapCounter, type TrafficCap, TrafficCapChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { CapUse } from "./cap-columns.tsx";
import { CappedPanel } from "./capped-panel.tsx";

/** One cap: its counters, the conversions beyond it, its settings. */
export function CapRecord() {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const id = useParam("id");
  const cap = useRecord<TrafficCap>(`/caps/${id}`, {}, { liveSeconds: 30 });
  const timeline = useHistory("cap", id);
  return (
    <Loaded query={cap}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{ label: t("caps.title"), to: "/caps" }}
          badge={<StatusBadge state={one.status} label={t(`caps.state.${one.status}`)} />}
          actions={can("programs.write") ? <CapActions cap={one} /> : undefined}
          facts={[
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
            {
              label: t("offer"),
              value:
                one.offerId === null ? (
                  t("caps.allOffers")
                ) : (
                  <NameText id={one.offerId} to={`/offers/${one.offerId}`} />
                ),
            },
            { label: t("caps.metric"), value: t(`caps.metrics.${one.metric}`) },
            { label: t("caps.period"), value: t(`caps.periods.${one.period}`) },
            {
              label: t("partner"),
              value:
                one.partnerId === null ? (
                  t("caps.allPartners")
                ) : (
                  <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />
                ),
            },
            { label: t("caps.overflow"), value: <Beyond cap={one} /> },
          ]}
          tabs={[
            { id: "counters", label: t("caps.counters"), count: one.counters, content: () => <Counters cap={one} /> },
            ...(one.metric === "clicks"
              ? []
              : [{ id: "capped", label: t("capped.title"), content: () => <CappedPanel capId={one.id} /> }]),
            ...(can("programs.write")
              ? [{ id: "settings", label: t("settings"), content: () => <CapSettings cap={one} /> }]
              : []),
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

/** What happens beyond it; where clicks go when they go elsewhere. */
function Beyond({ cap: { overflow } }: { readonly cap: TrafficCap }) {
  const { t } = useTranslation("programs");
  if (overflow.kind !== "fallback") return t(`caps.overflowShort.${overflow.kind}`);
  if (overflow.offerId !== null) return <NameText id={overflow.offerId} to={`/offers/${overflow.offerId}`} />;
  return overflow.url ?? t("caps.ownFallback");
}

function Counters({ cap }: { readonly cap: TrafficCap }) {
  const { t } = useTranslation("programs");
  const counters = useRecord<Page<CapCounter>>(`/caps/${cap.id}/counters`, { limit: 200 }, { liveSeconds: 30 });
  return (
    <Loaded query={counters}>
      {({ data }) => (
        <Card title={t("caps.counters")} flush>
          <PlainTable
            label={t("caps.counters")}
            rows={data}
            rowId={(one) => `${one.partnerId ?? ""} ${one.value ?? ""}`}
            empty={<EmptyState title={t("caps.noCounters")} text={t("caps.noCountersText")} />}
            columns={[
              { id: "of", label: t("caps.counter"), cell: (one) => <CounterName counter={one} /> },
              { id: "used", label: t("caps.used"), cell: (one) => <CapUse cap={cap} counter={one} /> },
              { id: "resets", label: t("caps.resetsAt"), align: "end", cell: (one) => <DateText at={one.resetsAt} /> },
              {
                id: "reached",
                label: t("caps.reachedAt"),
                align: "end",
                cell: (one) => <DateText at={one.reachedAt} />,
              },
            ]}
          />
        </Card>
      )}
    </Loaded>
  );
}

function CounterName({ counter }: { readonly counter: CapCounter }) {
  const { t } = useTranslation("programs");
  if (counter.partnerId === null && counter.value === null) return t("caps.each.all");
  return (
    <>
      {counter.partnerId === null ? null : <NameText id={counter.partnerId} to={`/partners/${counter.partnerId}`} />}{" "}
      {counter.value}
    </>
  );
}

const WAYS = { active: ["paused", "archived"], paused: ["active", "archived"], archived: ["active"] } as const;

function CapActions({ cap }: { readonly cap: TrafficCap }) {
  const { t } = useTranslation("programs");
  const change = useChange({
    send: (status: TrafficCap["status"]) => api.patch(`/caps/${cap.id}`, { revision: cap.revision, status }),
    refresh: ["caps", "audit"],
  });
  return (
    <Group gap="xs">
      {WAYS[cap.status].map((status) => (
        <Button key={status} variant="default" loading={change.isPending} onClick={() => change.mutate(status)}>
          {t(`caps.move.${status}`)}
        </Button>
      ))}
    </Group>
  );
}

interface CapSettingsValues {
  readonly revision: number;
  readonly name: string;
  readonly limit: string;
  readonly amount?: { readonly minor: string; readonly currency: string };
  readonly warnAt: number;
}

/** The limit is typed as a count or, with a currency, as an amount. */
const Settings = TrafficCapChange.extend({
  amount: z.object({ minor: TrafficCapChange.shape.limit.unwrap(), currency: z.string() }).optional(),
});

function CapSettings({ cap }: { readonly cap: TrafficCap }) {
  const { t } = useTranslation("programs");
  const { currency } = cap;
  const amount = currency === null ? {} : { amount: { minor: cap.limit, currency } };
  return (
    <RecordForm<CapSettingsValues, TrafficCap>
      key={cap.revision}
      schema={Settings}
      initial={{ revision: cap.revision, name: cap.name, limit: cap.limit, warnAt: cap.warnAt, ...amount }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true },
        currency === null
          ? { kind: "decimal", name: "limit", label: t("caps.limit"), required: true, half: true }
          : {
              kind: "money",
              name: "amount",
              label: t("caps.limit"),
              required: true,
              half: true,
              currency: () => currency,
            },
        { kind: "integer", name: "warnAt", label: t("caps.warnAt"), unit: "%", half: true },
      ]}
      submit={t("save")}
      send={({ amount: typed, ...rest }) =>
        api.patch<TrafficCap>(`/caps/${cap.id}`, { ...rest, limit: typed?.minor ?? rest.limit })
      }
      done={() => undefined}
      refresh={["caps", "audit"]}
    />
  );
}
