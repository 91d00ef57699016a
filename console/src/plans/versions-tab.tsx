import { Group, Select, Stack, Text } from "@mantine/core";
import type { PlanDetail, PlanVersion } from "@tributary/contract";
import { diffArrays, diffLines } from "diff";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { DifferenceLines } from "../kit/workbench/difference-lines.tsx";
import { writePlan } from "./plan-text.ts";
import { PublishButton } from "./publish-button.tsx";

const TONES = { published: "good" } as const;

/** Every version of a plan, and what any two of them say differently. */
export function VersionsTab({ plan }: { readonly plan: PlanDetail }) {
  const { t } = useTranslation("plans");
  return (
    <Stack gap={12}>
      <Card title={t("tabs.versions")} flush>
        <PlainTable<PlanVersion>
          label={t("tabs.versions")}
          rows={plan.versions}
          rowId={(one) => one.id}
          columns={[
            { id: "version", label: t("version"), cell: (one) => one.version },
            {
              id: "status",
              label: t("status"),
              cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={TONES} />,
            },
            { id: "cases", label: t("cases.title"), cell: (one) => casesText(one, t) },
            { id: "by", label: t("createdBy"), cell: (one) => <NameText id={one.createdBy} /> },
            { id: "at", label: t("createdAt"), cell: (one) => <DateText at={one.createdAt} /> },
            { id: "published", label: t("publishedBy"), cell: (one) => <Published version={one} /> },
            { id: "hash", label: t("hash"), cell: (one) => <Hash hash={one.hash} /> },
            { id: "do", label: t("publish.do"), cell: (one) => <PublishButton version={one} /> },
          ]}
        />
      </Card>
      {plan.versions.length > 1 ? <Differences versions={plan.versions} /> : null}
    </Stack>
  );
}

type Translate = (key: string, values?: Record<string, unknown>) => string;

function casesText(version: PlanVersion, t: Translate): string {
  if (version.casesRun === null) return "–";
  return version.casesFailing === 0
    ? t("cases.passing", { count: version.casesRun })
    : t("cases.failing", { count: version.casesFailing ?? 0 });
}

function Published({ version }: { readonly version: PlanVersion }) {
  if (version.publishedBy === null) return "–";
  return (
    <Stack gap={0}>
      <NameText id={version.publishedBy} />
      {version.publishedReason === null ? null : (
        <Text size="xs" c="dimmed">
          {version.publishedReason}
        </Text>
      )}
    </Stack>
  );
}

/** The beginning of a version's hash; the whole of it when it is pointed at. */
function Hash({ hash }: { readonly hash: string }) {
  return (
    <Text size="xs" ff="monospace" title={hash}>
      {hash.slice(0, 12)}
    </Text>
  );
}

function Differences({ versions }: { readonly versions: readonly PlanVersion[] }) {
  const { t } = useTranslation("plans");
  const options = versions.map((one) => ({ value: one.id, label: t("versionNumber", { version: one.version }) }));
  const [older, setOlder] = useState(versions[1]?.id ?? "");
  const [newer, setNewer] = useState(versions[0]?.id ?? "");
  const [before, after] = [older, newer].map((id) => versions.find((one) => one.id === id));
  if (before === undefined || after === undefined) return null;
  const sentences = diffArrays([...before.text], [...after.text]).flatMap((part) =>
    part.value.map((text) => ({ text, kind: kindOf(part) })),
  );
  const lines = diffLines(source(before), source(after)).flatMap((part) =>
    part.value
      .replace(/\n$/, "")
      .split("\n")
      .map((text) => ({ text, kind: kindOf(part) })),
  );
  return (
    <Card
      title={t("differences.title")}
      actions={
        <Group gap={8}>
          <Select
            aria-label={t("differences.older")}
            data={options}
            value={older}
            onChange={(id) => setOlder(id ?? older)}
            w={130}
            allowDeselect={false}
          />
          <Select
            aria-label={t("differences.newer")}
            data={options}
            value={newer}
            onChange={(id) => setNewer(id ?? newer)}
            w={130}
            allowDeselect={false}
          />
        </Group>
      }
    >
      <Stack gap={14}>
        <DifferenceLines label={t("views.plain")} lines={sentences} same={t("differences.none")} />
        <DifferenceLines label={t("views.yaml")} lines={lines} same={t("differences.none")} mono />
      </Stack>
    </Card>
  );
}

function kindOf(part: { readonly added?: boolean; readonly removed?: boolean }): "added" | "removed" | "same" {
  return part.added === true ? "added" : part.removed === true ? "removed" : "same";
}

function source(version: PlanVersion): string {
  return version.source ?? writePlan(version.document);
}
