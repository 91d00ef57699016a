import { Anchor, Button, Group } from "@mantine/core";
import type { Creative } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { Tone } from "../kit/tone.ts";
import { useSession } from "../session/session.tsx";

const TONES: Readonly<Record<string, Tone>> = {
  proposed: "warn",
  approved: "good",
  rejected: "bad",
  withdrawn: "quiet",
  expired: "bad",
};

interface CreativeColumns {
  readonly withOffer: boolean;
  readonly onDecide: (creative: Creative) => void;
  readonly onEdit: (creative: Creative) => void;
}

/** Creatives wherever the operator lists them. */
export function useCreativeColumns({ withOffer, onDecide, onEdit }: CreativeColumns): readonly Column<Creative>[] {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const stateOf = (one: Creative) => (one.state === "approved" && one.expired ? "expired" : one.state);
  const offer: Column<Creative> = {
    id: "offer",
    label: t("offer"),
    cell: (one) => <NameText id={one.offerId} to={`/offers/${one.offerId}?tab=creatives`} />,
    text: (one) => one.offerId,
    width: 190,
    phone: "line",
  };
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    ...(withOffer ? [offer] : []),
    {
      id: "kind",
      label: t("creatives.kind"),
      cell: (one) => `${t(`creatives.kinds.${one.kind}`)} · ${one.language}`,
      text: (one) => one.kind,
      width: 140,
      phone: "line",
    },
    { id: "look", label: t("creatives.seen"), cell: (one) => <CreativePlace creative={one} />, width: 170 },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={stateOf(one)} label={t(`creatives.state.${stateOf(one)}`)} tones={TONES} />,
      text: stateOf,
      width: 140,
      phone: "value",
    },
    {
      id: "expiresOn",
      label: t("creatives.expiresOn"),
      cell: (one) => (one.expiresOn === null ? "–" : <DayText day={one.expiresOn} />),
      text: (one) => one.expiresOn,
      width: 130,
    },
    {
      id: "do",
      label: "",
      cell: (one) => (
        <Group gap={6} wrap="nowrap" justify="flex-end">
          {can("programs.write") ? (
            <Button size="compact-xs" variant="default" onClick={() => onEdit(one)}>
              {t("edit")}
            </Button>
          ) : null}
          {can("compliance.write") && (one.state === "proposed" || one.state === "approved") ? (
            <Button
              size="compact-xs"
              variant={one.state === "proposed" ? "light" : "default"}
              onClick={() => onDecide(one)}
            >
              {t(one.state === "proposed" ? "creatives.decide" : "creatives.withdraw")}
            </Button>
          ) : null}
        </Group>
      ),
      width: 220,
      align: "end",
      phone: "line",
    },
  ];
}

/** Where it can be looked at: its address, its file, or neither. */
export function CreativePlace({ creative }: { readonly creative: Creative }) {
  const { t } = useTranslation("programs");
  const { address, file } = creative;
  if (address === null && file === null) return <>–</>;
  return (
    <Group gap={10} wrap="nowrap">
      {address === null ? null : (
        <Anchor href={address} target="_blank" rel="noreferrer">
          {t("creatives.open")}
        </Anchor>
      )}
      {file === null ? null : (
        <Anchor href={`/v1/creatives/${creative.id}/file`} download={file.name}>
          {t("creatives.file")}
        </Anchor>
      )}
    </Group>
  );
}
