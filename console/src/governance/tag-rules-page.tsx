import { Badge, Button, Text } from "@mantine/core";
import { NewTagRule, TAGGED_RECORDS, type TagRule, type TagRuleTried } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Go } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { ConditionField } from "./condition-field.tsx";
import { Places } from "./places.tsx";

/** Rules that set tags for lists, reports and other systems. */
export function TagRulesPage() {
  const { t } = useTranslation("governance");
  const { can } = useSession();
  const rules = useRecord<{ readonly data: readonly TagRule[] }>("/tag-rules");
  const [editing, edit] = useState<TagRule | "new">();
  return (
    <Page
      title={t("places.tags")}
      subtitle={t("tagsText")}
      parent={{ label: t("title"), to: "/data-quality" }}
      actions={
        <>
          <Places />
          {can("governance.write") ? <Button onClick={() => edit("new")}>{t("newTagRule")}</Button> : null}
        </>
      }
    >
      <Loaded query={rules}>
        {({ data }) => (
          <Card title={t("places.tags")} flush>
            <TagTable rules={data} onEdit={edit} />
          </Card>
        )}
      </Loaded>
      {editing === undefined ? null : (
        <TagForm
          key={editing === "new" ? "new" : editing.id}
          rule={editing === "new" ? undefined : editing}
          onClose={() => edit(undefined)}
        />
      )}
    </Page>
  );
}

interface TagTableProps {
  readonly rules: readonly TagRule[];
  readonly onEdit: (rule: TagRule) => void;
}

function TagTable({ rules, onEdit }: TagTableProps) {
  const { t } = useTranslation("governance");
  const { number } = useFormat();
  return (
    <PlainTable
      label={t("places.tags")}
      rows={rules}
      rowId={(rule) => rule.id}
      empty={<EmptyState title={t("noTags")} text={t("noTagsText")} />}
      columns={[
        {
          id: "tag",
          label: t("tag"),
          cell: (rule) => (
            <Badge variant="default" tt="none">
              {rule.tag}
            </Badge>
          ),
        },
        { id: "record", label: t("record"), cell: (rule) => t(`recordKinds.${rule.record}`) },
        {
          id: "title",
          label: t("rule"),
          cell: (rule) => (
            <Button variant="transparent" size="compact-sm" p={0} onClick={() => onEdit(rule)}>
              {rule.title}
            </Button>
          ),
        },
        {
          id: "active",
          label: t("active"),
          cell: (rule) => (
            <StatusBadge state={rule.active ? "active" : "draft"} label={t(rule.active ? "on" : "off")} />
          ),
        },
        {
          id: "tagged",
          label: t("tagged"),
          align: "end",
          cell: (rule) => <Go to={`/${rule.record}s?tag=${encodeURIComponent(rule.tag)}`}>{number(rule.tagged)}</Go>,
        },
        { id: "changed", label: t("changed"), align: "end", cell: (rule) => <DateText at={rule.changedAt} /> },
      ]}
    />
  );
}

interface Typed {
  readonly record: TagRule["record"];
  readonly tag: string;
  readonly title: string;
  readonly active: boolean;
  readonly when: string;
}
const Valid = z.object({
  record: z.enum(TAGGED_RECORDS),
  tag: NewTagRule.shape.tag,
  title: NewTagRule.shape.title,
  active: z.boolean(),
  when: z.string(),
});

function TagForm({ rule, onClose }: { readonly rule: TagRule | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation("governance");
  const when = rule?.when ?? { field: "country", is: ["ES", "PT"] };
  return (
    <FormDialog<Typed, { id: string }>
      opened
      wide
      onClose={onClose}
      title={rule === undefined ? t("newTagRule") : t("changeRule", { version: rule.version })}
      submit={t("save")}
      schema={Valid}
      initial={{
        record: rule?.record ?? "partner",
        tag: rule?.tag ?? "",
        title: rule?.title ?? "",
        active: rule?.active ?? true,
        when: JSON.stringify(when, null, 2),
      }}
      fields={[
        {
          kind: "select",
          half: true,
          name: "record",
          label: t("record"),
          required: true,
          disabled: rule !== undefined,
          options: TAGGED_RECORDS.map((value) => ({ value, label: t(`recordKinds.${value}`) })),
        },
        { kind: "text", name: "tag", label: t("tag"), required: true, half: true },
        { kind: "text", name: "title", label: t("rule"), required: true, half: true },
        {
          kind: "own",
          name: "when",
          label: t("when"),
          content: (values, change, error) => (
            <ConditionField
              key={values.record}
              label={t("when")}
              record={values.record}
              value={values.when}
              change={(text) => change("when", text)}
              error={error}
            />
          ),
        },
        { kind: "switch", name: "active", label: t("active") },
        { kind: "own", name: "try", label: "", content: (values) => <Try values={values} replaces={rule?.id} /> },
      ]}
      send={(values) =>
        rule === undefined
          ? api.post("/tag-rules", wireOf(values))
          : api.put(`/tag-rules/${rule.id}`, { ...(wireOf(values) as object), version: rule.version })
      }
      done={onClose}
      refresh={["tag-rules", "partners", "offers"]}
    />
  );
}

function wireOf(values: Typed): unknown {
  try {
    return { ...values, when: JSON.parse(values.when) };
  } catch {
    return values;
  }
}

function Try({ values, replaces }: { readonly values: Typed; readonly replaces: string | undefined }) {
  const { t } = useTranslation("governance");
  const attempt = useChange<Typed, TagRuleTried>({
    send: (typed) => api.post(`/tag-rules/try${replaces === undefined ? "" : `?replaces=${replaces}`}`, wireOf(typed)),
    refresh: [],
  });
  return (
    <>
      <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate(values)}>
        {t("try")}
      </Button>
      {attempt.isError ? <ProblemLine error={attempt.error} /> : null}
      {attempt.data === undefined ? null : (
        <>
          <Text size="sm" mt={6}>
            {t("triedTag", { ...attempt.data })}
          </Text>
          {attempt.data.samples.slice(0, 6).map(({ id, name, change }) => (
            <Text key={id} size="xs">
              {change === "add" ? "+" : "−"} {name}
            </Text>
          ))}
        </>
      )}
    </>
  );
}
