import { Button, Group, Stack, Text } from "@mantine/core";
import type { AttributionRun, RulesVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { MarkedSentences } from "../kit/difference/sentence-difference.tsx";
import { useGo } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { useRuleWords } from "./use-rule-words.ts";

const TONES = { inForce: "good", done: "good", failed: "bad", waiting: "quiet", running: "info" } as const;

/** How a program decides whose a customer is: in plain language, and every version with what it changed. */
export function AttributionRulesTab({ programId }: { readonly programId: string }) {
  const { t } = useTranslation("attribution");
  const { can } = useSession();
  const go = useGo();
  const versions = useVersions(programId);
  return (
    <Loaded query={versions}>
      {({ data }) => (
        <Stack gap={0}>
          <Group gap={8} mb={14}>
            {can("programs.write") ? (
              <Button onClick={() => go(`/programs/${programId}/attribution-rules`)}>{t("change")}</Button>
            ) : null}
            {can("customers.read") ? (
              <Button variant="default" onClick={() => go(`/programs/${programId}/known-customers`)}>
                {t("known.open")}
              </Button>
            ) : null}
          </Group>
          <Versions versions={data} />
          <Runs programId={programId} />
        </Stack>
      )}
    </Loaded>
  );
}

/** For how many days a click may claim today. */
export function AttributionWindow({ programId }: { readonly programId: string }) {
  const { t } = useTranslation("attribution");
  const versions = useVersions(programId);
  const rules = versions.data?.data.find((one) => one.inForce)?.rules;
  return rules === undefined ? "–" : t("days", { count: rules.windowDays });
}

function useVersions(programId: string) {
  const path = `/programs/${programId}/attribution-rules`;
  return useRecord<{ data: readonly RulesVersion[] }>(path, { limit: 100 });
}

function Versions({ versions }: { readonly versions: readonly RulesVersion[] }) {
  const { t } = useTranslation("attribution");
  const words = useRuleWords(versions.map((one) => one.rules));
  return versions.map((one, index) => {
    const before = versions[index + 1];
    return (
      <Card
        key={one.version}
        title={t("versionTitle", { version: one.version })}
        actions={one.inForce ? <StatusBadge state="inForce" label={t("inForce")} tones={TONES} /> : undefined}
      >
        <Stack gap={10}>
          <MarkedSentences
            sentences={words(one.rules)}
            against={before === undefined ? undefined : words(before.rules)}
          />
          {before === undefined ? null : <Gone before={words(before.rules)} after={words(one.rules)} />}
          <Properties
            items={[
              [t("validFrom"), one.validFrom === null ? t("beginning") : <DayText key="from" day={one.validFrom} />],
              ...(one.validUntil === null
                ? []
                : [[t("validUntil"), <DayText key="until" day={one.validUntil} />] as const]),
              ...(one.createdAt === null
                ? []
                : [
                    [t("createdAt"), <DateText key="at" at={one.createdAt} />] as const,
                    [t("createdBy"), <NameText key="by" id={one.createdBy} />] as const,
                    [t("reason"), one.reason] as const,
                  ]),
            ]}
          />
        </Stack>
      </Card>
    );
  });
}

/** What the version before said and this one does not. */
function Gone({ before, after }: { readonly before: readonly string[]; readonly after: readonly string[] }) {
  const { t } = useTranslation("attribution");
  const gone = before.filter((sentence) => !after.includes(sentence));
  if (gone.length === 0) return null;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t("before")}
      </Text>
      <MarkedSentences sentences={gone} against={after} mark="removed" />
    </div>
  );
}

function Runs({ programId }: { readonly programId: string }) {
  const { t } = useTranslation("attribution");
  const runs = useRecord<{ data: readonly AttributionRun[] }>(`/programs/${programId}/attribution-runs`, { limit: 20 });
  const rows = runs.data?.data.filter((run) => run.kind === "apply") ?? [];
  if (rows.length === 0) return null;
  const moved = (run: AttributionRun) => run.moves.reduce((sum, one) => sum + one.customers, 0);
  return (
    <Card title={t("runs")} flush>
      <PlainTable
        label={t("runs")}
        rows={rows}
        rowId={(run) => run.id}
        columns={[
          { id: "at", label: t("createdAt"), cell: (run) => <DateText at={run.createdAt} /> },
          { id: "version", label: t("version"), cell: (run) => run.rulesVersion ?? t("asStored") },
          {
            id: "state",
            label: t("state"),
            cell: (run) => <StatusBadge state={run.state} label={t(`runState.${run.state}`)} tones={TONES} />,
          },
          { id: "customers", label: t("customers"), align: "end", cell: (run) => run.customers },
          { id: "moved", label: t("moved"), align: "end", cell: moved },
        ]}
      />
    </Card>
  );
}
