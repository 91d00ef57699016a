import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { RecordForm } from "../kit/form/record-form.tsx";
import { say } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { unwrapAuth } from "./auth-answer.ts";
import { auth } from "./auth-client.ts";

const schema = z.object({ currentPassword: z.string().min(1), newPassword: z.string().min(12).max(128) });

/** A new password signs every other device out. */
export function PasswordCard() {
  const { t } = useTranslation("session");
  const [round, setRound] = useState(0);
  return (
    <Card title={t("password.title")}>
      <RecordForm
        key={round}
        schema={schema}
        initial={{ currentPassword: "", newPassword: "" }}
        fields={[
          { kind: "password", name: "currentPassword", label: t("password.current"), required: true },
          {
            kind: "password",
            name: "newPassword",
            label: t("password.new"),
            hint: t("password.hint"),
            required: true,
            autoComplete: "new-password",
          },
        ]}
        submit={t("password.change")}
        send={async (values) => unwrapAuth(await auth.changePassword({ ...values, revokeOtherSessions: true }))}
        done={() => {
          say(t("password.changed"));
          setRound(round + 1);
        }}
        refresh={[]}
      />
    </Card>
  );
}
