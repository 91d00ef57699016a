import { Button, Group } from "@mantine/core";
import { Acceptance, type AgreementVersionDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { complain } from "../kit/notices.ts";
import { useSession } from "../session/session.tsx";
import { RoundForm } from "./round-form.tsx";
import { TOUCHED, versionPath } from "./states.ts";

type Dialog = "change" | "approve" | "refuse" | "withdraw" | "accept" | null;

/** What this person may do with terms on the table; the server says the same again. */
export function VersionActions({ version }: { readonly version: AgreementVersionDetail }) {
  const { t } = useTranslation("agreements");
  const { can } = useSession();
  const [dialog, setDialog] = useState<Dialog>(null);
  const path = versionPath(version);
  const step = useChange({
    send: (verb: "submit" | "send") =>
      api.post(`${path}/${verb}`, verb === "send" ? { termsHash: version.termsHash } : undefined),
    refresh: TOUCHED,
  });
  const run = (verb: "submit" | "send") =>
    step.mutate(verb, { onError: (problem) => complain(problem.message, problem.detail ?? "") });
  const writes = can("agreements.write");
  const approves = version.approvals?.mayApprove === true;
  const own = version.approvals?.authors.length === 1;
  return (
    <Group gap="xs">
      {writes ? (
        <Button variant="subtle" color="gray" onClick={() => setDialog("withdraw")}>
          {t("withdraw")}
        </Button>
      ) : null}
      {writes ? (
        <Button variant="default" onClick={() => setDialog("change")}>
          {t(version.status === "countered" ? "answer" : "changeTerms")}
        </Button>
      ) : null}
      {writes && (version.status === "draft" || version.status === "countered") ? (
        <Button loading={step.isPending} onClick={() => run("submit")}>
          {t(version.status === "countered" ? "takeUp" : "submit")}
        </Button>
      ) : null}
      {writes && version.status === "approved" ? (
        <Button loading={step.isPending} onClick={() => run("send")}>
          {t("send")}
        </Button>
      ) : null}
      {approves ? (
        <>
          <Button variant="default" onClick={() => setDialog("refuse")}>
            {t("sendBack")}
          </Button>
          <Button onClick={() => setDialog("approve")}>{t("approve")}</Button>
        </>
      ) : null}
      {writes && version.status === "sent" ? (
        <Button variant="default" title={own ? t("ownProposal") : undefined} onClick={() => setDialog("accept")}>
          {t("recordAcceptance")}
        </Button>
      ) : null}
      <Dialogs version={version} dialog={dialog} close={() => setDialog(null)} />
    </Group>
  );
}

interface DialogsProps {
  readonly version: AgreementVersionDetail;
  readonly dialog: Dialog;
  readonly close: () => void;
}

function Dialogs({ version, dialog, close }: DialogsProps) {
  const { t } = useTranslation("agreements");
  const path = versionPath(version);
  const { termsHash } = version;
  return (
    <>
      <RoundForm version={version} opened={dialog === "change"} onClose={close} />
      <ConfirmDialog
        opened={dialog === "approve"}
        onClose={close}
        title={t("approve")}
        text={t("approveText", { hash: termsHash.slice(0, 12) })}
        action={t("approve")}
        reason="optional"
        send={(comment) => api.post(`${path}/approve`, { termsHash, comment })}
        refresh={TOUCHED}
      />
      <ConfirmDialog
        opened={dialog === "refuse"}
        onClose={close}
        title={t("sendBack")}
        text={t("sendBackText")}
        action={t("sendBack")}
        reason="required"
        send={(reason) => api.post(`${path}/refuse`, { reason })}
        refresh={TOUCHED}
      />
      <ConfirmDialog
        opened={dialog === "withdraw"}
        onClose={close}
        title={t("withdraw")}
        text={t("withdrawText")}
        action={t("withdraw")}
        danger
        send={() => api.post(`${path}/withdraw`)}
        refresh={TOUCHED}
      />
      <FormDialog
        opened={dialog === "accept"}
        onClose={close}
        title={t("recordAcceptance")}
        submit={t("recordAcceptance")}
        schema={Acceptance}
        initial={{ name: "", termsHash }}
        fields={[{ kind: "text", name: "name", label: t("acceptedName"), hint: t("acceptedHint"), required: true }]}
        send={(values, key) => api.post(`${path}/accept`, values, key)}
        done={() => undefined}
        refresh={TOUCHED}
      />
    </>
  );
}
