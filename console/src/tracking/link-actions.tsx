import { Button, Group } from "@mantine/core";
import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";

const WAYS = { active: ["paused", "archived"], paused: ["active", "archived"], archived: ["active"] } as const;

/** Test, pause, archive, activate again. */
export function LinkActions({ link }: { readonly link: TrackingLink }) {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const go = useGo();
  const change = useChange({
    send: (status: TrackingLink["status"]) => api.patch(`/links/${link.id}`, { revision: link.revision, status }),
    refresh: ["links", "audit"],
  });
  if (!can("links.write")) return null;
  return (
    <Group gap="xs">
      {link.status === "active" && link.smartLinkId === null ? (
        <Button variant="default" onClick={() => go(`/tests?new=link&link=${link.id}`)}>
          {t("testLink")}
        </Button>
      ) : null}
      {WAYS[link.status].map((status) => (
        <Button key={status} variant="default" loading={change.isPending} onClick={() => change.mutate(status)}>
          {t(`linkMove.${status}`)}
        </Button>
      ))}
    </Group>
  );
}
