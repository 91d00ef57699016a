import type { WebhookType } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

interface Catalogue {
  readonly data: readonly {
    readonly type: string;
    readonly about: string;
    readonly schema: { readonly properties?: Readonly<Record<string, unknown>> };
  }[];
}

/** What the endpoint listens to, and what each of it holds. */
export function CataloguePanel({ types }: { readonly types: readonly WebhookType[] }) {
  const { t, i18n } = useTranslation("webhooks");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const catalogue = useRecord<Catalogue>("/webhooks/catalogue", { language });
  return (
    <Loaded query={catalogue}>
      {({ data }) => (
        <Card title={t("catalogue")} flush>
          <PlainTable
            label={t("catalogue")}
            rows={data.filter((one) => types.length === 0 || types.includes(one.type as WebhookType))}
            rowId={(one) => one.type}
            columns={[
              { id: "type", label: t("type"), cell: (one) => <code>{one.type}</code> },
              { id: "about", label: t("about"), cell: (one) => one.about },
              { id: "fields", label: t("fields"), cell: (one) => Object.keys(one.schema.properties ?? {}).join(", ") },
            ]}
          />
        </Card>
      )}
    </Loaded>
  );
}
