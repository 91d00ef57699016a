import { Button, Group, Mark, Select, Stack, Text } from "@mantine/core";
import type { ClaimFinding, SiteDetail, SiteSnapshot } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSay } from "./use-say.ts";

/** What was kept of a site: which claims stand on it and where, what of the checklist it says, its words. */
export function SiteEvidence({ site }: { readonly site: SiteDetail }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = site.snapshots.find(({ id }) => id === chosen) ?? site.snapshots[0];
  if (shown === undefined) return <EmptyState title={t("sites.noEvidence")} text={t("sites.noEvidenceText")} />;
  return (
    <Stack gap="md">
      <Card title={t("sites.snapshot")} actions={<SaveButton snapshot={shown} />}>
        {site.snapshots.length < 2 ? null : (
          <Select
            mb="sm"
            label={t("sites.takenAt")}
            data={site.snapshots.map((one) => ({
              value: one.id,
              label: `${format.instant(one.takenAt)} · ${one.takenBy}`,
            }))}
            value={shown.id}
            onChange={setChosen}
            allowDeselect={false}
          />
        )}
        <SnapshotFacts snapshot={shown} />
      </Card>
      {shown.picture ? null : (
        <>
          <Card title={t("sites.findings", { count: shown.findings.length })}>
            <Findings findings={shown.findings} />
          </Card>
          <Card title={t("sites.signs")}>
            <Signs site={site} snapshot={shown} />
          </Card>
          <Card title={t("sites.words")}>
            <Words snapshot={shown} />
          </Card>
        </>
      )}
    </Stack>
  );
}

function SaveButton({ snapshot }: { readonly snapshot: SiteSnapshot }) {
  const { t } = useTranslation("compliance");
  if (!snapshot.picture && snapshot.sha256 === null) return null;
  return (
    <Button size="xs" variant="default" component="a" href={`/v1/site-snapshots/${snapshot.id}/file`} download>
      {t("sites.save")}
    </Button>
  );
}

function SnapshotFacts({ snapshot }: { readonly snapshot: SiteSnapshot }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const answer = snapshot.picture ? t("sites.picture") : snapshot.problem || `HTTP ${snapshot.status ?? "–"}`;
  return (
    <Properties
      items={[
        [t("sites.takenAt"), `${format.instant(snapshot.takenAt)} · ${snapshot.takenBy}`],
        [t("sites.finalAddress"), snapshot.finalAddress],
        [t("sites.answer"), answer],
        [t("documents.hash"), snapshot.sha256 ?? "–"],
      ]}
    />
  );
}

function Findings({ findings }: { readonly findings: readonly ClaimFinding[] }) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  if (findings.length === 0) return <Text size="sm">{t("sites.noFindings")}</Text>;
  return (
    <Stack gap="sm">
      {findings.map((one) => (
        <div key={`${one.claim} ${one.before} ${one.found} ${one.after}`}>
          <Group gap={8}>
            <StatusBadge
              state={one.negated ? "negated" : one.grave ? "grave" : "light"}
              label={one.negated ? t("sites.negated", { claim: say(one.name) }) : say(one.name)}
              tones={{ grave: "bad", light: "warn", negated: "quiet" }}
            />
          </Group>
          <Text size="sm">
            …{one.before}
            <Mark>{one.found}</Mark>
            {one.after}…
          </Text>
        </div>
      ))}
    </Stack>
  );
}

function Signs({ site, snapshot }: { readonly site: SiteDetail; readonly snapshot: SiteSnapshot }) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  return (
    <Properties
      items={site.checklist.map(({ code, text }) => {
        const sign = snapshot.signs[code];
        const state = sign === undefined ? "unknown" : sign ? "found" : "absent";
        return [
          say(text),
          <StatusBadge
            key={code}
            state={state}
            label={t(`sites.sign.${state}`)}
            tones={{ found: "good", absent: "warn", unknown: "quiet" }}
          />,
        ] as const;
      })}
    />
  );
}

const MOST_WORDS = 6000;

/** The text of the page, what was found marked in it. */
function Words({ snapshot }: { readonly snapshot: SiteSnapshot }) {
  const { t } = useTranslation("compliance");
  const text = snapshot.words.slice(0, MOST_WORDS);
  if (text === "") return <Text size="sm">{t("sites.noWords")}</Text>;
  const found = [...new Set(snapshot.findings.map((one) => one.found))].sort((a, b) => b.length - a.length);
  const parts =
    found.length === 0
      ? [text]
      : text.split(new RegExp(`(${found.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "giu"));
  const at = { value: 0 };
  return (
    <Text size="sm" component="div" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
      {parts.map((part) => {
        at.value += part.length;
        return found.some((one) => one.toLowerCase() === part.toLowerCase()) ? (
          <Mark key={at.value}>{part}</Mark>
        ) : (
          part
        );
      })}
    </Text>
  );
}
