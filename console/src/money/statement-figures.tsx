import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { amountOf } from "./minor.ts";

const PAYABLE = ["openingPayable", "accrued", "released", "clawedBack", "adjusted", "settled", "returned"] as const;
const HELD = ["openingHeld", "held", "releasedFromHold", "reversed"] as const;

type Figure = keyof Statement["figures"];

interface AccountProps {
  readonly title: string;
  readonly statement: Statement;
  readonly names: readonly Figure[];
  readonly closing: Figure;
}

/** From what was there at the beginning to what is there at the end: a column to add up. */
function Account({ title, statement, names, closing }: AccountProps) {
  const { t } = useTranslation("money");
  const amount = (name: Figure) => <MoneyText money={amountOf(statement, statement.figures[name])} signed />;
  return (
    <Card title={title} flush>
      <PlainTable
        label={title}
        rows={names}
        rowId={(name) => name}
        columns={[
          { id: "name", label: t("tabs.figures"), cell: (name) => t(`figure.${name}`), foot: t(`figure.${closing}`) },
          { id: "amount", label: t("amount"), align: "end", cell: amount, foot: amount(closing) },
        ]}
      />
    </Card>
  );
}

/** Every figure of a statement, and who closed and paid it. */
export function StatementFigures({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation("money");
  return (
    <>
      <Account title={t("payableAccount")} statement={statement} names={PAYABLE} closing="closingPayable" />
      <Account title={t("heldAccount")} statement={statement} names={HELD} closing="closingHeld" />
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
