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

type Figure = Exclude<keyof Statement["figures"], "otherMovements">;

interface AccountProps {
  readonly title: string;
  readonly statement: Statement;
  readonly names: readonly Figure[];
  readonly closing: Figure;
  readonly others?: Readonly<Record<string, string>> | undefined;
}

/** From what was there at the beginning to what is there at the end: a column to add up. */
function Account({ title, statement, names, closing, others = {} }: AccountProps) {
  const { t } = useTranslation("money");
  const shown = (minor: string) => <MoneyText money={amountOf(statement, minor)} signed />;
  const rows = [
    ...names.map((name) => ({ name: t(`figure.${name}`), minor: statement.figures[name] })),
    ...Object.entries(others).map(([recipe, minor]) => ({ name: t(`recipe.${recipe}`), minor })),
  ];
  return (
    <Card title={title} flush>
      <PlainTable
        label={title}
        rows={rows}
        rowId={(row) => row.name}
        columns={[
          { id: "name", label: t("tabs.figures"), cell: (row) => row.name, foot: t(`figure.${closing}`) },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (row) => shown(row.minor),
            foot: shown(statement.figures[closing]),
          },
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
      <Account
        title={t("payableAccount")}
        statement={statement}
        names={PAYABLE}
        closing="closingPayable"
        others={statement.figures.otherMovements}
      />
      <Account title={t("heldAccount")} statement={statement} names={HELD} closing="closingHeld" />
      <Card title={t("proof")}>
        <Properties
          items={[
            [t("closedBy"), <NameText key="by" id={statement.closedBy} />],
            [t("closedAt"), <DateText key="at" at={statement.closedAt} />],
            [t("paidBy"), <NameText key="paid" id={statement.paidBy} />],
            [t("paidAt"), <DateText key="paidAt" at={statement.paidAt} />],
            ...(statement.paidWith === null
              ? []
              : [[t("paidWith"), <NameText key="with" id={statement.paidWith} />] as const]),
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
