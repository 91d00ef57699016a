import { ActionIcon, Button, Group, Menu, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { TouchKind } from "@tributary/contract";
import { useTranslation } from "react-i18next";

interface PriorityFieldProps {
  readonly value: readonly TouchKind[];
  readonly onChange: (value: TouchKind[]) => void;
}

/** Which kind goes first: an order that is changed by arrows, so that a keyboard is enough. */
export function PriorityField({ value, onChange }: PriorityFieldProps) {
  const { t } = useTranslation("attribution");
  const left = TouchKind.options.filter((kind) => !value.includes(kind));
  const swap = (index: number, other: number) =>
    onChange(
      value.map((kind, place) =>
        place === index ? (value[other] ?? kind) : place === other ? (value[index] ?? kind) : kind,
      ),
    );
  return (
    <Stack gap={6} role="group" aria-label={t("priority")}>
      <Text size="sm" fw={500}>
        {t("priority")}
      </Text>
      <Text size="xs" c="dimmed">
        {t("priorityHint")}
      </Text>
      {value.map((kind, index) => (
        <Group key={kind} gap={6} wrap="nowrap">
          <Text size="sm" w={20} ta="end" className="tabular">
            {index + 1}
          </Text>
          <Text size="sm" style={{ flex: 1 }}>
            {t(`kind.${kind}`)}
          </Text>
          <Step
            label={t("up", { kind: t(`kind.${kind}`) })}
            disabled={index === 0}
            onClick={() => swap(index, index - 1)}
          >
            <IconArrowUp size={14} />
          </Step>
          <Step
            label={t("down", { kind: t(`kind.${kind}`) })}
            disabled={index === value.length - 1}
            onClick={() => swap(index, index + 1)}
          >
            <IconArrowDown size={14} />
          </Step>
          <Step
            label={t("remove", { name: t(`kind.${kind}`) })}
            onClick={() => onChange(value.filter((one) => one !== kind))}
          >
            <IconX size={14} />
          </Step>
        </Group>
      ))}
      {left.length === 0 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} />}>
              {t("addKind")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {left.map((kind) => (
              <Menu.Item key={kind} onClick={() => onChange([...value, kind])}>
                {t(`kind.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Stack>
  );
}

interface StepProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function Step({ label, disabled = false, onClick, children }: StepProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
