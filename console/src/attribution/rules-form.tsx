import { Button, Group, NumberInput, Radio, Select, Stack, TagsInput, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { AttributionRules, BindingExtension } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { FoundRecord } from "./found-record.tsx";
import { PriorityField } from "./priority-field.tsx";
import { WindowFields } from "./window-fields.tsx";

interface RulesFormProps {
  readonly programId: string;
  readonly rules: AttributionRules;
  readonly onChange: (part: Partial<AttributionRules>) => void;
}

/** Everything that the rules decide, part by part. */
export function RulesForm({ programId, rules, onChange }: RulesFormProps) {
  const { t } = useTranslation("attribution");
  return (
    <>
      <Card title={t("part.touches")}>
        <TouchFields rules={rules} onChange={onChange} />
      </Card>
      <Card title={t("part.windows")}>
        <WindowFields programId={programId} rules={rules} onChange={onChange} />
      </Card>
      <Card title={t("part.binding")}>
        <BindingFields rules={rules} onChange={onChange} />
      </Card>
      <Card title={t("part.customers")}>
        <CustomerFields rules={rules} onChange={onChange} />
      </Card>
    </>
  );
}

type PartProps = Omit<RulesFormProps, "programId">;

function TouchFields({ rules, onChange }: PartProps) {
  const { t } = useTranslation("attribution");
  const number = (value: number | string, otherwise: number) => (value === "" ? otherwise : Number(value));
  return (
    <Stack gap={14}>
      <Radio.Group
        label={t("model")}
        value={rules.model}
        onChange={(model) => onChange({ model: model === "first_click" ? model : "last_click" })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="last_click" label={t("modelOf.last_click")} />
          <Radio value="first_click" label={t("modelOf.first_click")} />
        </Stack>
      </Radio.Group>
      <NumberInput
        label={t("windowDays")}
        min={1}
        max={3650}
        value={rules.windowDays}
        onChange={(value) => onChange({ windowDays: number(value, rules.windowDays) })}
      />
      <PriorityField value={rules.priority} onChange={(priority) => onChange({ priority })} />
      {rules.priority.includes("impression") ? (
        <NumberInput
          label={t("impressionWindowDays")}
          description={t("impressionHint")}
          min={1}
          max={365}
          value={rules.impressionWindowDays}
          onChange={(value) => onChange({ impressionWindowDays: number(value, rules.impressionWindowDays) })}
        />
      ) : null}
    </Stack>
  );
}

const EXTENSION: BindingExtension = { days: 30, from: "purchase", events: ["deposit", "sale"] };

function BindingFields({ rules: { binding }, onChange }: PartProps) {
  const { t } = useTranslation("attribution");
  const extension = binding.kind === "days" ? (binding.extension ?? null) : null;
  return (
    <Stack gap={14}>
      <Radio.Group
        label={t("binding")}
        value={binding.kind}
        onChange={(kind) =>
          onChange({ binding: kind === "days" ? { kind, days: 90, extension: null } : { kind: "lifetime" } })
        }
      >
        <Stack gap={6} mt={6}>
          <Radio value="lifetime" label={t("bindingOf.lifetime")} />
          <Radio value="days" label={t("bindingOf.days")} />
        </Stack>
      </Radio.Group>
      {binding.kind === "days" ? (
        <>
          <NumberInput
            label={t("bindingDays")}
            min={1}
            max={36_500}
            value={binding.days}
            onChange={(days) => (days === "" ? undefined : onChange({ binding: { ...binding, days: Number(days) } }))}
          />
          <Select
            label={t("extension")}
            allowDeselect={false}
            value={extension?.from ?? "none"}
            data={(["none", "purchase", "end"] as const).map((value) => ({ value, label: t(`extensionOf.${value}`) }))}
            onChange={(from) =>
              onChange({
                binding: {
                  ...binding,
                  extension: from === "purchase" || from === "end" ? { ...(extension ?? EXTENSION), from } : null,
                },
              })
            }
          />
        </>
      ) : null}
      {binding.kind === "days" && extension !== null ? (
        <ExtensionFields
          extension={extension}
          onChange={(part) => onChange({ binding: { ...binding, extension: { ...extension, ...part } } })}
        />
      ) : null}
    </Stack>
  );
}

interface ExtensionFieldsProps {
  readonly extension: BindingExtension;
  readonly onChange: (part: Partial<BindingExtension>) => void;
}

function ExtensionFields({ extension, onChange }: ExtensionFieldsProps) {
  const { t } = useTranslation("attribution");
  return (
    <>
      <NumberInput
        label={t("extensionDays")}
        min={1}
        max={36_500}
        value={extension.days}
        onChange={(days) => (days === "" ? undefined : onChange({ days: Number(days) }))}
      />
      <TagsInput
        label={t("extensionEvents")}
        value={extension.events}
        onChange={(events) => (events.length === 0 ? undefined : onChange({ events }))}
      />
    </>
  );
}

function CustomerFields({ rules, onChange }: PartProps) {
  const { t } = useTranslation("attribution");
  const { deferredLeads, noOverwritePartners } = rules;
  return (
    <Stack gap={14}>
      <Radio.Group
        label={t("existing")}
        value={rules.existingCustomers}
        onChange={(value) => onChange({ existingCustomers: value === "keep" ? value : "attribute" })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="attribute" label={t("existingOf.attribute")} />
          <Radio value="keep" label={t("existingOf.keep")} />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={t("deferred")}
        value={deferredLeads.kind}
        onChange={(kind) =>
          onChange({
            deferredLeads: kind === "days" ? { kind, days: 30 } : { kind: kind === "never" ? kind : "always" },
          })
        }
      >
        <Stack gap={6} mt={6}>
          {(["always", "days", "never"] as const).map((kind) => (
            <Radio key={kind} value={kind} label={t(`deferredOf.${kind}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {deferredLeads.kind === "days" ? (
        <NumberInput
          label={t("deferredDays")}
          min={1}
          max={3650}
          value={deferredLeads.days}
          onChange={(days) =>
            days === "" ? undefined : onChange({ deferredLeads: { kind: "days", days: Number(days) } })
          }
        />
      ) : null}
      <Protected partners={noOverwritePartners} onChange={(ids) => onChange({ noOverwritePartners: ids })} />
    </Stack>
  );
}

interface ProtectedProps {
  readonly partners: readonly string[];
  readonly onChange: (partners: string[]) => void;
}

function Protected({ partners, onChange }: ProtectedProps) {
  const { t } = useTranslation("attribution");
  return (
    <Stack gap={6}>
      <FoundRecord
        label={t("noOverwrite")}
        resource="/partners"
        value={null}
        onChange={(id) => (id === null || partners.includes(id) ? undefined : onChange([...partners, id]))}
      />
      <Text size="xs" c="dimmed">
        {t("noOverwriteHint")}
      </Text>
      <Group gap={6}>
        {partners.map((id) => (
          <Button
            key={id}
            variant="default"
            size="compact-xs"
            rightSection={<IconX size={12} />}
            onClick={() => onChange(partners.filter((one) => one !== id))}
          >
            <NameText id={id} />
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
