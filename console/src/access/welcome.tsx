import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type AcceptedLink as AcceptedLinkSchema, AcceptLink, type LinkPurpose } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Entrance } from "./entrance.tsx";

type AcceptedLink = z.infer<typeof AcceptedLinkSchema>;

/** A one-time link: an invited person comes in, or somebody sets a new password. */
export function Welcome() {
  const { t } = useTranslation("access");
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const token = search.token ?? "";
  const [done, setDone] = useState<AcceptedLink | null>(null);
  const purpose = useQuery({
    queryKey: ["invitations", "look", token],
    queryFn: () => api.post<LinkPurpose>("/invitations/look", { token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (done !== null) {
    return (
      <Entrance title={t("welcome.done")} text={t("welcome.doneText", { email: done.email })}>
        <Button component="a" href={done.forPartner ? "/portal/sign-in" : "/sign-in"} fullWidth>
          {t("setUp.signIn")}
        </Button>
      </Entrance>
    );
  }
  if (purpose.isError) {
    return (
      <Entrance title={t("welcome.broken")} text={t("welcome.brokenText")}>
        <ProblemLine error={purpose.error} />
      </Entrance>
    );
  }
  if (purpose.data === undefined) return <Entrance title={t("welcome.looking")}>{null}</Entrance>;
  return <WelcomeForm token={token} purpose={purpose.data} onDone={setDone} />;
}

interface WelcomeFormProps {
  readonly token: string;
  readonly purpose: LinkPurpose;
  readonly onDone: (done: AcceptedLink) => void;
}

function WelcomeForm({ token, purpose, onDone }: WelcomeFormProps) {
  const { t } = useTranslation("access");
  const invited = purpose.kind === "invite";
  return (
    <Entrance
      title={invited ? t("welcome.invite") : t("welcome.reset")}
      text={
        invited ? t("welcome.inviteText", { email: purpose.email }) : t("welcome.resetText", { email: purpose.email })
      }
    >
      <RecordForm
        schema={AcceptLink}
        initial={{ token, name: purpose.name, password: "" }}
        fields={[
          {
            kind: "text",
            name: "name",
            label: t("setUp.name"),
            required: true,
            autoComplete: "name",
            when: () => invited,
          },
          {
            kind: "password",
            name: "password",
            label: t("signIn.password"),
            hint: t("setUp.passwordHint", { count: 12 }),
            required: true,
            autoComplete: "new-password",
          },
        ]}
        submit={invited ? t("welcome.join") : t("welcome.set")}
        send={(values, key) => api.post<AcceptedLink>("/invitations/accept", values, key)}
        done={onDone}
        refresh={[]}
      />
    </Entrance>
  );
}
