import { Button, Group } from "@mantine/core";
import { type PayoutChange, PayoutLimits } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { NameText } from "../kit/name-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { NextLine } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { LimitTable } from "./limit-table.tsx";

const REFRESH = ["payout-changes", "payout-sources", "payout-limits", "audit"] as const;

/** Proposals that wait for a second person, on top of what they would change. */
export function OpenChanges({ changes }: { readonly changes: readonly PayoutChange[] }) {
  if (changes.length === 0) return null;
  return (
    <div style={{ padding: "12px 20px 0", display: "grid", gap: 8 }}>
      {changes.map((change) => (
        <OpenChange key={change.id} change={change} />
      ))}
    </div>
  );
}

function OpenChange({ change }: { readonly change: PayoutChange }) {
  const { t } = useTranslation("payouts");
  const { can, me } = useSession();
  const decide = useChange<boolean, unknown>({
    send: (approve) => api.post(`/payout-changes/${change.id}/decision`, { approve }),
    refresh: REFRESH,
  });
  const ofLimits = change.kind === "limits";
  const isOwn = change.proposedBy === me.id;
  const shown = (change.shown.shown ?? {}) as Readonly<Record<string, unknown>>;
  return (
    <>
      <NextLine
        step={{
          title: t(change.subjectId === null && !ofLimits ? "proposedNew" : "proposedChange", {
            name: ofLimits ? t("limits") : String(change.shown.name ?? ""),
          }),
          text: [t("proposedText"), shown.account, shown.holder].filter(Boolean).join(" · "),
          tone: "warn",
          action: (
            <Group gap="xs">
              <NameText id={change.proposedBy} />
              {isOwn || can("payouts.approve") ? (
                <Button size="xs" variant="default" loading={decide.isPending} onClick={() => decide.mutate(false)}>
                  {t("decline")}
                </Button>
              ) : null}
              {!isOwn && can("payouts.approve") ? (
                <Button size="xs" loading={decide.isPending} onClick={() => decide.mutate(true)}>
                  {t("approve")}
                </Button>
              ) : null}
            </Group>
          ),
        }}
      />
      {ofLimits ? <LimitTable rows={PayoutLimits.parse(change.shown).limits} empty={t("noLimits")} /> : null}
      {decide.isError ? <ProblemLine error={decide.error} /> : null}
    </>
  );
}
