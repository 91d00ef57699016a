import { Button, Group, MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import {
  LEAD_CHANNELS,
  PartnerKind,
  type RoutingRule,
  type RoutingRules,
  RoutingRule as Rule,
  type RulesTried,
} from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page as Pages } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { AbsenceCard } from "./absence-card.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { RowTools } from "./rule-rows.tsx";
import { RulesTriedCard } from "./rules-tried.tsx";

/** Rules that say whose a lead is: ordered, versioned, tried on past leads before they hold. */
export function RoutingPage() {
  const { t } = useTranslation("pipeline");
  const rules = useRecord<RoutingRules>("/pipeline/routing-rules");
  return (
    <Page title={t("routing")} subtitle={<PipelineNav here="routing" />}>
      <Loaded query={rules}>{(one) => <Editor key={one.version} version={one} />}</Loaded>
      <AbsenceCard />
    </Page>
  );
}

function Editor({ version }: { readonly version: RoutingRules }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [rules, setRules] = useState<readonly RoutingRule[]>(version.rules);
  const people = useRecord<Pages<{ id: string; name: string }>>("/users", { side: "operator", limit: 200 });
  const tryOut = useChange<undefined, RulesTried>({
    send: () => api.post("/pipeline/routing-rules/try", { rules }),
    refresh: [],
  });
  const save = useChange<undefined, RoutingRules>({
    send: () => api.post("/pipeline/routing-rules", { rules, after: version.version }),
    refresh: ["pipeline", "audit"],
  });
  const locked = !can("pipeline.approve");
  const users = (people.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  const fresh = () =>
    setRules([
      ...rules,
      Rule.parse({
        name: `${t("rule")} ${rules.length + 1}`,
        to: { how: "load", people: [{ userId: users[0]?.value ?? "" }] },
      }),
    ]);
  return (
    <>
      <Card
        title={version.version === 0 ? t("noRules") : t("version", { version: version.version })}
        actions={
          version.createdAt === null ? undefined : (
            <span>
              {version.createdBy} · <DateText at={version.createdAt} />
            </span>
          )
        }
      >
        <p style={{ marginTop: 0 }}>{t("routingText")}</p>
        <fieldset disabled={locked} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
          {rules.length === 0 ? <EmptyState title={t("noRules")} text={t("noRoutingText")} /> : null}
          {rules.map((rule, at) => (
            <RuleRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
              key={at}
              number={at + 1}
              rule={rule}
              users={users}
              tools={<RowTools rows={rules} at={at} onChange={setRules} />}
              onChange={(next) => setRules(rules.map((one, index) => (index === at ? next : one)))}
            />
          ))}
          <Group mt="md">
            <Button variant="default" onClick={fresh} disabled={users.length === 0}>
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
      {tryOut.data === undefined ? null : <RulesTriedCard tried={tryOut.data} people />}
    </>
  );
}

interface RuleRowProps {
  readonly number: number;
  readonly rule: RoutingRule;
  readonly users: readonly { readonly value: string; readonly label: string }[];
  readonly tools: ReactNode;
  readonly onChange: (rule: RoutingRule) => void;
}

function RuleRow({ number, rule, users, tools, onChange }: RuleRowProps) {
  const { t } = useTranslation("pipeline");
  const { t: tPartners } = useTranslation("partners");
  const when = (part: Partial<RoutingRule["when"]>) => onChange({ ...rule, when: { ...rule.when, ...part } });
  const to = (part: Partial<RoutingRule["to"]>) => onChange({ ...rule, to: { ...rule.to, ...part } });
  const kinds = PartnerKind.options.map((value) => ({ value, label: tPartners(`kinds.${value}`) }));
  const channels = LEAD_CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }));
  return (
    <div style={{ borderTop: "1px solid var(--tb-line)", padding: "12px 0" }}>
      <Group justify="space-between" mb={8}>
        <Group gap="sm">
          <b>{number}.</b>
          <TextInput
            aria-label={t("ruleName")}
            value={rule.name}
            onChange={(event) => onChange({ ...rule, name: event.target.value })}
          />
          <Switch
            label={t("active")}
            checked={rule.active}
            onChange={(event) => onChange({ ...rule, active: event.target.checked })}
          />
        </Group>
        {tools}
      </Group>
      <Group align="flex-end" gap="sm">
        <TagsInput
          label={t("languages")}
          w={150}
          value={rule.when.languages}
          onChange={(languages) => when({ languages })}
        />
        <TagsInput
          label={t("countries")}
          w={170}
          value={rule.when.countries}
          onChange={(all) => when({ countries: all.map((one) => one.toUpperCase()) })}
        />
        <MultiSelect
          label={t("kind")}
          w={190}
          data={kinds}
          value={rule.when.kinds}
          onChange={(all) => when({ kinds: all as RoutingRule["when"]["kinds"] })}
        />
        <TagsInput
          label={t("vertical")}
          w={150}
          value={rule.when.verticals}
          onChange={(verticals) => when({ verticals })}
        />
        <TagsInput label={t("source")} w={170} value={rule.when.sources} onChange={(sources) => when({ sources })} />
        <MultiSelect
          label={t("channel")}
          w={170}
          data={channels}
          value={rule.when.channels}
          onChange={(all) => when({ channels: all as RoutingRule["when"]["channels"] })}
        />
        <Select
          label={t("how")}
          w={190}
          allowDeselect={false}
          value={rule.to.how}
          data={["person", "turns", "load"].map((value) => ({ value, label: t(`hows.${value}`) }))}
          onChange={(how) => to({ how: (how ?? "load") as RoutingRule["to"]["how"] })}
        />
        <MultiSelect
          label={t("people")}
          w={260}
          searchable
          data={[...users]}
          value={rule.to.people.map((one) => one.userId)}
          onChange={(ids) =>
            to({
              people: ids.map((userId) => rule.to.people.find((one) => one.userId === userId) ?? { userId, weight: 1 }),
            })
          }
        />
        {rule.to.how === "person"
          ? null
          : rule.to.people.map((one) => (
              <NumberInput
                key={one.userId}
                label={t("weightOf", { name: users.find((user) => user.value === one.userId)?.label ?? "" })}
                w={130}
                min={1}
                max={100}
                value={one.weight}
                onChange={(weight) =>
                  to({
                    people: rule.to.people.map((other) =>
                      other === one ? { ...one, weight: Number(weight) || 1 } : other,
                    ),
                  })
                }
              />
            ))}
        <NumberInput
          label={t("most")}
          w={150}
          min={1}
          value={rule.to.most ?? ""}
          onChange={(most) => to({ most: most === "" ? null : Number(most) })}
        />
      </Group>
    </div>
  );
}
