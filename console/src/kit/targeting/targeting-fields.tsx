import { MultiSelect, TagsInput } from "@mantine/core";
import { DeviceName, type Targeting } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/use-format.ts";
import { countryCodes } from "./country-codes.ts";
import { ScheduleFields } from "./schedule-fields.tsx";
import css from "./targeting.module.css";

type Dimension = Exclude<keyof Targeting, "schedule">;
const DIMENSIONS: readonly Dimension[] = ["country", "device", "os", "browser", "language", "source"];
const USUAL: Readonly<Record<"os" | "browser" | "language", readonly string[]>> = {
  os: ["Windows", "macOS", "iOS", "Android", "Linux", "ChromeOS"],
  browser: ["Chrome", "Safari", "Firefox", "Microsoft Edge", "Opera", "Samsung Internet"],
  language: ["en", "es", "pt", "de", "fr", "it", "pl", "nl", "cs", "el", "tr", "ar", "id", "vi", "th", "ja", "zh"],
};

interface TargetingFieldsProps {
  readonly value: Targeting;
  readonly onChange: (value: Targeting) => void;
}

/** Who may come: for each thing that is known of a visitor, only these and never those; and at which hours. */
export function TargetingFields({ value, onChange }: TargetingFieldsProps) {
  const { t } = useTranslation("kit");
  return (
    <fieldset className={css.rows} aria-label={t("targeting.title")}>
      <div className={`${css.row} ${css.head}`}>
        <span />
        <div>{t("targeting.only")}</div>
        <div>{t("targeting.never")}</div>
      </div>
      {DIMENSIONS.map((dimension) => (
        <div key={dimension} className={css.row}>
          <span>{t(`targeting.of.${dimension}`)}</span>
          {(["is", "isNot"] as const).map((side) => (
            <Values
              key={side}
              dimension={dimension}
              label={`${t(`targeting.of.${dimension}`)}: ${t(side === "is" ? "targeting.only" : "targeting.never")}`}
              placeholder={
                value[dimension][side].length > 0 ? "" : t(side === "is" ? "targeting.everybody" : "targeting.nobody")
              }
              value={value[dimension][side]}
              onChange={(next) => onChange({ ...value, [dimension]: { ...value[dimension], [side]: next } })}
            />
          ))}
        </div>
      ))}
      <ScheduleFields value={value.schedule} onChange={(schedule) => onChange({ ...value, schedule })} />
    </fieldset>
  );
}

interface ValuesProps {
  readonly dimension: Dimension;
  readonly label: string;
  readonly placeholder: string;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

function Values({ dimension, label, placeholder, value, onChange }: ValuesProps) {
  const { t } = useTranslation("kit");
  const format = useFormat();
  const shared = { "aria-label": label, placeholder, value: [...value], onChange, clearable: true };
  if (dimension === "country")
    return (
      <MultiSelect
        {...shared}
        searchable
        limit={60}
        data={countryCodes().map((code) => ({ value: code, label: `${format.country(code)} · ${code}` }))}
      />
    );
  if (dimension === "device")
    return (
      <MultiSelect
        {...shared}
        data={DeviceName.options.map((name) => ({ value: name, label: t(`targeting.device.${name}`) }))}
      />
    );
  return <TagsInput {...shared} data={dimension === "source" ? [] : [...USUAL[dimension]]} />;
}
