import { Button, Group } from "@mantine/core";
import { JurisdictionRule, type JurisdictionRules } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DocumentDialog } from "./document-dialog.tsx";
import { JurisdictionRuleForm } from "./jurisdiction-rule-form.tsx";

const Rules = z.array(JurisdictionRule);

type Editing = { readonly rule: JurisdictionRule | null } | "document" | null;

/** Which components a partner may have, by where it works and what licence it holds. */
export function JurisdictionRulesCard({ programId }: { readonly programId: string }) {
  const answer = useRecord<JurisdictionRules>(`/jurisdiction-rules/${programId}`);
  return <Loaded query={answer}>{(document) => <RulesOf document={document} />}</Loaded>;
}

const TOUCHED_RULES = ["jurisdiction-rules", "audit"];

function RulesOf({ document: { programId, version, rules } }: { readonly document: JurisdictionRules }) {
  const { t } = useTranslation("agreements");
  const { can } = useSession();
  const [editing, setEditing] = useState<Editing>(null);
  const close = () => setEditing(null);
  const put = (next: readonly JurisdictionRule[]) =>
    api.put(`/jurisdiction-rules/${programId}`, { version, rules: next });
  const [removing, setRemoving] = useState<JurisdictionRule | null>(null);
  const mayChange = can("partners.approve");
  const columns = useRuleColumns();
  const actions: PlainColumn<JurisdictionRule> = {
    id: "actions",
    label: "",
    align: "end",
    cell: (one) => (
      <Group gap={4} wrap="nowrap" justify="flex-end">
        <Button size="compact-xs" variant="default" onClick={() => setEditing({ rule: one })}>
          {t("edit")}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setRemoving(one)}>
          {t("removeRule")}
        </Button>
      </Group>
    ),
  };
  return (
    <Card
      flush
      title={t("jurisdictionRules", { version })}
      actions={mayChange ? <RulesActions onEdit={setEditing} /> : undefined}
    >
      <PlainTable<JurisdictionRule>
        label={t("jurisdictionRules", { version })}
        rows={rules}
        rowId={(one) => one.code}
        columns={mayChange ? [...columns, actions] : columns}
        empty={<EmptyState title={t("noJurisdictionRules")} text={t("noJurisdictionRulesText")} />}
      />
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={removing?.name ?? ""}
        text={t("removeRuleText")}
        action={t("removeRule")}
        danger
        send={() => put(rules.filter((one) => one.code !== removing?.code))}
        refresh={TOUCHED_RULES}
      />
      {editing === null || editing === "document" ? null : (
        <JurisdictionRuleForm
          rule={editing.rule}
          taken={new Set(rules.map((one) => one.code))}
          onClose={close}
          send={(next) => put([...rules.filter((one) => one.code !== next.code), next].sort(inOrderOf(rules)))}
          refresh={TOUCHED_RULES}
        />
      )}
      <DocumentDialog
        opened={editing === "document"}
        onClose={close}
        title={t("jurisdictionEdit")}
        hint={t("jurisdictionHint")}
        document={rules}
        schema={Rules}
        send={put}
        refresh={TOUCHED_RULES}
      />
    </Card>
  );
}

/** A changed rule stays where it stood, a new one comes last. */
function inOrderOf(rules: readonly JurisdictionRule[]) {
  const place = new Map(rules.map((one, index) => [one.code, index]));
  const placeOf = (one: JurisdictionRule) => place.get(one.code) ?? rules.length;
  return (a: JurisdictionRule, b: JurisdictionRule) => placeOf(a) - placeOf(b);
}

function RulesActions({ onEdit }: { readonly onEdit: (editing: Editing) => void }) {
  const { t } = useTranslation("agreements");
  return (
    <Group gap={6}>
      <Button size="xs" variant="subtle" color="gray" onClick={() => onEdit("document")}>
        {t("asDocument")}
      </Button>
      <Button size="xs" variant="default" onClick={() => onEdit({ rule: null })}>
        {t("addRule")}
      </Button>
    </Group>
  );
}

function useRuleColumns(): readonly PlainColumn<JurisdictionRule>[] {
  const { t, i18n } = useTranslation("agreements");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return [
    {
      id: "where",
      label: t("where"),
      cell: (one) =>
        one.jurisdictions.map((where) => (
          <div key={where} style={{ whiteSpace: "nowrap" }}>
            {where}
          </div>
        )),
    },
    { id: "licence", label: t("licence"), cell: (one) => one.licences.join(", ") || t("every") },
    {
      id: "components",
      label: t("components"),
      cell: (one) =>
        one.kind === "only" && one.components.length === 0
          ? t("nothingAllowed")
          : t(one.kind === "only" ? "onlyThese" : "notThese", {
              models:
                one.components
                  .map((part) => {
                    const model = t(`plans:models.${part.model}`, { defaultValue: part.model });
                    return part.flat ? t("flat", { model }) : model;
                  })
                  .join(", ") || "–",
            }),
    },
    {
      id: "effect",
      label: t("effect"),
      cell: (one) => (
        <StatusBadge
          plain
          state={one.effect}
          label={t(`effectOf.${one.effect}`)}
          tones={{ forbid: "bad", warn: "warn" }}
        />
      ),
    },
    {
      id: "sentence",
      label: t("sentence"),
      cell: (one) => (
        <>
          {one.sentence[language]} <small>{one.source}</small>
        </>
      ),
    },
  ];
}
