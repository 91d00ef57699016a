import { ActionIcon, Autocomplete, Button, Input, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./source-pairs.module.css";

interface PairWords {
  readonly label: string;
  readonly hint: string;
  /** What stands on the left: "Goal". */
  readonly name: string;
  readonly value: string;
  /** "Add a goal". */
  readonly add: string;
}

interface SourcePairsProps {
  readonly words: PairWords;
  readonly pairs: Readonly<Record<string, string>>;
  readonly onChange: (pairs: Readonly<Record<string, string>>) => void;
  /** The only values that there are. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Values that are usual. */
  readonly suggestions?: readonly string[];
  readonly error?: ReactNode;
}

interface Row {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

/** A word of the platform on the left, what it means here on the right, line by line. */
export function SourcePairs({ words, pairs, onChange, options, suggestions, error }: SourcePairsProps) {
  const [rows, setRows] = useState<readonly Row[]>(() =>
    Object.entries(pairs).map(([name, value], key) => ({ key, name, value })),
  );
  const take = (next: readonly Row[]) => {
    setRows(next);
    const whole = next.filter((row) => row.name.trim() !== "" && row.value.trim() !== "");
    onChange(Object.fromEntries(whole.map((row) => [row.name.trim(), row.value.trim()])));
  };
  const change = (key: number, part: Partial<Row>) =>
    take(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () => setRows([...rows, { key: 1 + Math.max(-1, ...rows.map((row) => row.key)), name: "", value: "" }]);
  return (
    <Input.Wrapper label={words.label} description={words.hint} error={error} labelElement="div">
      <div className={css.rows}>
        {rows.map((row) => (
          <PairRow
            key={row.key}
            row={row}
            words={words}
            options={options}
            suggestions={suggestions}
            onChange={(part) => change(row.key, part)}
            onRemove={() => take(rows.filter((one) => one.key !== row.key))}
          />
        ))}
        <div>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={13} />} onClick={add}>
            {words.add}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}

interface PairRowProps {
  readonly row: Row;
  readonly words: PairWords;
  readonly options: SourcePairsProps["options"] | undefined;
  readonly suggestions: SourcePairsProps["suggestions"] | undefined;
  readonly onChange: (part: Partial<Row>) => void;
  readonly onRemove: () => void;
}

function PairRow({ row, words, options, suggestions, onChange, onRemove }: PairRowProps) {
  const { t } = useTranslation("tracking");
  const label = `${words.value}: ${row.name}`;
  return (
    <div className={css.row}>
      <TextInput
        aria-label={words.name}
        placeholder={words.name}
        value={row.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <span aria-hidden="true">→</span>
      {options === undefined ? (
        <Autocomplete
          aria-label={label}
          placeholder={words.value}
          data={[...(suggestions ?? [])]}
          value={row.value}
          onChange={(value) => onChange({ value })}
        />
      ) : (
        <Select
          aria-label={label}
          placeholder={words.value}
          data={[...options]}
          value={row.value === "" ? null : row.value}
          onChange={(value) => onChange({ value: value ?? "" })}
        />
      )}
      <ActionIcon size={26} aria-label={t("removePair", { name: row.name })} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </div>
  );
}
