import type { LineExplanation } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateText, DayText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { sourcePath } from "../kit/why/source-path.ts";
import { WhyDrawer } from "../kit/why/why-drawer.tsx";
import { LateTruth, LineVersions } from "./line-history.tsx";
import { amountOf } from "./minor.ts";
import { ReleaseByHand } from "./release-by-hand.tsx";

/** Why a commission line is what it is: arithmetic, terms, customer and click, events, bookings. */
export function LineWhy({ lineId, onClose }: { readonly lineId: string | null; readonly onClose: () => void }) {
  // A version that was opened from inside: the original of a correction, or one of the list of versions.
  const [other, setOther] = useState<{ readonly of: string; readonly id: string } | null>(null);
  const shown = other !== null && other.of === lineId ? other.id : lineId;
  return (
    <WhyDrawer<LineExplanation>
      path={shown === null ? null : `/lines/${shown}`}
      onClose={onClose}
      toWorking={(answer) => answer.explanation}
      below={(answer) => <Behind answer={answer} onOpen={(id) => lineId !== null && setOther({ of: lineId, id })} />}
    />
  );
}

interface BehindProps {
  readonly answer: LineExplanation;
  readonly onOpen: (lineId: string) => void;
}

function Behind({ answer, onOpen }: BehindProps) {
  const { t } = useTranslation("money");
  const { terms, subPartner, line } = answer;
  return (
    <>
      <LateTruth answer={answer} onOpen={onOpen} />
      <ReleaseByHand line={answer.line} />
      <LineVersions answer={answer} onOpen={onOpen} />
      <Card title={t("behind.terms")}>
        <Properties
          items={[
            [t("behind.clause"), answer.working.clause ?? "–"],
            [t("behind.saysIt"), terms.clause.map((sentence) => <div key={sentence}>{sentence}</div>)],
            [t("behind.accepted"), terms.acceptedName ?? "–"],
            [t("behind.acceptedAt"), <DateText key="at" at={terms.acceptedAt} />],
            [
              t("behind.agreement"),
              <Go key="agr" to={`/agreements/${terms.agreementId}`}>
                {t("behind.version", { version: terms.version })}
              </Go>,
            ],
          ]}
        />
      </Card>
      {subPartner === null ? null : (
        <Card title={t("behind.subPartner")}>
          <Properties
            items={[
              [
                t("subPartner"),
                subPartner.name === null ? (
                  t("aSubPartner")
                ) : (
                  <SubPartner key="name" line={line} name={subPartner.name} />
                ),
              ],
            ]}
          />
        </Card>
      )}
      <CustomerBehind answer={answer} />
      <LineEvents answer={answer} />
      <Bookings answer={answer} />
    </>
  );
}

/** Whose customer it is, why, and the click that won it. */
function CustomerBehind({ answer }: { readonly answer: LineExplanation }) {
  const { t } = useTranslation("money");
  const { customer } = answer;
  if (customer === null) return null;
  const { click } = customer;
  return (
    <Card title={t("behind.customer")}>
      <Properties
        items={[
          [
            t("subject"),
            <Go key="cus" to={`/customers/${customer.id}`}>
              {customer.ref}
            </Go>,
          ],
          [t("behind.bound"), <DateText key="bound" at={customer.boundAt} />],
          [t("behind.reason"), customer.reason ?? "–"],
          [t("behind.click"), customer.clickId ?? "–"],
          ...(click === null
            ? []
            : ([
                [t("behind.clickedAt"), <DateText key="clicked" at={click.at} />],
                [t("behind.clickFrom"), [click.country, click.device, click.source].filter(Boolean).join(" · ") || "–"],
                [
                  t("behind.clickSubs"),
                  Object.entries(click.subIds)
                    .map(([name, value]) => `${name}=${value}`)
                    .join(", ") || "–",
                ],
              ] as const)),
        ]}
      />
    </Card>
  );
}

/** A name that leads to the record, where there is one: the portal has none of other partners. */
function SubPartner({ line, name }: { readonly line: LineExplanation["line"]; readonly name: string }) {
  const path = sourcePath({ kind: "partner", id: line.subjectId });
  return path === undefined ? <span>{name}</span> : <Go to={path}>{name}</Go>;
}

function LineEvents({ answer }: { readonly answer: LineExplanation }) {
  const { t } = useTranslation("money");
  return (
    <Card title={t("behind.events")} flush>
      <PlainTable
        label={t("behind.events")}
        rows={answer.events}
        rowId={(one) => one.id}
        columns={[
          { id: "type", label: t("behind.event"), cell: (one) => t(`types.${one.type}`, { defaultValue: one.type }) },
          { id: "at", label: t("behind.happened"), cell: (one) => <DateText at={one.occurredAt} /> },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (one) =>
              Object.entries(one.measures).map(([name, minor], _at, all) => (
                <div key={name}>
                  {all.length > 1 ? `${t(`measure.${name}`, { defaultValue: name })} ` : ""}
                  {one.currency === null ? minor : <MoneyText money={{ minor, currency: one.currency }} />}
                </div>
              )),
          },
        ]}
        empty={t("behind.noEvents")}
      />
    </Card>
  );
}

function Bookings({ answer }: { readonly answer: LineExplanation }) {
  const { t } = useTranslation("money");
  return (
    <Card title={t("behind.bookings")} flush>
      <PlainTable
        label={t("behind.bookings")}
        rows={answer.bookings}
        rowId={(one) => one.transferId}
        columns={[
          {
            id: "recipe",
            label: t("recipeTitle"),
            cell: (one) => t(`recipe.${one.recipe}`, { defaultValue: one.recipe }),
          },
          { id: "period", label: t("bookedIn"), cell: (one) => <DayText day={one.period} /> },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (one) => <MoneyText money={amountOf(one, one.amount)} signed />,
          },
        ]}
        empty={t("behind.noBookings")}
      />
    </Card>
  );
}
