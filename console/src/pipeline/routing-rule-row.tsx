import { Group, MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { LEAD_CHANNELS, PartnerKind, type RoutingRule } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type User = { readonly value: string; readonly label: string };

interface RuleRowProps {
  readonly number: number;
  readonly rule: RoutingRule;
  readonly users: readonly User[];
  readonly tools: ReactNode;
  readonly onChange: (rule: RoutingRule) => void;
}

/** One routing rule: its name, for whom it holds, to whom it gives. */
export function RuleRow({ number, rule, users, tools, onChange }: RuleRowProps) {
  const { t } = useTranslation("pipeline");
  return (
    <div style={{ borderTop: "1px solid var(--tb-line)", padding: "12px 0" }}>
      <Group justify="space-between" mb={8}>
        <Group gap="sm">
          <b>{number}.</b>
          <TextInput
            aria-label={`${t("ruleName")} ${number}`}
            value={rule.name}
            onChange={(event) => onChange({ ...rule, name: event.target.value })}
          />
          <Switch
            label={t("active")}
            checked={rule.active}
            onChange={(event) => onChange({ ...rule, active: event.target.checked })}
          />
        </Group>
        {tools}
      </Group>
      <Group align="flex-end" gap="sm">
        <Conditions when={rule.when} onChange={(part) => onChange({ ...rule, when: { ...rule.when, ...part } })} />
        <Receivers to={rule.to} users={users} onChange={(part) => onChange({ ...rule, to: { ...rule.to, ...part } })} />
      </Group>
    </div>
  );
}

type When = RoutingRule["when"];

function Conditions({ when, onChange }: { readonly when: When; readonly onChange: (part: Partial<When>) => void }) {
  const { t } = useTranslation("pipeline");
  const { t: tPartners } = useTranslation("partners");
  const kinds = PartnerKind.options.map((value) => ({ value, label: tPartners(`kinds.${value}`) }));
  const channels = LEAD_CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }));
  return (
    <>
      <TagsInput
        label={t("languages")}
        w={150}
        value={when.languages}
        onChange={(languages) => onChange({ languages })}
      />
      <TagsInput
        label={t("countries")}
        w={170}
        value={when.countries}
        onChange={(all) => onChange({ countries: all.map((one) => one.toUpperCase()) })}
      />
      <MultiSelect
        label={t("kind")}
        w={190}
        data={kinds}
        value={when.kinds}
        onChange={(all) => onChange({ kinds: all as When["kinds"] })}
      />
      <TagsInput
        label={t("vertical")}
        w={150}
        value={when.verticals}
        onChange={(verticals) => onChange({ verticals })}
      />
      <TagsInput label={t("source")} w={170} value={when.sources} onChange={(sources) => onChange({ sources })} />
      <MultiSelect
        label={t("channel")}
        w={170}
        data={channels}
        value={when.channels}
        onChange={(all) => onChange({ channels: all as When["channels"] })}
      />
    </>
  );
}

type To = RoutingRule["to"];

interface ReceiversProps {
  readonly to: To;
  readonly users: readonly User[];
  readonly onChange: (part: Partial<To>) => void;
}

function Receivers({ to, users, onChange }: ReceiversProps) {
  const { t } = useTranslation("pipeline");
  const weigh = (userId: string, weight: number) =>
    onChange({ people: to.people.map((one) => (one.userId === userId ? { userId, weight } : one)) });
  const choose = (ids: readonly string[]) =>
    onChange({ people: ids.map((userId) => to.people.find((one) => one.userId === userId) ?? { userId, weight: 1 }) });
  return (
    <>
      <Select
        label={t("how")}
        w={190}
        allowDeselect={false}
        value={to.how}
        data={["person", "turns", "load"].map((value) => ({ value, label: t(`hows.${value}`) }))}
        onChange={(how) => onChange({ how: (how ?? "load") as To["how"] })}
      />
      <MultiSelect
        label={t("people")}
        w={260}
        searchable
        data={[...users]}
        value={to.people.map((one) => one.userId)}
        onChange={choose}
      />
      {to.how === "person"
        ? null
        : to.people.map((one) => (
            <NumberInput
              key={one.userId}
              label={t("weightOf", { name: users.find((user) => user.value === one.userId)?.label ?? "" })}
              w={150}
              min={1}
              max={100}
              value={one.weight}
              onChange={(weight) => weigh(one.userId, Number(weight) || 1)}
            />
          ))}
      <NumberInput
        label={t("most")}
        w={170}
        min={1}
        value={to.most ?? ""}
        onChange={(most) => onChange({ most: most === "" ? null : Number(most) })}
      />
    </>
  );
}
