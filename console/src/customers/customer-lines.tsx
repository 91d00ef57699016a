import { Button } from "@mantine/core";
import type { Line, LineExplanation } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { WhyDrawer } from "../kit/why/why-drawer.tsx";

/** What the customer brought its partner; each amount opens to its working. */
export function CustomerLines({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation("customers");
  const [why, setWhy] = useState<string | null>(null);
  return (
    <>
      <ListPanel<Line>
        embedded
        name="customer-lines"
        title={t("commission")}
        resource="/lines"
        fixed={{ customerId }}
        rowId={(one) => one.id}
        columns={[
          {
            id: "component",
            label: t("component"),
            cell: (one) => t(`componentName.${one.component}`, { defaultValue: one.component.replaceAll("_", " ") }),
            text: (one) => one.component,
            phone: "title",
          },
          {
            id: "version",
            label: t("version"),
            cell: (one) => one.version,
            text: (one) => one.version,
            width: 90,
            align: "end",
          },
          {
            id: "earnedOn",
            label: t("earnedOn"),
            cell: (one) => <DayText day={one.earnedOn} />,
            text: (one) => one.earnedOn,
            width: 140,
            phone: "line",
          },
          {
            id: "amount",
            label: t("amount"),
            cell: (one) => (
              <Button variant="subtle" size="compact-sm" onClick={() => setWhy(one.id)}>
                <MoneyText money={{ minor: one.amount, currency: one.currency }} signed />
              </Button>
            ),
            text: (one) => one.amount,
            width: 150,
            align: "end",
            phone: "value",
          },
        ]}
        empty={{ title: t("emptyLines"), text: t("emptyLinesText") }}
      />
      <WhyDrawer<LineExplanation>
        path={why === null ? null : `/lines/${why}`}
        onClose={() => setWhy(null)}
        toWorking={(answer) => answer.explanation}
      />
    </>
  );
}
