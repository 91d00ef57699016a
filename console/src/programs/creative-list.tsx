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
  const open = useOpenDialog();
  return (
    <>
      <ListPage<Creative>
        name="creatives"
        title={t("creatives.title")}
        resource="/creatives"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        actions={
          can("programs.write") ? <Button onClick={() => open.edit("new")}>{t("creatives.create")}</Button> : undefined
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
        columns={useCreativeColumns({ withOffer: true, onDecide: open.decide, onEdit: open.edit })}
        empty={{ title: t("creatives.empty"), text: t("creatives.emptyText") }}
      />
      <Dialogs open={open} offerId={null} />
    </>
  );
}

/** The material of one offer, and the regimes that say what it has to carry. */
export function CreativePanel({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const open = useOpenDialog();
  const columns = useCreativeColumns({ withOffer: false, onDecide: open.decide, onEdit: open.edit });
  return (
    <Stack gap="md">
      {can("compliance.read") ? <RegimeCard subjectKind="offer" subjectId={offer.id} /> : null}
      {can("programs.write") ? (
        <Button variant="default" style={{ alignSelf: "start" }} onClick={() => open.edit("new")}>
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
      <Dialogs open={open} offerId={offer.id} />
    </Stack>
  );
}

/** Which creative is being decided or edited: one at a time. */
function useOpenDialog() {
  const [deciding, decide] = useState<Creative | null>(null);
  const [editing, edit] = useState<Editing>(null);
  const close = () => {
    edit(null);
    decide(null);
  };
  return { deciding, decide, editing, edit, close };
}

interface DialogsProps {
  readonly open: ReturnType<typeof useOpenDialog>;
  readonly offerId: string | null;
}

function Dialogs({ open: { deciding, editing, close }, offerId }: DialogsProps) {
  if (deciding !== null) return <CreativeDecision creative={deciding} onClose={close} />;
  if (editing === null) return null;
  return <CreativeForm creative={editing === "new" ? null : editing} offerId={offerId} onClose={close} />;
}
