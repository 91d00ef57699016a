import { Button, Group } from "@mantine/core";
import { Acceptance, type AgreementVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";

const TOUCHED = ["agreements", "audit"] as const;

/** Approve, record an acceptance, withdraw; whoever proposed may do neither of the first two. */
export function VersionActions({ version }: { readonly version: AgreementVersion }) {
  const { t } = useTranslation("agreements");
  const { can, me } = useSession();
  const [accepting, setAccepting] = useState(false);
  const path = `/agreements/${version.agreementId}/versions/${version.version}`;
  const change = useChange({ send: (verb: "approve" | "withdraw") => api.post(`${path}/${verb}`), refresh: TOUCHED });
  const own = version.proposedBy === me.id;
  return (
    <Group gap="xs">
      {can("agreements.write") ? (
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate("withdraw")}>
          {t("withdraw")}
        </Button>
      ) : null}
      {version.status === "proposed" && can("agreements.approve") ? (
        <Button
          disabled={own}
          title={own ? t("ownProposal") : undefined}
          loading={change.isPending}
          onClick={() => change.mutate("approve")}
        >
          {t("approve")}
        </Button>
      ) : null}
      {version.status === "approved" && can("agreements.write") ? (
        <Button disabled={own} title={own ? t("ownProposal") : undefined} onClick={() => setAccepting(true)}>
          {t("recordAcceptance")}
        </Button>
      ) : null}
      <FormDialog
        opened={accepting}
        onClose={() => setAccepting(false)}
        title={t("recordAcceptance")}
        submit={t("recordAcceptance")}
        schema={Acceptance}
        initial={{ name: "", termsHash: version.termsHash }}
        fields={[{ kind: "text", name: "name", label: t("acceptedName"), hint: t("acceptedHint"), required: true }]}
        send={(values, key) => api.post(`${path}/accept`, values, key)}
        done={() => undefined}
        refresh={TOUCHED}
      />
    </Group>
  );
}
