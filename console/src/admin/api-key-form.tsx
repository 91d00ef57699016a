import { type CreatedApiKey, NewApiKey } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { useSession } from "../session/session.tsx";

const Entry = z.object({
  name: NewApiKey.shape.name,
  permissions: NewApiKey.shape.permissions,
  until: z.iso.date().optional(),
});

/** A key gets a part of one's own permissions; its token is shown once. */
export function ApiKeyForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("admin");
  const { me } = useSession();
  const [made, setMade] = useState<string | null>(null);
  const words = (permission: string) => {
    const [area = "", act = ""] = permission.split(".");
    return `${t(`areas.${area}`)}: ${t(`may.${act}`)}`;
  };
  return (
    <>
      <FormDialog
        opened={opened}
        onClose={onClose}
        title={t("createKey")}
        submit={t("createKeyDo")}
        wide
        schema={Entry}
        initial={{ name: "", permissions: [] as string[], until: "" }}
        fields={[
          { kind: "text", name: "name", label: t("name"), hint: t("keyNameHint"), required: true, half: true },
          { kind: "day", name: "until", label: t("lastDay"), hint: t("lastDayHint"), half: true },
          {
            kind: "choices",
            name: "permissions",
            label: t("permissions"),
            hint: t("permissionsHint"),
            required: true,
            options: me.permissions.map((value) => ({ value, label: words(value) })),
          },
        ]}
        send={(values, key) => {
          const { name, permissions, until } = Entry.parse(values);
          const expiresAt = until === undefined ? null : `${until}T23:59:59Z`;
          return api.post<CreatedApiKey>("/api-keys", { name, permissions, expiresAt }, key);
        }}
        done={(key) => setMade(key.token)}
        refresh={["api-keys", "audit"]}
      />
      <OnceDialog
        secret={made}
        onClose={() => setMade(null)}
        title={t("keyMade")}
        text={t("keyMadeText")}
        done={t("keptSafe")}
      />
    </>
  );
}
