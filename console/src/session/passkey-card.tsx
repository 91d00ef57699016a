import { Button } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { AgoText } from "../kit/date-text.tsx";
import { complain, say } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { unwrapAuth } from "./auth-answer.ts";
import { auth } from "./auth-client.ts";

/** Passkeys of this person: the device's own lock instead of a password. */
export function PasskeyCard() {
  const { t } = useTranslation("session");
  const keys = auth.useListPasskeys();
  const [removing, setRemoving] = useState<string | null>(null);
  const add = async () => {
    const answer = await auth.passkey.addPasskey({});
    if (answer?.error) complain(t("passkey.notAdded"), answer.error.message);
    else say(t("passkey.added"));
    void keys.refetch();
  };
  return (
    <Card
      title={t("passkey.title")}
      flush
      actions={
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconFingerprint size={14} />}
          onClick={() => void add()}
        >
          {t("passkey.add")}
        </Button>
      }
    >
      <PlainTable
        label={t("passkey.title")}
        rows={keys.data ?? []}
        rowId={(key) => key.id}
        empty={<div style={{ padding: "12px 14px" }}>{t("passkey.none")}</div>}
        columns={[
          { id: "name", label: t("passkey.name"), cell: (key) => key.name ?? t("passkey.unnamed") },
          {
            id: "created",
            label: t("passkey.created"),
            cell: (key) => <AgoText at={new Date(key.createdAt).toISOString()} />,
          },
          {
            id: "remove",
            label: t("passkey.remove"),
            align: "end",
            cell: (key) => (
              <Button variant="subtle" size="compact-sm" onClick={() => setRemoving(key.id)}>
                {t("passkey.remove")}
              </Button>
            ),
          },
        ]}
      />
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t("passkey.remove")}
        text={t("passkey.removeText")}
        action={t("passkey.remove")}
        danger
        send={async () => unwrapAuth(await auth.passkey.deletePasskey({ id: removing ?? "" }))}
        refresh={[]}
        done={() => void keys.refetch()}
      />
    </Card>
  );
}
