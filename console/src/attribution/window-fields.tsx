import { Button, Group, NumberInput, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { AttributionRules, TouchWindow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { FoundRecord } from "./found-record.tsx";

interface WindowFieldsProps {
  readonly programId: string;
  readonly rules: AttributionRules;
  readonly onChange: (part: Partial<AttributionRules>) => void;
}

const EMPTY: TouchWindow = { offerId: null, partnerId: null, clickDays: null, impressionDays: null };

/** Windows of single offers and partners, and whose goes first where both have one. */
export function WindowFields({ programId, rules, onChange }: WindowFieldsProps) {
  const { t } = useTranslation("attribution");
  const { windows, windowsPrecedence } = rules;
  const put = (index: number, part: Partial<TouchWindow>) =>
    onChange({ windows: windows.map((one, place) => (place === index ? { ...one, ...part } : one)) });
  return (
    <Stack gap={12}>
      <Text size="xs" c="dimmed">
        {t("windowsHint")}
      </Text>
      {windows.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a window is known by its place until it names somebody
        <Stack key={index} gap={6} role="group" aria-label={t("windowNumber", { number: index + 1 })}>
          <WindowLine
            programId={programId}
            window={one}
            impressions={rules.priority.includes("impression")}
            onChange={(part) => put(index, part)}
          />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconTrash size={14} />}
            onClick={() => onChange({ windows: windows.filter((_, place) => place !== index) })}
          >
            {t("removeWindow", { number: index + 1 })}
          </Button>
        </Stack>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange({ windows: [...windows, EMPTY] })}
      >
        {t("addWindow")}
      </Button>
      {windows.length === 0 ? null : (
        <Group gap={10}>
          <Text size="sm">{t("precedence")}</Text>
          <SegmentedControl
            size="xs"
            aria-label={t("precedence")}
            value={windowsPrecedence ?? ""}
            onChange={(value) =>
              onChange({ windowsPrecedence: value === "partner" || value === "offer" ? value : null })
            }
            data={(["", "partner", "offer"] as const).map((value) => ({
              value,
              label: t(`precedenceOf.${value === "" ? "none" : value}`),
            }))}
          />
        </Group>
      )}
    </Stack>
  );
}

interface WindowLineProps {
  readonly programId: string;
  readonly window: TouchWindow;
  readonly impressions: boolean;
  readonly onChange: (part: Partial<TouchWindow>) => void;
}

function WindowLine({ programId, window, impressions, onChange }: WindowLineProps) {
  const { t } = useTranslation("attribution");
  const days = (value: number | string) => (value === "" ? null : Number(value));
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={8} verticalSpacing={6}>
      <FoundRecord
        label={t("offer")}
        resource="/offers"
        query={{ programId }}
        value={window.offerId}
        onChange={(offerId) => onChange({ offerId })}
      />
      <FoundRecord
        label={t("partner")}
        resource="/partners"
        value={window.partnerId}
        onChange={(partnerId) => onChange({ partnerId })}
      />
      <NumberInput
        label={t("clickDays")}
        min={1}
        max={3650}
        value={window.clickDays ?? ""}
        onChange={(value) => onChange({ clickDays: days(value) })}
      />
      {impressions || window.impressionDays !== null ? (
        <NumberInput
          label={t("impressionDays")}
          min={1}
          max={365}
          value={window.impressionDays ?? ""}
          onChange={(value) => onChange({ impressionDays: days(value) })}
        />
      ) : null}
    </SimpleGrid>
  );
}
