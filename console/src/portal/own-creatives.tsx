import { Stack, Text } from "@mantine/core";
import type { Creative } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useSay } from "../compliance/use-say.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { CreativePlace } from "../programs/creative-columns.tsx";

/** Material that may be used today, and what has to stand beside it. */
export function OwnCreatives() {
  const { t } = useTranslation("programs");
  return (
    <ListPage<Creative>
      name="own-creatives"
      title={t("creatives.title")}
      resource="/creatives"
      rowId={(one) => one.id}
      columns={useColumns()}
      preview={(one) => <CreativePreview creative={one} />}
      empty={{ title: t("creatives.ownEmpty"), text: t("creatives.ownEmptyText") }}
    />
  );
}

function useColumns(): readonly Column<Creative>[] {
  const { t } = useTranslation("programs");
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "offer",
      label: t("offer"),
      cell: (one) => <NameText id={one.offerId} />,
      text: (one) => one.offerId,
      width: 190,
      phone: "line",
    },
    {
      id: "kind",
      label: t("creatives.kind"),
      cell: (one) => `${t(`creatives.kinds.${one.kind}`)} · ${one.language}`,
      text: (one) => one.kind,
      width: 150,
      phone: "line",
    },
    { id: "seen", label: t("creatives.seen"), cell: (one) => <CreativePlace creative={one} />, width: 170 },
    {
      id: "expiresOn",
      label: t("creatives.expiresOn"),
      cell: (one) => (one.expiresOn === null ? "–" : <DayText day={one.expiresOn} />),
      text: (one) => one.expiresOn,
      width: 150,
      phone: "value",
    },
  ];
}

function CreativePreview({ creative }: { readonly creative: Creative }) {
  const { t } = useTranslation("programs");
  const say = useSay();
  return (
    <Stack gap="sm">
      <CreativePlace creative={creative} />
      {creative.wording === "" ? null : (
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          {creative.wording}
        </Text>
      )}
      {creative.warnings.length === 0 ? null : <Text fw={600}>{t("creatives.warning")}</Text>}
      {creative.warnings.map(({ regime, text }) => (
        <Text key={text} size="sm">
          {say(regime)}: {text}
        </Text>
      ))}
    </Stack>
  );
}
