import { Button, Modal } from "@mantine/core";
import type { RelatedPerson } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { Properties } from "../kit/record/card.tsx";
import { useSession } from "../session/session.tsx";

/** Day of birth and identity number whole, for a reason that goes into the trail. They are gone when the window is closed. */
export function RevealPerson({ person }: { readonly person: RelatedPerson }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<RelatedPerson | null>(null);
  if (!can("compliance.reveal") || (person.birth === "" && person.identifier === "")) return null;
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
        {t("reveal")}
      </Button>
      <ConfirmDialog<RelatedPerson>
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("reveal")}
        text={t("revealText", { name: person.name })}
        action={t("reveal")}
        reason="required"
        send={(reason) =>
          api.post<RelatedPerson>(`/partners/${person.partnerId}/related-people/${person.id}/reveal`, { reason })
        }
        refresh={["audit", "activity"]}
        done={setShown}
      />
      <Modal opened={shown !== null} onClose={() => setShown(null)} title={person.name}>
        <Properties
          items={[
            [t("birth"), shown?.birth || "–"],
            [t("identifier"), shown?.identifier || "–"],
          ]}
        />
      </Modal>
    </>
  );
}
