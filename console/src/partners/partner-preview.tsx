import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

export function PartnerPreview({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  return (
    <Properties
      items={[
        [t("status"), <StatusBadge key="status" state={partner.status} label={t(`state.${partner.status}`)} />],
        [t("kind"), t(`kinds.${partner.kind}`)],
        [t("owner"), <NameText key="owner" id={partner.ownerUserId} />],
        [t("region"), <NameText key="region" id={partner.regionId} />],
        [t("parent"), <NameText key="parent" id={partner.parentPartnerId} />],
        [t("email"), partner.email || "–"],
        [t("website"), partner.website || "–"],
        [t("note"), partner.note || "–"],
      ]}
    />
  );
}
