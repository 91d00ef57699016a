import type { CapCounter, TrafficCap } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { Tone } from "../kit/tone.ts";
import { UsedBar } from "../kit/used-bar.tsx";

const TONES: Readonly<Record<CapCounter["state"], Tone>> = { open: "good", near: "warn", reached: "bad" };

/** A cap wherever it is listed: what it counts, how much of it is used, when it begins anew. */
export function useCapColumns({ withOffer }: { readonly withOffer: boolean }): readonly Column<TrafficCap>[] {
  const { t } = useTranslation("programs");
  const offer: Column<TrafficCap> = {
    id: "offer",
    label: t("offer"),
    cell: (one) =>
      one.offerId === null ? t("caps.allOffers") : <NameText id={one.offerId} to={`/offers/${one.offerId}`} />,
    text: (one) => one.offerId,
    width: 170,
  };
  // Inside an offer's record there is less room.
  const narrow = !withOffer;
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    ...(withOffer ? [offer] : []),
    ...useCountedColumns(narrow),
    {
      id: "used",
      label: t("caps.used"),
      cell: (one) => <CapUse cap={one} counter={one.fullest} />,
      text: (one) => one.fullest?.used,
      width: 240,
      phone: "line",
    },
    {
      id: "period",
      label: t("caps.period"),
      cell: (one) => t(`caps.periods.${one.period}`),
      text: (one) => one.period,
      width: 80,
    },
    {
      id: "resetsAt",
      label: t("caps.resetsAt"),
      cell: (one) => <DateText at={one.fullest?.resetsAt ?? null} />,
      text: (one) => one.fullest?.resetsAt,
      width: 155,
      align: "end",
    },
    {
      id: "overflow",
      label: t("caps.overflow"),
      cell: (one) => t(`caps.overflowShort.${one.overflow.kind}`),
      text: (one) => one.overflow.kind,
      width: 150,
      hidden: true,
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge plain state={one.status} label={t(`caps.state.${one.status}`)} />,
      text: (one) => one.status,
      width: 100,
      phone: "value",
    },
  ];
}

/** Whom it is for, and what is counted. */
function useCountedColumns(narrow: boolean): readonly Column<TrafficCap>[] {
  const { t } = useTranslation("programs");
  const eventOf = (type: string) => t(`caps.eventTypes.${type}`, { defaultValue: type });
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => (one.partnerId === null ? t(`caps.each.${one.each}`) : <NameText id={one.partnerId} />),
      text: (one) => one.partnerId,
      width: 150,
      hidden: true,
    },
    {
      id: "metric",
      label: t("caps.metric"),
      cell: (one) =>
        [t(`caps.metrics.${one.metric}`), one.eventType === null ? "" : `(${eventOf(one.eventType)})`].join(" "),
      text: (one) => one.metric,
      width: 210,
      hidden: narrow,
    },
  ];
}

interface CapUseProps {
  readonly cap: TrafficCap;
  /** null: nothing was counted in this period. */
  readonly counter: CapCounter | null;
}

/** Used, limit, what is left, and when the counter begins anew. */
export function CapUse({ cap, counter }: CapUseProps) {
  const { t } = useTranslation("programs");
  const format = useFormat();
  const write = (value: string) =>
    cap.currency === null ? format.number(Number(value)) : format.money({ minor: value, currency: cap.currency });
  const used = counter?.used ?? "0";
  const left = BigInt(cap.limit) - BigInt(used);
  return (
    <UsedBar
      label={cap.name}
      share={counter?.share ?? 0}
      tone={TONES[counter?.state ?? "open"]}
      said={t("caps.usedOf", { used: write(used), limit: write(cap.limit) })}
      note={t("caps.left", { left: write(String(left > 0n ? left : 0n)) })}
    />
  );
}
