import { Button } from "@mantine/core";
import { JurisdictionRule, type JurisdictionRules } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DocumentDialog } from "./document-dialog.tsx";

const Rules = z.array(JurisdictionRule);

/** Which components a partner may have, by where it works and what licence it holds. */
export function JurisdictionRulesCard({ programId }: { readonly programId: string }) {
  const { t } = useTranslation("agreements");
  const { can } = useSession();
  const [editing, setEditing] = useState(false);
  const path = `/jurisdiction-rules/${programId}`;
  const columns = useRuleColumns();
  const answer = useRecord<JurisdictionRules>(path);
  return (
    <Loaded query={answer}>
      {({ version, rules }) => (
        <Card
          flush
          title={t("jurisdictionRules", { version })}
          actions={
            can("partners.approve") ? (
              <Button size="xs" variant="default" onClick={() => setEditing(true)}>
                {t("edit")}
              </Button>
            ) : undefined
          }
        >
          <PlainTable<JurisdictionRule>
            label={t("jurisdictionRules", { version })}
            rows={rules}
            rowId={(one) => one.code}
            columns={columns}
          />
          <DocumentDialog
            opened={editing}
            onClose={() => setEditing(false)}
            title={t("jurisdictionEdit")}
            hint={t("jurisdictionHint")}
            document={rules}
            schema={Rules}
            send={(next) => api.put(path, { version, rules: next })}
            refresh={["jurisdiction-rules", "audit"]}
          />
        </Card>
      )}
    </Loaded>
  );
}

function useRuleColumns(): readonly PlainColumn<JurisdictionRule>[] {
  const { t, i18n } = useTranslation("agreements");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return [
    { id: "where", label: t("where"), cell: (one) => one.jurisdictions.join(", ") },
    { id: "licence", label: t("licence"), cell: (one) => one.licences.join(", ") || t("every") },
    {
      id: "components",
      label: t("components"),
      cell: (one) =>
        t(one.kind === "only" ? "onlyThese" : "notThese", {
          models: one.components.map((part) => (part.flat ? t("flat", part) : part.model)).join(", ") || "–",
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
