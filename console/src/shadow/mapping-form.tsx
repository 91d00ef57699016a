import { Box, Button, Group, Select, SimpleGrid, Switch, Text } from "@mantine/core";
import { SHADOW_FIELDS, type Shadow, type ShadowField, type ShadowFile, type ShadowMapping } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { zones } from "./shadow-form.tsx";

const DATES = ["auto", "day_first", "month_first"] as const;
const DECIMALS = ["auto", "point", "comma"] as const;
const STATUSES = ["approved", "pending", "rejected", "ignore"] as const;

type Change = (part: Partial<ShadowMapping>) => void;

/** Which column says what, and how its times, amounts, types and statuses are meant. */
export function MappingForm({ file, shadow }: { readonly file: ShadowFile; readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  const [mapping, setMapping] = useState<ShadowMapping>(file.suggestion);
  const change: Change = (part) => setMapping((before) => ({ ...before, ...part }));
  const read = useChange({
    send: () => api.post<ShadowFile>(`/shadow-files/${file.id}/read`, mapping),
    refresh: ["shadow-files", "shadows"],
  });
  return (
    <>
      <Box mb={12}>
        <NoteLine tone="info">{t(`suggested.${file.suggestedBy}`, { format: file.format ?? "" })}</NoteLine>
      </Box>
      <Card title={t("whichColumn")}>
        <Columns file={file} mapping={mapping} change={change} />
      </Card>
      <Card title={t("howRead")}>
        <Reading mapping={mapping} change={change} zone={shadow.timeZone} />
      </Card>
      <Words file={file} shadow={shadow} mapping={mapping} change={change} field="type" />
      <Words file={file} shadow={shadow} mapping={mapping} change={change} field="status" />
      {read.isError ? <ProblemLine error={read.error} /> : null}
      <Group mt={12}>
        <Button
          loading={read.isPending}
          disabled={mapping.columns.occurredAt === undefined}
          onClick={() => read.mutate(undefined)}
        >
          {t("readFile")}
        </Button>
      </Group>
    </>
  );
}

interface PartProps {
  readonly file: ShadowFile;
  readonly mapping: ShadowMapping;
  readonly change: Change;
}

function Columns({ file, mapping, change }: PartProps) {
  const { t } = useTranslation("shadow");
  const choose = (field: ShadowField, column: string | null) => {
    const { [field]: _before, ...others } = mapping.columns;
    change({ columns: column === null ? others : { ...others, [field]: column } });
  };
  const names = [...new Set(file.columns.filter((name) => name !== ""))];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
      {SHADOW_FIELDS.map((field) => (
        <Select
          key={field}
          label={t(`field.${field}`)}
          description={example(file, mapping.columns[field])}
          required={field === "occurredAt"}
          clearable
          searchable
          placeholder={t("noColumn")}
          data={names}
          value={mapping.columns[field] ?? null}
          onChange={(column) => choose(field, column)}
        />
      ))}
    </SimpleGrid>
  );
}

/** The first value of a column, so that one sees what is meant. */
function example(file: ShadowFile, column: string | undefined): string {
  const at = column === undefined ? -1 : file.columns.indexOf(column);
  return (at < 0 ? undefined : file.sample.find((cells) => (cells[at] ?? "") !== "")?.[at])?.slice(0, 40) ?? " ";
}

function Reading({
  mapping,
  change,
  zone,
}: {
  readonly mapping: ShadowMapping;
  readonly change: Change;
  readonly zone: string;
}) {
  const { t } = useTranslation("shadow");
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
      <Select
        label={t("timeZone")}
        searchable
        data={[...zones()]}
        value={mapping.timeZone ?? zone}
        onChange={(timeZone) => change({ timeZone: timeZone ?? zone })}
      />
      <Select
        label={t("dates")}
        allowDeselect={false}
        data={DATES.map((value) => ({ value, label: t(`date.${value}`) }))}
        value={mapping.dates}
        onChange={(dates) => change({ dates: dates as ShadowMapping["dates"] })}
      />
      <Select
        label={t("decimals")}
        allowDeselect={false}
        data={DECIMALS.map((value) => ({ value, label: t(`decimal.${value}`) }))}
        value={mapping.decimals}
        onChange={(decimals) => change({ decimals: decimals as ShadowMapping["decimals"] })}
      />
      <Switch
        mt={26}
        label={t("minorUnits")}
        checked={mapping.minorUnits}
        onChange={(event) => change({ minorUnits: event.currentTarget.checked })}
      />
    </SimpleGrid>
  );
}

/** Their words for types or statuses, as they stand in the first rows, and what each means here. */
function Words({
  file,
  shadow,
  mapping,
  change,
  field,
}: PartProps & { readonly shadow: Shadow; readonly field: "type" | "status" }) {
  const { t } = useTranslation("shadow");
  const at = file.columns.indexOf(mapping.columns[field] ?? "");
  const words =
    at < 0
      ? []
      : [...new Set(file.sample.map((cells) => (cells[at] ?? "").trim().toLowerCase()))].filter((word) => word !== "");
  if (words.length === 0) return null;
  const meanings = field === "type" ? [...shadow.types, "ignore"] : STATUSES;
  const known: Readonly<Record<string, string>> = field === "type" ? mapping.types : mapping.statuses;
  // A word that is ours is understood without being told.
  const typeByName = (word: string): string => {
    const name = word.replace(/[\s-]+/g, "_");
    return shadow.types.includes(name) ? t(`type.${name}`) : t("anyType");
  };
  const say = (word: string, meaning: string | null) => {
    const { [word]: _before, ...others } = known;
    const next = meaning === null ? others : { ...others, [word]: meaning };
    change(field === "type" ? { types: next } : { statuses: next as ShadowMapping["statuses"] });
  };
  return (
    <Card title={t(field === "type" ? "typeWords" : "statusWords")}>
      <Text size="sm" mb={8}>
        {t(field === "type" ? "typeWordsText" : "statusWordsText")}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        {words.map((word) => (
          <Select
            key={word}
            label={word}
            clearable
            placeholder={field === "type" ? typeByName(word) : t("asKnown")}
            data={meanings.map((value) => ({
              value,
              label: t(field === "type" ? `type.${value}` : `statusWord.${value}`),
            }))}
            value={known[word] ?? null}
            onChange={(meaning) => say(word, meaning)}
          />
        ))}
      </SimpleGrid>
    </Card>
  );
}
