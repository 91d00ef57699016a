import { Button, Group } from "@mantine/core";
import type { Partner } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";
import { NEXT_STATES, type PartnerState } from "./states.ts";

/** The ways on from a partner's state; each asks for its reason, which goes into the trail. */
export function PartnerStatusActions({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const go = useGo();
  const [asked, setAsked] = useState<PartnerState | null>(null);
  if (!can("partners.write")) return null;
  return (
    <Group gap="xs">
      {NEXT_STATES[partner.status].map((status) => (
        <Button
          key={status}
          variant={status === "active" || status === "onboarding" ? "filled" : "default"}
          // What an end means is read on a page of its own before it is decided.
          onClick={() => (status === "deactivated" ? go(`/onboarding/${partner.id}/closing`) : setAsked(status))}
        >
          {t(`move.${status}`)}
        </Button>
      ))}
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t(`move.${asked ?? "active"}`)}
        text={t(`moveText.${asked ?? "active"}`, { name: partner.name })}
        action={t(`move.${asked ?? "active"}`)}
        danger={asked === "deactivated" || asked === "rejected"}
        reason="required"
        send={(reason) =>
          api.post(`/partners/${partner.id}/status`, { revision: partner.revision, status: asked, reason })
        }
        refresh={["partners", "audit"]}
      />
    </Group>
  );
}
