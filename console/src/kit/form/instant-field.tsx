import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { instantAt, wallClockAt } from "../zone-time.ts";

interface InstantFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: ReactNode;
  /** ISO; "" or null for none. */
  readonly value: string | null | undefined;
  readonly onChange: (instant: string) => void;
}

/** An instant, typed by the clock of the shown zone, which is said beside it. */
export function InstantField({ label, hint, error, value, onChange }: InstantFieldProps) {
  const { zone } = useFormat();
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={[hint, zone].filter(Boolean).join(" · ")}
      error={error}
      value={value ? wallClockAt(value, zone) : ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? "" : instantAt(currentTarget.value, zone))}
    />
  );
}
