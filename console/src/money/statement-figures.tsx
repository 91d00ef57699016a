import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { amountOf } from "./minor.ts";

const PAYABLE = [
  "openingPayable",
  "accrued",
  "released",
  "clawedBack",
  "adjusted",
  "settled",
  "returned",
  "closingPayable",
] as const;
const HELD = ["openingHeld", "held", "releasedFromHold", "reversed", "closingHeld"] as const;

/** Every figure of a statement, and who closed and paid it. */
export function StatementFigures({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation("money");
  const items = (names: readonly (keyof Statement["figures"])[]) =>
    names.map(
      (name) =>
        [
          t(`figure.${name}`),
          <MoneyText key={name} money={amountOf(statement, statement.figures[name])} signed />,
        ] as const,
    );
  return (
    <>
      <Card title={t("payableAccount")}>
        <Properties items={items(PAYABLE)} />
      </Card>
      <Card title={t("heldAccount")}>
        <Properties items={items(HELD)} />
      </Card>
      <Card title={t("proof")}>
        <Properties
          items={[
            [t("closedBy"), <NameText key="by" id={statement.closedBy} />],
            [t("closedAt"), <DateText key="at" at={statement.closedAt} />],
            [t("paidBy"), <NameText key="paid" id={statement.paidBy} />],
            [t("paidAt"), <DateText key="paidAt" at={statement.paidAt} />],
            [
              t("contentHash"),
              statement.contentHash === null ? "–" : <CopyText key="hash" text={statement.contentHash} />,
            ],
          ]}
        />
      </Card>
    </>
  );
}
