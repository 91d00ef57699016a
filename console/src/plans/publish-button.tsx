import { Button } from "@mantine/core";
import type { PlanVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { useSession } from "../session/session.tsx";

/** Another person than the author publishes; failing test cases ask for the reason. From then on the version never changes. */
export function PublishButton({ version }: { readonly version: PlanVersion }) {
  const { t } = useTranslation("plans");
  const { can, me } = useSession();
  const [opened, setOpened] = useState(false);
  if (version.status === "published" || !can("plans.approve")) return null;
  const own = version.createdBy === me.id;
  const failing = version.casesFailing ?? 0;
  return (
    <>
      <Button disabled={own} title={own ? t("publish.own") : undefined} onClick={() => setOpened(true)}>
        {t("publish.version", { version: version.version })}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("publish.version", { version: version.version })}
        text={failing > 0 ? t("publish.failing", { count: failing }) : t("publish.text")}
        action={t("publish.do")}
        {...(failing > 0 ? { reason: "required" as const } : {})}
        send={(reason) =>
          api.post(`/plans/${version.planId}/versions/${version.id}/publish`, reason === "" ? {} : { reason })
        }
        refresh={["plans", "audit"]}
      />
    </>
  );
}
