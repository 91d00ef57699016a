import { IconCircleCheck } from "@tabler/icons-react";
import type { Attention } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { WorkList } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { placeOf, toneOfAttention } from "./attention-place.ts";

/** What deserves a look; each line leads to where it is dealt with. */
export function TodayAttention({ attention }: { readonly attention: readonly Attention[] }) {
  const { t } = useTranslation("reporting");
  const note = useNote();
  return (
    <Card title={t("attention")} flush>
      {attention.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t("nothingWaits")} text={t("nothingWaitsText")} />
      ) : (
        <WorkList
          label={t("attention")}
          items={attention.map((one) => ({
            id: `${one.kind} ${one.partner?.id ?? ""}`,
            what: t(`attend.${one.kind}`, { count: one.count, partner: one.partner?.name ?? "" }),
            note: note(one),
            tone: toneOfAttention(one.kind),
            to: placeOf(one),
          }))}
        />
      )}
    </Card>
  );
}

/** The figures beneath, and since when it waits. */
function useNote(): (one: Attention) => string {
  const { t } = useTranslation("reporting");
  const format = useFormat();
  return (one) => {
    const numbers = { now: format.number(one.count), before: format.number(one.before ?? 0) };
    const since =
      one.since === null ? "" : t("since", { ago: format.ago(one.since, Math.max(Date.now(), Date.parse(one.since))) });
    switch (one.kind) {
      case "fading_partner":
        return t("attendNote.fading_partner", numbers);
      case "traffic_spike":
        return t("attendNote.traffic_spike", numbers);
      case "bot_share":
        return t("attendNote.bot_share", numbers);
      case "rejected_calls":
      case "unattributed_events":
        return [one.detail === "" ? "" : t("mostly", { reason: one.detail.replaceAll("_", " ") }), since]
          .filter(Boolean)
          .join(" · ");
      default:
        return since;
    }
  };
}
