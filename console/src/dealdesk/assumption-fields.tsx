import { Button, Group, NumberInput, SimpleGrid, Slider, Stack, Text, TextInput } from "@mantine/core";
import type { Assumptions } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { decimalOf } from "../i18n/format.ts";
import { shiftPoint } from "../kit/difference/shift-point.ts";

type Name = Exclude<keyof Assumptions, "start" | "seasonality" | "symbol">;

/** Steps of a slider are whole numbers; `digits` says how many of their figures are decimals. */
interface Knob {
  readonly name: Name;
  readonly kind: "share" | "amount" | "number" | "count";
  readonly most: number;
  readonly step: number;
  readonly digits: number;
}

const KNOBS: readonly Knob[] = [
  { name: "months", kind: "count", most: 36, step: 1, digits: 0 },
  { name: "clicks", kind: "count", most: 20_000, step: 100, digits: 0 },
  { name: "registrationRate", kind: "share", most: 5_000, step: 10, digits: 4 },
  { name: "ftdRate", kind: "share", most: 10_000, step: 50, digits: 4 },
  { name: "averageFirstDeposit", kind: "amount", most: 1_000, step: 5, digits: 0 },
  { name: "repeatDeposits", kind: "number", most: 100, step: 1, digits: 1 },
  { name: "averageDeposit", kind: "amount", most: 1_000, step: 5, digits: 0 },
  { name: "revenuePerActive", kind: "amount", most: 1_000, step: 5, digits: 0 },
  { name: "churn", kind: "share", most: 10_000, step: 50, digits: 4 },
  { name: "paymentFees", kind: "share", most: 1_000, step: 10, digits: 4 },
  { name: "lotsPerActive", kind: "number", most: 500, step: 5, digits: 1 },
];

interface AssumptionFieldsProps {
  readonly assumptions: Assumptions;
  readonly currency: string;
  readonly onChange: (assumptions: Assumptions) => void;
}

/** Every assumption as a slider and as a number; the slider is for feeling, the number for saying it exactly. */
export function AssumptionFields({ assumptions, currency, onChange }: AssumptionFieldsProps) {
  const { t } = useTranslation("dealdesk");
  const set = (part: Partial<Assumptions>) => onChange({ ...assumptions, ...part });
  return (
    <Stack gap={18}>
      <TextInput
        type="month"
        label={t("assume.start")}
        maw={240}
        value={assumptions.start}
        onChange={(event) => set({ start: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={28} verticalSpacing={18}>
        {KNOBS.map((knob) => (
          <KnobField
            key={knob.name}
            knob={knob}
            unit={knob.kind === "share" ? "%" : knob.kind === "amount" ? currency : ""}
            value={String(assumptions[knob.name])}
            onChange={(value) => set({ [knob.name]: knob.kind === "count" ? Number(value) : value })}
          />
        ))}
      </SimpleGrid>
      <Seasons seasonality={assumptions.seasonality} onChange={(seasonality) => set({ seasonality })} />
    </Stack>
  );
}

interface KnobFieldProps {
  readonly knob: Knob;
  readonly unit: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function KnobField({ knob, unit, value, onChange }: KnobFieldProps) {
  const { t } = useTranslation("dealdesk");
  const label = t(`assume.${knob.name}`);
  const steps = Math.min(knob.most, Math.round(Number(value) * 10 ** knob.digits));
  const shown = knob.kind === "share" ? shiftPoint(value, 2) : value;
  const typed = (text: string) => {
    if (text === "") return;
    onChange(knob.kind === "share" ? shiftPoint(text, -2) : text);
  };
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap={12}>
        <Text size="sm">{label}</Text>
        <NumberInput
          aria-label={label}
          size="xs"
          w={130}
          flex="none"
          hideControls
          min={0}
          decimalScale={knob.kind === "count" ? 0 : 4}
          suffix={unit === "" ? "" : ` ${unit}`}
          value={shown}
          onChange={(next) => typed(String(next))}
        />
      </Group>
      <Slider
        mt={8}
        size="sm"
        label={null}
        min={knob.name === "months" ? 1 : 0}
        max={knob.most}
        step={knob.step}
        thumbLabel={label}
        value={steps}
        onChange={(next) => onChange(decimalOf(String(next), knob.digits))}
      />
    </div>
  );
}

function Seasons({ seasonality, onChange }: { seasonality: string[]; onChange: (seasonality: string[]) => void }) {
  const { t, i18n } = useTranslation("dealdesk");
  const name = (month: number) =>
    new Intl.DateTimeFormat(i18n.language, { month: "short", timeZone: "UTC" }).format(
      new Date(Date.UTC(2026, month, 1)),
    );
  return (
    <div>
      <Group justify="space-between">
        <Text size="sm">{t("assume.seasonality")}</Text>
        <Button variant="default" size="compact-xs" onClick={() => onChange(seasonality.map(() => "1"))}>
          {t("evenYear")}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 4, sm: 6, lg: 12 }} spacing={6} mt={8}>
        {seasonality.map((factor, month) => (
          <NumberInput
            key={name(month)}
            label={name(month)}
            size="xs"
            hideControls
            min={0}
            decimalScale={3}
            value={factor}
            onChange={(next) =>
              onChange(seasonality.map((one, index) => (index === month && next !== "" ? String(next) : one)))
            }
          />
        ))}
      </SimpleGrid>
    </div>
  );
}
