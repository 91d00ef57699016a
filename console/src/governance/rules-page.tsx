import { Button, Switch } from "@mantine/core";
import type { DataRule } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { Places } from "./places.tsx";
import { RuleForm } from "./rule-form.tsx";
import { SEVERITY_TONES } from "./tones.ts";

/** All rules: what they ask, of whom, what they weigh and what they find. */
export function RulesPage() {
  const { t } = useTranslation("governance");
  const { can } = useSession();
  const rules = useRecord<{ readonly data: readonly DataRule[] }>("/data-rules");
  const [editing, edit] = useState<DataRule | "new">();
  return (
    <Page
      title={t("places.rules")}
      subtitle={t("rulesText")}
      parent={{ label: t("title"), to: "/data-quality" }}
      actions={
        <>
          <Places />
          {can("governance.write") ? <Button onClick={() => edit("new")}>{t("newRule")}</Button> : null}
        </>
      }
    >
      <Loaded query={rules}>
        {({ data }) => (
          <Card title={t("places.rules")} flush>
            <Rules rules={data} onEdit={edit} />
          </Card>
        )}
      </Loaded>
      {editing === undefined ? null : (
        <RuleForm
          key={editing === "new" ? "new" : editing.id}
          rule={editing === "new" ? undefined : editing}
          onClose={() => edit(undefined)}
        />
      )}
    </Page>
  );
}

interface RulesProps {
  readonly rules: readonly DataRule[];
  readonly onEdit: (rule: DataRule) => void;
}

function Rules({ rules, onEdit }: RulesProps) {
  const { t } = useTranslation("governance");
  const { can } = useSession();
  const { language, number } = useFormat();
  const title = ({ definition }: DataRule) => (language === "es" && definition.title.es) || definition.title.en;
  const toggle = useChange<DataRule, { id: string }>({
    send: ({ id, version, active, definition }) =>
      api.put(`/data-rules/${id}`, { version, active: !active, definition }),
    refresh: ["data-rules", "findings", "data-scores"],
  });
  return (
    <PlainTable
      label={t("places.rules")}
      rows={rules}
      rowId={(rule) => rule.id}
      empty={<EmptyState title={t("noRules")} text={t("noRulesText")} />}
      columns={[
        {
          id: "title",
          label: t("rule"),
          cell: (rule) => (
            <Button variant="transparent" size="compact-sm" p={0} onClick={() => onEdit(rule)}>
              {title(rule)}
            </Button>
          ),
        },
        { id: "record", label: t("record"), cell: ({ definition }) => t(`recordKinds.${definition.record}`) },
        { id: "check", label: t("check"), cell: ({ definition }) => t(`checks.${definition.check.kind}`) },
        {
          id: "severity",
          label: t("severity"),
          cell: ({ definition: { severity } }) => (
            <StatusBadge state={severity} label={t(`severities.${severity}`)} tones={SEVERITY_TONES} />
          ),
        },
        { id: "weight", label: t("weight"), align: "end", cell: (rule) => rule.weight },
        {
          id: "findings",
          label: t("faults"),
          align: "end",
          cell: (rule) => <Go to={`/data-quality/findings?ruleId=${rule.id}`}>{number(rule.findings)}</Go>,
        },
        { id: "excepted", label: t("excepted"), align: "end", cell: (rule) => number(rule.excepted) },
        {
          id: "active",
          label: t("active"),
          align: "end",
          cell: (rule) => (
            <Switch
              size="xs"
              checked={rule.active}
              disabled={!can("governance.write") || toggle.isPending}
              aria-label={`${title(rule)}: ${t("active")}`}
              onChange={() => toggle.mutate(rule)}
            />
          ),
        },
      ]}
    />
  );
}
