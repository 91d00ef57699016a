import { Button, Stack } from "@mantine/core";
import type { Creative, Offer } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RegimeCard } from "../compliance/regime-card.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { useCreativeColumns } from "./creative-columns.tsx";
import { CreativeDecision } from "./creative-decision.tsx";
import { CreativeForm } from "./creative-form.tsx";

type Editing = Creative | "new" | null;

/** Material of all offers; what waits for the second person comes first. */
export function CreativeList() {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const [deciding, setDeciding] = useState<Creative | null>(null);
  const [editing, setEditing] = useState<Editing>(null);
  const close = () => {
    setEditing(null);
    setDeciding(null);
  };
  return (
    <>
      <ListPage<Creative>
        name="creatives"
        title={t("creatives.title")}
        resource="/creatives"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        actions={
          can("programs.write") ? <Button onClick={() => setEditing("new")}>{t("creatives.create")}</Button> : undefined
        }
        views={[
          { id: "waiting", label: t("creatives.state.proposed"), filters: { state: "proposed" } },
          { id: "approved", label: t("creatives.state.approved"), filters: { state: "approved" } },
          { id: "all", label: t("views.all") },
        ]}
        filters={[
          {
            kind: "record",
            field: "offerId",
            label: t("offer"),
            resource: "/offers",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
        ]}
        columns={useCreativeColumns({ withOffer: true, onDecide: setDeciding, onEdit: setEditing })}
        empty={{ title: t("creatives.empty"), text: t("creatives.emptyText") }}
      />
      <Dialogs {...{ editing, deciding, offerId: null }} onClose={close} />
    </>
  );
}

/** The material of one offer, and the regimes that say what it has to carry. */
export function CreativePanel({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const [deciding, setDeciding] = useState<Creative | null>(null);
  const [editing, setEditing] = useState<Editing>(null);
  const close = () => {
    setEditing(null);
    setDeciding(null);
  };
  const columns = useCreativeColumns({ withOffer: false, onDecide: setDeciding, onEdit: setEditing });
  return (
    <Stack gap="md">
      {can("compliance.read") ? <RegimeCard subjectKind="offer" subjectId={offer.id} /> : null}
      {can("programs.write") ? (
        <Button variant="default" style={{ alignSelf: "start" }} onClick={() => setEditing("new")}>
          {t("creatives.create")}
        </Button>
      ) : null}
      <ListPanel<Creative>
        embedded
        name="offer-creatives"
        title={t("creatives.title")}
        resource="/creatives"
        fixed={{ offerId: offer.id }}
        rowId={(one) => one.id}
        columns={columns}
        empty={{ title: t("creatives.empty"), text: t("creatives.emptyText") }}
      />
      <Dialogs {...{ editing, deciding, offerId: offer.id }} onClose={close} />
    </Stack>
  );
}

interface DialogsProps {
  readonly editing: Editing;
  readonly deciding: Creative | null;
  readonly offerId: string | null;
  readonly onClose: () => void;
}

function Dialogs({ editing, deciding, offerId, onClose }: DialogsProps) {
  if (deciding !== null) return <CreativeDecision creative={deciding} onClose={onClose} />;
  if (editing === null) return null;
  return <CreativeForm creative={editing === "new" ? null : editing} offerId={offerId} onClose={onClose} />;
}
