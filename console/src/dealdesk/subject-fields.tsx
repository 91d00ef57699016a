import { Checkbox, Group, SegmentedControl, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { type Partner, PartnerKind, type User } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { RecordField } from "../kit/form/record-field.tsx";
import { useSession } from "../session/session.tsx";
import type { DealDraft } from "./deal-draft.ts";

export interface DraftFieldsProps {
  readonly draft: DealDraft;
  readonly onChange: (part: Partial<DealDraft>) => void;
}

/** Whose customers are looked at: one partner's, or those of everybody who fits. */
export function SubjectFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTranslation("dealdesk");
  const { programs } = useSession();
  return (
    <Stack gap={12}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t("name")}
          required
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Select
          label={t("program")}
          allowDeselect={false}
          data={programs.map((one) => ({ value: one.id, label: one.name }))}
          value={draft.programId}
          onChange={(programId) => onChange({ programId: programId ?? draft.programId })}
        />
      </SimpleGrid>
      <SegmentedControl
        aria-label={t("subject")}
        size="xs"
        w="fit-content"
        value={draft.subject}
        onChange={(subject) => onChange({ subject: subject === "segment" ? "segment" : "partner" })}
        data={[
          { value: "partner", label: t("onePartner") },
          { value: "segment", label: t("segment") },
        ]}
      />
      {draft.subject === "partner" ? (
        <RecordField
          field={{
            kind: "record",
            name: "partnerId",
            label: t("partner"),
            resource: "/partners",
            toOption: (one: Partner) => ({ value: one.id, label: one.name }),
          }}
          values={draft}
          input={{ value: draft.partnerId, onChange: (partnerId: string) => onChange({ partnerId }) }}
          shared={{ label: t("partner"), description: undefined, withAsterisk: true, disabled: false }}
        />
      ) : (
        <SegmentFields draft={draft} onChange={onChange} />
      )}
    </Stack>
  );
}

function SegmentFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTranslation("dealdesk");
  const regions = useRecord<{ data: readonly { readonly id: string; readonly name: string }[] }>("/regions", {
    limit: 200,
  });
  const owner = {
    kind: "record" as const,
    name: "ownerUserId",
    label: t("owner"),
    resource: "/users",
    toOption: (one: User) => ({ value: one.id, label: one.name }),
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={t("region")}
        clearable
        placeholder={t("any")}
        data={(regions.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
        value={draft.regionId === "" ? null : draft.regionId}
        onChange={(regionId) => onChange({ regionId: regionId ?? "" })}
      />
      <Select
        label={t("partnerKind")}
        clearable
        placeholder={t("any")}
        data={PartnerKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={draft.partnerKind === "" ? null : draft.partnerKind}
        onChange={(partnerKind) => onChange({ partnerKind: partnerKind ?? "" })}
      />
      <RecordField
        field={owner}
        values={draft}
        input={{ value: draft.ownerUserId, onChange: (ownerUserId: string) => onChange({ ownerUserId }) }}
        shared={{ label: t("owner"), description: undefined, withAsterisk: false, disabled: false }}
      />
      <TextInput
        label={t("country")}
        maxLength={2}
        value={draft.country}
        onChange={(event) => onChange({ country: event.currentTarget.value.toUpperCase() })}
      />
    </SimpleGrid>
  );
}

/** Which months that are over are run again. */
export function HistoryFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTranslation("dealdesk");
  return (
    <Stack gap={12}>
      <Checkbox
        label={t("overHistory")}
        checked={draft.history}
        onChange={(event) => onChange({ history: event.currentTarget.checked })}
      />
      {draft.history ? (
        <Group gap={12}>
          <TextInput
            type="month"
            label={t("from")}
            value={draft.from}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
          <TextInput
            type="month"
            label={t("to")}
            value={draft.to}
            onChange={(event) => onChange({ to: event.currentTarget.value })}
          />
        </Group>
      ) : null}
      <TextInput
        label={t("base")}
        description={t("baseHint")}
        maw={320}
        value={draft.base}
        onChange={(event) => onChange({ base: event.currentTarget.value })}
      />
    </Stack>
  );
}
