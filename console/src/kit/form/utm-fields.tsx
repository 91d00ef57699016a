import { TextInput } from "@mantine/core";
import type { UtmTemplate } from "@tributary/contract";
import css from "./form.module.css";

const NAMES = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const;

interface UtmFieldsProps {
  readonly value: UtmTemplate;
  /** What stands where nothing is typed: the offer's own. */
  readonly inherited?: UtmTemplate;
  readonly onChange: (value: UtmTemplate) => void;
}

/** The five usual parameters, and others that a template has already. Empty ones are not added. */
export function UtmFields({ value, inherited, onChange }: UtmFieldsProps) {
  const names = [...new Set([...NAMES, ...Object.keys(inherited ?? {}), ...Object.keys(value)])];
  const change = (name: string, text: string) => {
    const { [name]: _was, ...rest } = value;
    onChange(text === "" ? rest : { ...rest, [name]: text });
  };
  return (
    <div className={css.grid}>
      {names.map((name) => (
        <div key={name} className={css.half}>
          <TextInput
            label={name}
            placeholder={inherited?.[name] ?? ""}
            value={value[name] ?? ""}
            onChange={(event) => change(name, event.currentTarget.value)}
          />
        </div>
      ))}
    </div>
  );
}
