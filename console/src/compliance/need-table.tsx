import { Button } from "@mantine/core";
import type { DocumentNeed } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { NEED_TONES } from "./states.ts";
import { type Handing, UploadDocument } from "./upload-document.tsx";
import { useSay } from "./use-say.ts";

interface NeedTableProps {
  readonly needs: readonly DocumentNeed[];
  readonly partnerId: string | undefined;
  readonly partnerName: string;
}

/** Every document that is asked for, of whom, and how it stands. */
export function NeedTable({ needs, partnerId, partnerName }: NeedTableProps) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const say = useSay();
  const [handing, setHanding] = useState<Handing | null>(null);
  const hand = (need: DocumentNeed) =>
    setHanding({
      personId: need.personId,
      kinds: need.kinds.map(({ code, name, hint }) => ({ code, name: say(name), hint: say(hint) })),
      replaces: need.documentId,
    });
  return (
    <>
      <PlainTable
        label={t("documents.asked")}
        rows={needs}
        rowId={(need) => `${need.set} ${need.personId ?? ""} ${need.kinds.map(({ code }) => code).join(" ")}`}
        columns={[
          {
            id: "kind",
            label: t("documents.kind"),
            cell: (need) => need.kinds.map(({ name }) => say(name)).join(t("documents.or")),
          },
          { id: "of", label: t("documents.of"), cell: (need) => need.personName ?? partnerName },
          {
            id: "state",
            label: t("state"),
            cell: (need) => (
              <StatusBadge state={need.state} label={t(`documents.needs.${need.state}`)} tones={NEED_TONES} />
            ),
          },
          { id: "until", label: t("documents.expiresOn"), cell: (need) => <DayText day={need.until} /> },
          {
            id: "hand",
            label: t("change"),
            align: "end",
            cell: (need) =>
              can("documents.write") && need.state !== "waiting" && need.state !== "held" ? (
                <Button
                  size="compact-xs"
                  variant={need.state === "ending" ? "default" : "filled"}
                  onClick={() => hand(need)}
                >
                  {t("documents.handIn")}
                </Button>
              ) : null,
          },
        ]}
        empty={<EmptyState title={t("documents.noneAsked")} />}
      />
      {handing === null ? null : (
        <UploadDocument partnerId={partnerId} handing={handing} onClose={() => setHanding(null)} />
      )}
    </>
  );
}
