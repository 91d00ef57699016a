import { Badge, Code, Group, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { DataDefinition } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { Places } from "./places.tsx";

const AREAS = ["metric", "partner", "contact", "offer"] as const;

/** What every field and metric means, in one place that can be searched. */
export function DefinitionsPage() {
  const { t } = useTranslation("governance");
  const { language } = useFormat();
  const [typed, setTyped] = useState("");
  const definitions = useRecord<{ readonly data: readonly DataDefinition[] }>("/definitions", { language });
  return (
    <Page
      title={t("places.definitions")}
      subtitle={t("definitionsText")}
      parent={{ label: t("title"), to: "/data-quality" }}
      actions={<Places />}
    >
      <TextInput
        mb="sm"
        maw={420}
        leftSection={<IconSearch size={14} />}
        placeholder={t("searchDefinitions")}
        aria-label={t("searchDefinitions")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded query={definitions}>{({ data }) => <Found definitions={data} typed={typed} />}</Loaded>
    </Page>
  );
}

interface FoundProps {
  readonly definitions: readonly DataDefinition[];
  readonly typed: string;
}

function Found({ definitions, typed }: FoundProps) {
  const { t } = useTranslation("governance");
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = definitions.filter((one) => {
    const all = [one.name, one.code, one.text, one.formula, ...one.rules].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
  if (found.length === 0) return <EmptyState title={t("noDefinitions")} text={t("noDefinitionsText")} />;
  return AREAS.map((area) => {
    const rows = found.filter((one) => one.area === area);
    return rows.length === 0 ? null : (
      <Card key={area} title={t(`areas.${area}`)} flush>
        <PlainTable
          label={t(`areas.${area}`)}
          rows={rows}
          rowId={(one) => one.id}
          columns={[
            { id: "name", label: t("name"), cell: (one) => <Named definition={one} /> },
            { id: "text", label: t("meaning"), cell: (one) => <Meaning definition={one} /> },
          ]}
        />
      </Card>
    );
  });
}

function Named({ definition }: { readonly definition: DataDefinition }) {
  return (
    <>
      <Text size="sm" fw={500}>
        {definition.name}
      </Text>
      <Code>{definition.code}</Code>
    </>
  );
}

function Meaning({ definition }: { readonly definition: DataDefinition }) {
  return (
    <>
      <Text size="sm">{definition.text}</Text>
      {definition.formula === "" ? null : (
        <Text size="xs" c="dimmed">
          {definition.formula}
        </Text>
      )}
      {definition.rules.length === 0 ? null : (
        <Group gap={4} mt={4}>
          {definition.rules.map((rule) => (
            <Badge key={rule} variant="default" size="sm" tt="none">
              {rule}
            </Badge>
          ))}
        </Group>
      )}
    </>
  );
}
