import { Button, Checkbox, Group, NumberInput, Stack, Text } from "@mantine/core";
import { IconWand } from "@tabler/icons-react";
import type { ProposedAssumptions } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { shiftPoint } from "../kit/difference/shift-point.ts";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { useSession } from "../session/session.tsx";
import { AssumptionFields } from "./assumption-fields.tsx";
import type { DraftFieldsProps } from "./subject-fields.tsx";

/** The months to come: stated assumptions, which the partner's own months can suggest. */
export function ForecastFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTranslation("dealdesk");
  const { programs } = useSession();
  const [found, setFound] = useState<ProposedAssumptions | null>(null);
  const currency = programs.find((one) => one.id === draft.programId)?.currency ?? "";
  const suggest = useChange({
    send: () =>
      api.get<ProposedAssumptions>("/simulations/assumptions", {
        programId: draft.programId,
        partnerId: draft.subject === "partner" ? draft.partnerId : undefined,
        base: draft.base,
        from: draft.from,
        to: draft.to,
      }),
    refresh: [],
    done: (answer) => {
      setFound(answer);
      if (answer.assumptions !== null)
        onChange({ assumptions: { ...answer.assumptions, months: draft.assumptions.months } });
    },
  });
  return (
    <Stack gap={16}>
      <Group justify="space-between">
        <Checkbox
          label={t("overForecast")}
          checked={draft.forecast}
          onChange={(event) => onChange({ forecast: event.currentTarget.checked })}
        />
        {draft.forecast ? (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconWand size={14} />}
            disabled={draft.subject === "partner" && draft.partnerId === ""}
            loading={suggest.isPending}
            onClick={() => suggest.mutate(undefined)}
          >
            {t("suggest")}
          </Button>
        ) : null}
      </Group>
      {suggest.isError ? <ProblemLine error={suggest.error} /> : null}
      {found === null ? null : <Found found={found} />}
      {draft.forecast ? (
        <>
          <AssumptionFields
            assumptions={draft.assumptions}
            currency={currency}
            onChange={(assumptions) => onChange({ assumptions })}
          />
          <StressFields draft={draft} onChange={onChange} />
        </>
      ) : null}
    </Stack>
  );
}

function Found({ found }: { readonly found: ProposedAssumptions }) {
  const { t } = useTranslation("dealdesk");
  if (found.assumptions === null) return <NoteLine tone="warn">{t("nothingToGoBy")}</NoteLine>;
  return <NoteLine tone="good">{t("suggested", { count: found.firstDeposits, months: found.months })}</NoteLine>;
}

function StressFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTranslation("dealdesk");
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {t("worstCases")}
      </Text>
      <Group gap={12}>
        <NumberInput
          label={t("whaleWin")}
          hideControls
          min={0}
          decimalScale={2}
          value={draft.whaleWin}
          onChange={(next) => (next === "" ? undefined : onChange({ whaleWin: String(next) }))}
        />
        <NumberInput
          label={t("chargebackShare")}
          hideControls
          min={0}
          max={100}
          decimalScale={2}
          suffix=" %"
          value={shiftPoint(draft.chargebackShare, 2)}
          onChange={(next) => (next === "" ? undefined : onChange({ chargebackShare: shiftPoint(String(next), -2) }))}
        />
      </Group>
    </div>
  );
}
