import { Button } from "@mantine/core";
import type { AgreementTemplate } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { TemplateForm } from "./template-form.tsx";

/** Texts to begin with: which clauses are locked, which may be talked about. */
export function TemplatesCard({ programId }: { readonly programId: string }) {
  const { t } = useTranslation("agreements");
  const { can } = useSession();
  const [editing, setEditing] = useState<AgreementTemplate | "new" | null>(null);
  const templates = useRecord<Page<AgreementTemplate>>("/agreement-templates", { programId, limit: 100 });
  const writes = can("plans.write");
  return (
    <Card
      flush
      title={t("templates")}
      actions={
        writes ? (
          <Button size="xs" variant="default" onClick={() => setEditing("new")}>
            {t("newTemplate")}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={templates}>
        {(page) => (
          <PlainTable<AgreementTemplate>
            label={t("templates")}
            rows={page.data}
            rowId={(one) => one.id}
            empty={<p style={{ padding: "0 14px" }}>{t("noTemplates")}</p>}
            columns={[
              {
                id: "name",
                label: t("name"),
                cell: (one) =>
                  writes ? (
                    <Button size="compact-xs" variant="subtle" onClick={() => setEditing(one)}>
                      {one.name}
                    </Button>
                  ) : (
                    one.name
                  ),
              },
              { id: "version", label: t("version"), cell: (one) => one.latest.version, align: "end" },
              { id: "language", label: t("language"), cell: (one) => t(`languageOf.${one.latest.language}`) },
              {
                id: "locked",
                label: t("clausesLocked"),
                align: "end",
                cell: (one) =>
                  `${one.latest.clauses.filter((clause) => clause.locked).length}/${one.latest.clauses.length}`,
              },
            ]}
          />
        )}
      </Loaded>
      {editing === null ? null : (
        <TemplateForm
          programId={programId}
          template={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Card>
  );
}
