import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";

export function PartnerDetails({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  return (
    <Card title={t("details")}>
      <Properties
        items={[
          [t("id"), <CopyText key="id" text={partner.id} />],
          [t("code"), <CopyText key="code" text={partner.code} />],
          [t("legalName"), partner.legalName || "–"],
          [t("country"), partner.country === null ? "–" : format.country(partner.country)],
          [t("language"), format.languageName(partner.language)],
          [t("email"), partner.email || "–"],
          [t("website"), partner.website || "–"],
          [t("tags"), partner.tags.join(", ") || "–"],
          [t("note"), partner.note || "–"],
          [t("createdAt"), <DateText key="at" at={partner.createdAt} />],
        ]}
      />
    </Card>
  );
}
