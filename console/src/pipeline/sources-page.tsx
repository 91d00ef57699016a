import { Button, Group, Select, Switch, TextInput } from "@mantine/core";
import type { RulesTried, SourceRule, SourceRules, UnmatchedSource } from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { complain } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { RowTools } from "./rule-rows.tsx";
import { RulesTriedCard } from "./rules-tried.tsx";

const REFRESH = ["pipeline", "leads", "audit"];

/** Messy sources and their clean names: what no rule knows stands first, and becomes a rule by one click. */
export function SourcesPage() {
  const { t } = useTranslation("pipeline");
  const rules = useRecord<SourceRules>("/pipeline/source-rules");
  const unmatched = useRecord<{ readonly data: readonly UnmatchedSource[] }>("/pipeline/unmatched-sources");
  return (
    <Page title={t("sources")} subtitle={<PipelineNav here="sources" />}>
      <Card title={t("unmatchedSources")} flush>
        <Loaded query={unmatched}>
          {({ data }) => (
            <PlainTable
              label={t("unmatchedSources")}
              rows={data}
              rowId={(one) => one.raw}
              empty={<EmptyState title={t("noUnmatched")} text={t("noUnmatchedText")} />}
              columns={[
                {
                  id: "raw",
                  label: t("sourceRaw"),
                  cell: (one) => <code style={{ wordBreak: "break-all" }}>{one.raw}</code>,
                },
                { id: "leads", label: t("leads"), align: "end", cell: (one) => one.leads },
                { id: "answer", label: t("cleanSource"), cell: (one) => <Answer source={one} /> },
              ]}
            />
          )}
        </Loaded>
      </Card>
      <Loaded query={rules}>{(one) => <Editor key={one.version} version={one} />}</Loaded>
    </Page>
  );
}

function Answer({ source }: { readonly source: UnmatchedSource }) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const { can } = useSession();
  const [name, setName] = useState(source.suggestion?.source ?? "");
  const [match, setMatch] = useState("exact");
  const make = useChange<undefined, unknown>({
    send: () => api.post("/pipeline/unmatched-sources", { raw: source.raw, source: name, match }),
    refresh: REFRESH,
  });
  if (!can("pipeline.write")) return source.suggestion?.source ?? "–";
  return (
    <>
      <Group gap={6} wrap="nowrap">
        <TextInput
          aria-label={t("cleanSource")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          w={170}
        />
        <Select
          aria-label={t("match")}
          value={match}
          allowDeselect={false}
          w={130}
          data={["exact", "prefix", "contains"].map((value) => ({ value, label: t(`matches.${value}`) }))}
          onChange={(value) => setMatch(value ?? "exact")}
        />
        <Button
          size="compact-sm"
          disabled={name.trim() === ""}
          loading={make.isPending}
          onClick={() => make.mutate(undefined, { onError: (error) => complain(error.message, error.detail) })}
        >
          {t("makeRule")}
        </Button>
      </Group>
      {source.suggestion === null ? null : (
        <small>
          {t("suggested", {
            because: source.suggestion.because,
            likeness: format.share(source.suggestion.likeness / 100),
          })}
        </small>
      )}
    </>
  );
}

function Editor({ version }: { readonly version: SourceRules }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [rules, setRules] = useState<readonly SourceRule[]>(version.rules);
  const tryOut = useChange<undefined, RulesTried>({
    send: () => api.post("/pipeline/source-rules/try", { rules }),
    refresh: [],
  });
  const save = useChange<undefined, SourceRules>({
    send: () => api.post("/pipeline/source-rules", { rules, after: version.version }),
    refresh: REFRESH,
  });
  const set = (at: number, part: Partial<SourceRule>) =>
    setRules(rules.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <>
      <Card title={version.version === 0 ? t("noRules") : t("version", { version: version.version })}>
        <p style={{ marginTop: 0 }}>{t("sourcesText")}</p>
        <fieldset disabled={!can("pipeline.write")} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
          {rules.map((rule, at) => (
            <SourceRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
              key={at}
              number={at + 1}
              rule={rule}
              onChange={(part) => set(at, part)}
              tools={<RowTools rows={rules} at={at} onChange={setRules} />}
            />
          ))}
          <Group mt="md">
            <Button
              variant="default"
              onClick={() => setRules([...rules, { match: "exact", text: "", source: "", active: true }])}
            >
              {t("addRule")}
            </Button>
            <Button variant="default" loading={tryOut.isPending} onClick={() => tryOut.mutate(undefined)}>
              {t("tryRules")}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate(undefined)}>
              {t("saveRules")}
            </Button>
          </Group>
          {save.isError ? <ProblemLine error={save.error} /> : null}
          {tryOut.isError ? <ProblemLine error={tryOut.error} /> : null}
        </fieldset>
      </Card>
      {tryOut.data === undefined ? null : <RulesTriedCard tried={tryOut.data} people={false} />}
    </>
  );
}

interface SourceRowProps {
  readonly number: number;
  readonly rule: SourceRule;
  readonly onChange: (part: Partial<SourceRule>) => void;
  readonly tools: ReactNode;
}

function SourceRow({ number, rule, onChange, tools }: SourceRowProps) {
  const { t } = useTranslation("pipeline");
  const of = (label: string) => `${label} ${number}`;
  return (
    <Group gap={8} mb={6}>
      <b style={{ minWidth: 24 }}>{number}.</b>
      <Select
        aria-label={of(t("match"))}
        w={140}
        allowDeselect={false}
        value={rule.match}
        data={["exact", "prefix", "contains", "pattern"].map((value) => ({ value, label: t(`matches.${value}`) }))}
        onChange={(match) => onChange({ match: (match ?? "exact") as SourceRule["match"] })}
      />
      <TextInput
        aria-label={of(t("sourceRaw"))}
        w={230}
        value={rule.text}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <TextInput
        aria-label={of(t("cleanSource"))}
        w={190}
        value={rule.source}
        onChange={(event) => onChange({ source: event.target.value })}
      />
      <Switch
        aria-label={of(t("active"))}
        checked={rule.active}
        onChange={(event) => onChange({ active: event.target.checked })}
      />
      {tools}
    </Group>
  );
}
