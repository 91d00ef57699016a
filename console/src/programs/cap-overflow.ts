import type { CapMetric, TrafficCapOverflow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Field } from "../kit/form/field-declaration.ts";

/** What happens beyond a limit, as it is filled in. */
interface OverflowValues {
  readonly programId: string;
  readonly metric: CapMetric;
  readonly overflow: TrafficCapOverflow["kind"];
  readonly overflowOfferId: string;
  readonly overflowUrl: string;
}

export function overflowOf({ metric, overflow, overflowOfferId, overflowUrl }: OverflowValues): TrafficCapOverflow {
  // Clicks can only be sent elsewhere.
  if (metric !== "clicks" && overflow !== "fallback") return { kind: overflow };
  return { kind: "fallback", url: overflowUrl || null, offerId: overflowOfferId || null };
}

export function useOverflowFields<V extends OverflowValues>(): readonly Field<V>[] {
  const { t } = useTranslation("programs");
  const goesElsewhere = ({ metric, overflow }: V) => metric === "clicks" || overflow === "fallback";
  return [
    {
      kind: "select",
      name: "overflow",
      label: t("caps.overflow"),
      half: true,
      when: ({ metric }) => metric !== "clicks",
      options: (["fallback", "pend", "stop"] as const).map((value) => ({
        value,
        label: t(`caps.overflowOf.${value}`),
      })),
    },
    {
      kind: "record",
      name: "overflowOfferId",
      label: t("caps.overflowOffer"),
      hint: t("caps.overflowOfferHint"),
      half: true,
      resource: "/offers",
      query: ({ programId }) => ({ programId }),
      toOption: (row) => ({ value: row.id, label: row.name }),
      when: (values) => goesElsewhere(values) && !values.overflowUrl,
    },
    {
      kind: "url",
      name: "overflowUrl",
      label: t("caps.overflowUrl"),
      hint: t("caps.overflowUrlHint"),
      half: true,
      when: (values) => goesElsewhere(values) && !values.overflowOfferId,
    },
  ];
}
