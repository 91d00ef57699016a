import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useName } from "../api/names.ts";
import { useRecord } from "../api/records.ts";

interface FoundRecordProps {
  readonly label: string;
  readonly resource: "/partners" | "/offers";
  readonly query?: Readonly<Record<string, string>>;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

interface Row {
  readonly id: string;
  readonly name: string;
}

/** A partner or an offer, found by a part of its name; one that is chosen already keeps its name. */
export function FoundRecord({ label, resource, query, value, onChange }: FoundRecordProps) {
  const { t } = useTranslation("kit");
  const [words, setWords] = useState("");
  const name = useName(value);
  const [q] = useDebouncedValue(words === name ? "" : words, 200);
  const found = useRecord<{ data: readonly Row[] }>(resource, { ...query, q, limit: 20 });
  const rows = (found.data?.data ?? []).map((row) => ({ value: row.id, label: row.name }));
  const chosen = value === null || rows.some((row) => row.value === value) ? [] : [{ value, label: name ?? value }];
  return (
    <Select
      label={label}
      data={[...chosen, ...rows]}
      value={value}
      onChange={onChange}
      searchable
      clearable
      onSearchChange={setWords}
      filter={({ options }) => options}
      placeholder={t("list.find")}
      nothingFoundMessage={found.isFetching ? t("loading") : t("list.noneFound")}
    />
  );
}
