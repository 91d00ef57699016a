import { Button, Group } from "@mantine/core";
import { DocumentAcceptance, DocumentRejection, type PartnerDocument } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, queryString } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { DILIGENCE_REFRESH } from "./states.ts";

/** Opening, accepting, rejecting. Each look is kept with why. */
export function DocumentActions({ document }: { readonly document: PartnerDocument }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [asked, setAsked] = useState<"open" | "accept" | "reject" | null>(null);
  const close = () => setAsked(null);
  const waits = document.state === "submitted" || document.state === "proposed";
  const decides = can("compliance.write");
  return (
    <Group gap="xs">
      {document.mayOpen ? (
        <Button variant="default" onClick={() => setAsked("open")}>
          {t("documents.open")}
        </Button>
      ) : null}
      {decides && (waits || document.state === "accepted") ? (
        <Button variant="default" color="red" onClick={() => setAsked("reject")}>
          {t("documents.reject")}
        </Button>
      ) : null}
      {decides && waits ? <Button onClick={() => setAsked("accept")}>{t("documents.accept")}</Button> : null}
      <OpenDialog document={document} opened={asked === "open"} onClose={close} />
      <AcceptDialog document={document} opened={asked === "accept"} onClose={close} />
      <FormDialog
        opened={asked === "reject"}
        onClose={close}
        title={t("documents.reject")}
        submit={t("documents.reject")}
        danger
        schema={DocumentRejection}
        initial={{ revision: document.revision, reason: "" }}
        fields={[
          {
            kind: "textarea",
            name: "reason",
            label: t("reason"),
            hint: t("documents.rejectHint"),
            rows: 3,
            required: true,
          },
        ]}
        send={(values) => api.post<PartnerDocument>(`/documents/${document.id}/reject`, values)}
        done={close}
        refresh={DILIGENCE_REFRESH}
      />
    </Group>
  );
}

interface DialogProps {
  readonly document: PartnerDocument;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function OpenDialog({ document, opened, onClose }: DialogProps) {
  const { t } = useTranslation("compliance");
  return (
    <ConfirmDialog<void>
      opened={opened}
      onClose={onClose}
      title={t("documents.open")}
      text={t("documents.openText")}
      action={t("documents.open")}
      reason="required"
      send={async (purpose) => window.location.assign(`/v1/documents/${document.id}/file${queryString({ purpose })}`)}
      refresh={["documents"]}
    />
  );
}

const Acceptance = DocumentAcceptance.partial({ number: true, issuedOn: true, expiresOn: true, nameOnIt: true });

function AcceptDialog({ document, opened, onClose }: DialogProps) {
  const { t } = useTranslation("compliance");
  const { revision, number, nameOnIt } = document;
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("documents.accept")}
      submit={t("documents.accept")}
      schema={Acceptance}
      initial={{
        revision,
        number,
        nameOnIt,
        issuedOn: document.issuedOn ?? "",
        expiresOn: document.expiresOn ?? "",
        reason: "",
      }}
      fields={[
        { kind: "text", name: "nameOnIt", label: t("documents.nameOnIt") },
        { kind: "text", name: "number", label: t("documents.number") },
        { kind: "day", name: "issuedOn", label: t("documents.issuedOn"), half: true },
        { kind: "day", name: "expiresOn", label: t("documents.expiresOn"), half: true },
        { kind: "textarea", name: "reason", label: t("documents.lookedAt"), rows: 3, required: true },
      ]}
      send={(values) =>
        api.post<PartnerDocument>(`/documents/${document.id}/accept`, {
          revision,
          number: values.number ?? "",
          nameOnIt: values.nameOnIt ?? "",
          issuedOn: values.issuedOn ?? null,
          expiresOn: values.expiresOn ?? null,
          reason: values.reason,
        })
      }
      done={onClose}
      refresh={DILIGENCE_REFRESH}
    />
  );
}
