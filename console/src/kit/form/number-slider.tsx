import { NumberInput } from "@mantine/core";
import { type CSSProperties, useId } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import css from "./number-slider.module.css";

interface NumberSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Behind the number: `%`, `EUR`. */
  readonly unit?: string | undefined;
  readonly onChange: (value: number) => void;
}

/** A number that one tries out: a slider with the exact number beside it. Both are the same field for keyboard and reader. */
export function NumberSlider({ label, value, min, max, step, unit, onChange }: NumberSliderProps) {
  const id = useId();
  const format = useFormat();
  const set = (next: number) => onChange(Math.min(Math.max(next, min), max));
  return (
    <div className={css.slider}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        style={{ "--filled": `${((value - min) / Math.max(max - min, step)) * 100}%` } as CSSProperties}
        aria-valuetext={`${format.number(value)}${unit === undefined ? "" : ` ${unit}`}`}
        onChange={(event) => set(Number(event.currentTarget.value))}
      />
      <NumberInput
        aria-label={label}
        size="xs"
        value={value}
        min={min}
        max={max}
        step={step}
        decimalScale={2}
        thousandSeparator={format.number(1000).replace(/\d/g, "") || undefined}
        decimalSeparator={format.number(0.5).replace(/\d/g, "")}
        {...(unit === undefined ? {} : { suffix: ` ${unit}` })}
        hideControls
        onChange={(next) => {
          if (typeof next === "number") set(next);
        }}
      />
    </div>
  );
}
