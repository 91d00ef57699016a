import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { Setup } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { Go } from "../kit/link.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Entrance } from "./entrance.tsx";

const PASSWORD_MIN = 12;

/** The first administrator, once: the link with its token was printed where the program was started. */
export function SetUp() {
  const { t } = useTranslation("access");
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const [done, setDone] = useState(false);
  const token = search.token;
  if (done) {
    return (
      <Entrance title={t("setUp.done")} text={t("setUp.doneText")}>
        <Button component="a" href="/sign-in" fullWidth>
          {t("setUp.signIn")}
        </Button>
      </Entrance>
    );
  }
  if (token === undefined) {
    return (
      <Entrance title={t("setUp.title")}>
        <NoteLine tone="warn">{t("setUp.noToken")}</NoteLine>
        <p style={{ marginTop: 12, marginBottom: 0 }}>
          <Go to="/sign-in">{t("setUp.signIn")}</Go>
        </p>
      </Entrance>
    );
  }
  return (
    <Entrance title={t("setUp.title")} text={t("setUp.text")}>
      <RecordForm
        schema={Setup}
        initial={{ token, name: "", email: "", password: "" }}
        fields={[
          { kind: "text", name: "name", label: t("setUp.name"), required: true, autoComplete: "name" },
          { kind: "email", name: "email", label: t("signIn.email"), required: true, autoComplete: "username" },
          {
            kind: "password",
            name: "password",
            label: t("signIn.password"),
            hint: t("setUp.passwordHint", { count: PASSWORD_MIN }),
            required: true,
            autoComplete: "new-password",
          },
        ]}
        submit={t("setUp.create")}
        send={(values, key) => api.post("/setup", values, key)}
        done={() => setDone(true)}
        refresh={[]}
      />
    </Entrance>
  );
}
