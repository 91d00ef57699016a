import { Group, Text } from "@mantine/core";
import type { Lead } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Go } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { isLate } from "./words.ts";

/** A lead on the board: who, where, what it is expected to bring, what is next, and for how long it has been here. */
export function LeadCard({ lead }: { readonly lead: Lead }) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const late = isLate(lead);
  const line = [lead.country === null ? "" : format.country(lead.country), lead.source ?? lead.sourceRaw].filter(
    Boolean,
  );
  return (
    <>
      <Group justify="space-between" gap={2} align="flex-start">
        <Go to={`/leads/${lead.id}`} quiet fw={600} size="sm">
          {lead.name}
        </Go>
        {lead.duplicatesOpen ? (
          <Text size="xs" c="var(--tb-warn)" fw={600} component="span" style={{ whiteSpace: "nowrap" }}>
            {t("looksKnown")}
          </Text>
        ) : null}
      </Group>
      {line.length === 0 ? null : (
        <Text size="xs" c="dimmed" truncate title={line.join(" · ")}>
          {line.join(" · ")}
        </Text>
      )}
      {lead.nextStep === "" ? null : (
        <Text size="xs" mt={4} lineClamp={2}>
          {lead.nextStepOn === null ? "" : `${format.day(lead.nextStepOn)}: `}
          {lead.nextStep}
        </Text>
      )}
      <Group justify="space-between" gap={6} mt={6}>
        <Text size="xs" c="dimmed" component="span">
          {lead.ownerUserId === null ? t("noOwner") : <NameText id={lead.ownerUserId} />}
        </Text>
        <Text
          size="xs"
          c={late ? "var(--tb-warn)" : "dimmed"}
          fw={late ? 600 : 400}
          component="span"
          title={t("usualDays", { days: lead.usualDays })}
        >
          {lead.expectedFtds === null ? "" : `${t("ftds", { ftds: format.number(lead.expectedFtds) })} · `}
          {t("days", { count: lead.daysInStage })}
        </Text>
      </Group>
    </>
  );
}
