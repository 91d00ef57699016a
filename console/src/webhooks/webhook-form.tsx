import {
  NewWebhookEndpoint,
  WEBHOOK_TYPES,
  type WebhookEndpoint,
  type WebhookSecret,
  type WebhookType,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";

interface Entry {
  readonly name: string;
  readonly url: string;
  readonly types: readonly WebhookType[];
}

function useFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("webhooks");
  return [
    {
      kind: "url",
      name: "url",
      label: t("url"),
      hint: t("urlHint"),
      required: true,
      placeholder: "https://crm.example/hooks",
    },
    { kind: "text", name: "name", label: t("name") },
    {
      kind: "choices",
      name: "types",
      label: t("types"),
      hint: t("typesHint"),
      options: WEBHOOK_TYPES.filter((type) => type !== "webhook.test").map((value) => ({ value, label: value })),
    },
  ];
}

interface WebhookFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (made: WebhookSecret) => void;
}

export function WebhookForm({ opened, onClose, onMade }: WebhookFormProps) {
  const { t } = useTranslation("webhooks");
  return (
    <FormDialog<Entry, WebhookSecret>
      opened={opened}
      onClose={onClose}
      title={t("create")}
      submit={t("createDo")}
      schema={NewWebhookEndpoint}
      initial={{ name: "", url: "", types: [] }}
      fields={useFields()}
      send={(values, key) => api.post<WebhookSecret>("/webhooks", values, key)}
      done={onMade}
      refresh={["webhooks", "audit"]}
    />
  );
}

/** The same of one that exists. */
export function WebhookChangeForm({
  endpoint,
  opened,
  onClose,
}: {
  readonly endpoint: WebhookEndpoint;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation("webhooks");
  return (
    <FormDialog<Entry, WebhookEndpoint>
      opened={opened}
      onClose={onClose}
      title={t("change")}
      submit={t("save")}
      schema={NewWebhookEndpoint}
      initial={{ name: endpoint.name, url: endpoint.url, types: endpoint.types }}
      fields={useFields()}
      send={(values) =>
        api.patch<WebhookEndpoint>(`/webhooks/${endpoint.id}`, {
          revision: endpoint.revision,
          url: values.url,
          name: values.name ?? "",
          types: values.types ?? [],
        })
      }
      done={() => undefined}
      refresh={["webhooks", "audit"]}
    />
  );
}
