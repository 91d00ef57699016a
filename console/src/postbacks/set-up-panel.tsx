import type { Postback } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { useTemplates } from "./use-templates.ts";

/** How a postback is set up: whom it calls, what passes, when, and whether it is signed. */
export function SetUpPanel({ postback }: { readonly postback: Postback }) {
  const { t } = useTranslation("postbacks");
  const template = useTemplates().find((one) => one.name === postback.template);
  const { filters } = postback;
  const format = useFormat();
  const titleOf = (name: string) => template?.settings.find((one) => one.name === name)?.title ?? name;
  const states = (filters.commissionStates ?? []).map((state) => t(`commissionState.${state}`)).join(", ");
  const asked: string[] = [
    ...(filters.countries === undefined
      ? []
      : [t("eachOf", { name: t("countries"), values: filters.countries.map(format.country).join(", ") })]),
    ...Object.entries(filters.subs ?? {}).map(([name, values]) => t("eachOf", { name, values: values.join(", ") })),
    ...(filters.commissionStates === undefined ? [] : [t("eachOf", { name: t("commissionStates"), values: states })]),
    ...(filters.firstPerCustomer === true ? [t("firstPerCustomer")] : []),
    ...(filters.minAmount === undefined
      ? []
      : [t("eachOf", { name: t("minAmount"), values: format.money(filters.minAmount, "code") })]),
  ];
  const minutes = Math.round(postback.delaySeconds / 60);
  return (
    <Card title={t("setUp")}>
      <Properties
        items={[
          [t("template"), template?.title ?? t("templateNone")],
          [t("method"), postback.method],
          [t("url"), postback.url],
          ...Object.entries(postback.settings).map(([name, value]) => [titleOf(name), value] as const),
          ...postback.secrets.map((name) => [titleOf(name), "••••••"] as const),
          [
            t("program"),
            postback.programId === null ? t("everyProgram") : <NameText key="program" id={postback.programId} />,
          ],
          [t("offer"), postback.offerId === null ? t("everyOffer") : <NameText key="offer" id={postback.offerId} />],
          ...(postback.offerId === null ? [] : [[t("precedence"), t(`precedences.${postback.precedence}`)] as const]),
          [t("filters"), asked.length === 0 ? t("noFilters") : asked.join(" · ")],
          [t("delay"), minutes === 0 ? t("atOnce") : t("delayed", { count: minutes })],
          [
            t("signing"),
            postback.signedSince === null ? t("unsigned") : <DateText key="signed" at={postback.signedSince} />,
          ],
        ]}
      />
    </Card>
  );
}
