import { Button, Group } from "@mantine/core";
import { type RoutingRule, type RoutingRules, RoutingRule as Rule, type RulesTried } from "@tributary/contract";
import { useState } from "react";
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
import { RuleRow } from "./routing-rule-row.tsx";
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
