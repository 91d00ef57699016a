import { Button, Group } from "@mantine/core";
import type { PrivacyRequest } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { ShareTable } from "./share-table.tsx";

const TONES = { proposed: "onboarding", done: "active", refused: "rejected" } as const;

/** One export or erasure, with what it was about and its certificate. */
export function RequestRecord() {
  const { t } = useTranslation("privacy");
  const id = useParam("id");
  const request = useRecord<PrivacyRequest>(`/privacy/requests/${id}`);
  return (
    <Loaded query={request}>
      {(one) => (
        <RecordPage
          title={t(`title.${one.kind}`)}
          subtitle={one.reason}
          parent={{ label: t("requests"), to: "/privacy" }}
          badge={<StatusBadge state={TONES[one.state]} label={t(`state.${one.state}`)} />}
          actions={one.state === "proposed" ? <Decide request={one} /> : undefined}
          facts={[
            { label: t("person"), value: one.pseudonym ?? <NameText id={one.subjectId} /> },
            { label: t("askedBy"), value: <NameText id={one.proposedBy} /> },
            { label: t("at"), value: <DateText at={one.proposedAt} /> },
            { label: t("signedBy"), value: <NameText id={one.decidedBy} /> },
          ]}
          tabs={[{ id: "certificate", label: t("certificate"), content: () => <Certificate request={one} /> }]}
        />
      )}
    </Loaded>
  );
}

function Certificate({ request }: { readonly request: PrivacyRequest }) {
  const { t } = useTranslation("privacy");
  const { certificate } = request;
  return (
    <>
      <Card title={t(certificate === null ? "kept" : "doneAndKept")} flush>
        <ShareTable shares={certificate?.shares ?? request.shares} />
      </Card>
      {certificate === null ? null : (
        <Card title={t("certificate")}>
          <p>{t("statement")}</p>
          <Properties
            items={[
              [t("erasedAt"), <DateText key="at" at={certificate.erasedAt} />],
              [t("pseudonym"), request.pseudonym ?? "–"],
              [t("keysDestroyed"), certificate.keysDestroyed],
              [t("trailHead"), <CopyText key="head" text={certificate.trailHead} />],
              [t("certificateHash"), <CopyText key="hash" text={request.certificateHash ?? ""} />],
            ]}
          />
        </Card>
      )}
    </>
  );
}

/** The second person signs, or refuses. */
function Decide({ request }: { readonly request: PrivacyRequest }) {
  const { t } = useTranslation("privacy");
  const { can, me } = useSession();
  const [deciding, setDeciding] = useState<"erase" | "refuse" | null>(null);
  if (!can("privacy.approve") || request.proposedBy === me.userId) return null;
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setDeciding("refuse")}>
        {t("decide.refuse")}
      </Button>
      <Button color="red.8" onClick={() => setDeciding("erase")}>
        {t("decide.erase")}
      </Button>
      <ConfirmDialog
        opened={deciding !== null}
        onClose={() => setDeciding(null)}
        title={t(`decide.${deciding ?? "erase"}`)}
        text={t(`decideText.${deciding ?? "erase"}`)}
        action={t(`decide.${deciding ?? "erase"}`)}
        danger={deciding === "erase"}
        reason="optional"
        send={(note) =>
          api.post<PrivacyRequest>(`/privacy/erasures/${request.id}/decision`, {
            revision: request.revision,
            approve: deciding === "erase",
            note,
          })
        }
        refresh={["privacy", "users", "partners", "audit", "names"]}
      />
    </Group>
  );
}
