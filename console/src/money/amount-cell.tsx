import { TextInput } from "@mantine/core";
import { useState } from "react";
import { readAmount, writeAmount } from "../kit/form/money-entry.ts";

/** Where a rule is for any currency, its amounts are typed with two decimals, as most currencies have them. */
const ANY_CURRENCY = "EUR";

interface AmountCellProps {
  readonly label: string;
  /** its three letters; anything else counts as any currency */
  readonly currency: string;
  readonly minor: string;
  readonly onChange: (minor: string) => void;
}

/** An amount that is typed in a row of a table: in whole units, with the currency beside it. */
export function AmountCell(props: AmountCellProps) {
  // What was typed belongs to the currency's decimals: with another currency the amount is written anew.
  return <Amount key={currencyOf(props.currency)} {...props} />;
}

function Amount({ label, currency, minor, onChange }: AmountCellProps) {
  const code = currencyOf(currency);
  const [text, setText] = useState(() => writeAmount({ minor, currency: code }));
  const read = readAmount(text, code);
  return (
    <TextInput
      aria-label={label}
      size="xs"
      w={150}
      inputMode="decimal"
      value={text}
      error={read === null || read.minor.startsWith("-")}
      rightSection={<span style={{ fontSize: 11 }}>{currency}</span>}
      rightSectionWidth={40}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const next = readAmount(typed, code);
        if (next !== null && !next.minor.startsWith("-")) onChange(next.minor);
      }}
      onBlur={() => setText(writeAmount({ minor, currency: code }))}
    />
  );
}

function currencyOf(currency: string): string {
  return /^[A-Z]{3}$/.test(currency) ? currency : ANY_CURRENCY;
}
