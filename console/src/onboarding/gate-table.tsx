import type { LaunchGate } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useConditionWords } from "../procedures/condition-words.ts";
import { GATE_TONES } from "./states.ts";

/** Conditions of a stage with the reason of each, and where it can be seen. */
export function GateTable({ gates, label }: { readonly gates: readonly LaunchGate[]; readonly label: string }) {
  const { t } = useTranslation("onboarding");
  return (
    <PlainTable<LaunchGate>
      label={label}
      rows={gates}
      rowId={(one) => `${one.stage} ${one.key}`}
      columns={[
        {
          id: "state",
          label: t("state"),
          cell: (one) => {
            const state = one.holds ? (one.how === "waived" ? "waived" : "open") : "shut";
            return <StatusBadge state={state} label={t(`gate.${state}`)} tones={GATE_TONES} />;
          },
        },
        { id: "title", label: t("condition"), cell: (one) => one.title },
        { id: "why", label: t("why"), cell: (one) => <Why gate={one} /> },
      ]}
    />
  );
}

function Why({ gate }: { readonly gate: LaunchGate }) {
  const { t } = useTranslation("onboarding");
  const words = useConditionWords();
  const waived = gate.how === "waived" && gate.waiver !== null;
  return (
    <>
      {words(gate).sentence}
      {waived ? (
        <>
          {" "}
          {t("waivedUntil", { by: gate.waiver?.proposedBy, second: gate.waiver?.signedBy })}{" "}
          <DayText day={gate.waiver?.until ?? null} />
        </>
      ) : null}
      {gate.evidence
        .filter(({ screen }) => screen !== null)
        .slice(0, 3)
        .map((seen) => (
          <span key={`${seen.what} ${seen.id}`}>
            {" "}
            <Go to={seen.screen ?? "/"}>{seen.text}</Go>
          </span>
        ))}
    </>
  );
}
