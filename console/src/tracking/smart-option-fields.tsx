import { Button, Group, NumberInput, Select } from "@mantine/core";
import { type Offer, SmartOption } from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { TargetingFields } from "../kit/targeting/targeting-fields.tsx";
import { TargetingText } from "../kit/targeting/targeting-text.tsx";
import { weightShares } from "./smart-weights.ts";

interface SmartOptionFieldsProps {
  readonly value: readonly SmartOption[];
  readonly programId: string;
  readonly error: ReactNode;
  readonly onChange: (value: SmartOption[]) => void;
}

/** Offers to choose from: each with whom it is for, its turn and its weight. */
export function SmartOptionFields({ value, programId, error, onChange }: SmartOptionFieldsProps) {
  const { t } = useTranslation("tracking");
  const offers = useRecord<Page<Offer>>("/offers", { programId, limit: 200 }, { enabled: programId !== "" });
  const shares = weightShares(value);
  const data = (offers.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  const first = data[0]?.value;
  return (
    <>
      {value.map((option, index) => (
        <OptionCard
          // biome-ignore lint/suspicious/noArrayIndexKey: the same offer may stand there twice, for different people
          key={index}
          number={index + 1}
          option={option}
          share={shares.get(option) ?? 0}
          offers={data}
          onChange={(part) => onChange(value.map((one, at) => (at === index ? { ...one, ...part } : one)))}
          onRemove={() => onChange(value.filter((_, at) => at !== index))}
        />
      ))}
      {error === undefined || error === null ? null : <NoteLine tone="bad">{t("smart.needsOption")}</NoteLine>}
      <Button
        variant="default"
        size="xs"
        disabled={first === undefined}
        onClick={() => first !== undefined && onChange([...value, SmartOption.parse({ offerId: first })])}
      >
        {t("smart.addOption")}
      </Button>
    </>
  );
}

interface OptionCardProps {
  readonly number: number;
  readonly option: SmartOption;
  readonly share: number;
  readonly offers: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (part: Partial<SmartOption>) => void;
  readonly onRemove: () => void;
}

function OptionCard({ number, option, share, offers, onChange, onRemove }: OptionCardProps) {
  const { t } = useTranslation("tracking");
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  return (
    <Card
      title={t("smart.option", { number, share: format.share(share) })}
      actions={
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onRemove}>
          {t("smart.removeOption")}
        </Button>
      }
    >
      <Group grow align="flex-start" mb={10}>
        <Select
          label={t("offer")}
          data={[...offers]}
          allowDeselect={false}
          searchable
          value={option.offerId}
          onChange={(offerId) => offerId !== null && onChange({ offerId })}
        />
        <NumberInput
          label={t("smart.weight")}
          min={0}
          max={10_000}
          allowDecimal={false}
          value={option.weight}
          onChange={(weight) => onChange({ weight: Number(weight) || 0 })}
        />
        <NumberInput
          label={t("smart.rank")}
          min={1}
          max={100}
          allowDecimal={false}
          value={option.rank}
          onChange={(rank) => onChange({ rank: Number(rank) || 1 })}
        />
      </Group>
      {opened ? (
        <TargetingFields value={option.when} onChange={(when) => onChange({ when })} />
      ) : (
        <Group gap={10}>
          <div>
            <TargetingText targeting={option.when} />
          </div>
          <Button size="compact-xs" variant="default" onClick={() => setOpened(true)}>
            {t("smart.changeWho")}
          </Button>
        </Group>
      )}
    </Card>
  );
}
