import { Button, Group } from "@mantine/core";
import type { AccountDetail, PayeeIdentity, PayeeTax, PayeeTerms, PayeeVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { AgoText, DateText, DayText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { PAYEE_REFRESH } from "./identity-form.tsx";
import { percentOfShare } from "./percent.ts";
import { PAYEE_TONES } from "./states.ts";

type Rows = readonly (readonly [label: string, value: React.ReactNode])[];

/** Something that was proposed or stands, what speaks for and against it, and what a person may do. */
export function VersionCard({ version, title }: { readonly version: PayeeVersion; readonly title?: string }) {
  const { t } = useTranslation("payees");
  const rows = useVersionRows(version);
  return (
    <Card title={title ?? t(`aspects.${version.aspect}`)} actions={<VersionActions version={version} />}>
      <Properties items={[...rows, ...useCourseRows(version)]} />
    </Card>
  );
}

function useVersionRows({ identity, detail, tax, terms }: PayeeVersion): Rows {
  const rows = useAspectRows();
  if (identity !== null) return rows.identity(identity);
  if (detail !== null) return rows.detail(detail);
  if (tax !== null) return rows.tax(tax);
  return terms === null ? [] : rows.terms(terms);
}

/** Each side of a payee in people's words, line by line. */
export function useAspectRows() {
  const { t } = useTranslation("payees");
  const percent = (share: string | null) => (share === null ? "–" : `${percentOfShare(share)} %`);
  return {
    identity: (one: PayeeIdentity): Rows => [
      [t("kind"), t(`kinds.${one.kind}`)],
      [t("legalName"), one.legalName],
      [
        t("address"),
        [one.street, `${one.postalCode} ${one.city}`.trim(), one.region, one.country].filter(Boolean).join(", "),
      ],
      [t("registrationNumber"), one.registrationNumber || "–"],
      [t("email"), one.email],
      [t("language"), t(`languages.${one.language}`)],
    ],
    detail: (one: AccountDetail): Rows => [
      [t("method"), `${t(`methods.${one.method}`)}, ${one.country}, ${one.currency}`],
      [t("holder"), one.holder],
      ...Object.entries(one.fields).map(([name, value]) => [t(`field.${name}`), value] as const),
    ],
    tax: (one: PayeeTax): Rows => [
      [t("vat"), one.vatRate === null ? t(`vats.${one.vat}`) : `${t(`vats.${one.vat}`)}, ${percent(one.vatRate)}`],
      [t("vatNumber"), one.vatNumber ?? "–"],
      ...(one.vatReason === "" ? [] : [[t("vatReason"), one.vatReason] as const]),
      [
        t("withholding"),
        one.withholdingRate === null ? "–" : `${percent(one.withholdingRate)}, ${one.withholdingReason}`,
      ],
      ...(one.treatyCountry === null
        ? []
        : [[t("treatyCountry"), `${one.treatyCountry} ${one.treatyArticle}`] as const]),
      ...one.forms.map((form) => [form.form, <FormLine key={form.form} form={form} />] as const),
    ],
    terms: (one: PayeeTerms): Rows => [
      [t("invoicing"), t(`invoicings.${one.invoicing}`)],
      [t("payoutCurrency"), one.payoutCurrency ?? t("asStatement")],
      [t("threshold"), <ThresholdText key="threshold" terms={one} />],
      [t("feeBearer"), t(`feeBearers.${one.feeBearer}`)],
      [t("paymentDays"), one.paymentDays],
    ],
  };
}

function FormLine({ form }: { readonly form: PayeeTax["forms"][number] }) {
  const { t } = useTranslation("payees");
  return (
    <>
      {form.tin} · {form.signedBy}, <DayText day={form.signedOn} />
      {form.expiresOn === null ? null : (
        <>
          {" · "}
          {t("until")} <DayText day={form.expiresOn} />
        </>
      )}
    </>
  );
}

function ThresholdText({ terms }: { readonly terms: PayeeTerms }) {
  const { t } = useTranslation("payees");
  if (terms.thresholdMinor === null || terms.thresholdCurrency === null) return t("noThreshold");
  return (
    <>
      {t(`thresholdKinds.${terms.thresholdKind}`)}{" "}
      <MoneyText money={{ minor: terms.thresholdMinor, currency: terms.thresholdCurrency }} />
    </>
  );
}

/** Who said it and when, who decided, and what of an account has to be looked at. */
function useCourseRows(one: PayeeVersion): Rows {
  const { t } = useTranslation("payees");
  const cooling = one.payableFrom !== null && Date.parse(one.payableFrom) > Date.now();
  const by = (name: string, at: string) => (
    <>
      {name === "" ? "" : `${name}, `}
      <AgoText at={at} />
    </>
  );
  return [
    [
      t("proposedBy"),
      by(one.byPartner ? t("ofPartner", { name: one.proposedName }) : one.proposedName, one.proposedAt),
    ],
    ...(one.note === "" ? [] : [[t("note"), one.note] as const]),
    ...(one.decidedAt === null || one.status === "proposed"
      ? []
      : [[t("decidedBy"), by(one.decidedName ?? "", one.decidedAt)] as const]),
    ...(one.comment === "" ? [] : [[t("comment"), one.comment] as const]),
    ...(cooling ? [[t("payableFrom"), <DateText key="from" at={one.payableFrom} />] as const] : []),
    ...(one.name === null ? [] : [[t("name"), <NameCheck key="name" version={one} />] as const]),
    ...(one.sameAccount.length === 0
      ? []
      : [[t("sameAccount"), <SameAccount key="same" others={one.sameAccount} />] as const]),
  ];
}

function NameCheck({ version: { name } }: { readonly version: PayeeVersion }) {
  const { t } = useTranslation("payees");
  if (name === null) return null;
  return (
    <>
      <StatusBadge
        state={name.verdict}
        label={`${t(`verdict.${name.verdict}`)} (${name.score})`}
        tones={PAYEE_TONES}
        plain
      />
      {name.verdict === "match" ? null : <div>{name.explanation}</div>}
      {name.reviewedAt === null ? null : <div>{t("reviewed", { comment: name.comment })}</div>}
    </>
  );
}

function SameAccount({ others }: { readonly others: PayeeVersion["sameAccount"] }) {
  return others.map((one, at) => (
    <span key={one.payeeId}>
      {at === 0 ? "" : ", "}
      <Go to={`/payees/${one.payeeId}`}>{one.name}</Go>
    </span>
  ));
}

type Act = "approve" | "refuse" | "withdraw" | "review-name" | "open";

function VersionActions({ version }: { readonly version: PayeeVersion }) {
  const { t } = useTranslation("payees");
  const { me, can } = useSession();
  const [act, setAct] = useState<Act | null>(null);
  const [opened, setOpened] = useState<AccountDetail | PayeeTax | null>(null);
  const acts = actsOf(version, me, can);
  if (acts.length === 0) return null;
  const isOpening = act === "open";
  return (
    <Group gap="xs">
      {acts.map((one) => (
        <Button
          key={one}
          size="compact-sm"
          variant={one === "approve" ? "filled" : "default"}
          onClick={() => setAct(one)}
        >
          {t(`act.${one}`)}
        </Button>
      ))}
      <ConfirmDialog<PayeeVersion | AccountDetail>
        opened={act !== null}
        onClose={() => setAct(null)}
        title={t(`act.${act ?? "approve"}`)}
        text={t(`actText.${act ?? "approve"}`)}
        action={t(`act.${act ?? "approve"}`)}
        danger={act === "refuse"}
        {...(act === "withdraw" ? {} : { reason: act === "approve" ? ("optional" as const) : ("required" as const) })}
        send={(reason) =>
          api.post(`/payee-versions/${version.id}/${act}`, isOpening ? { purpose: reason } : { comment: reason })
        }
        done={(result) => isOpening && setOpened(result as AccountDetail)}
        refresh={PAYEE_REFRESH}
      />
      <ConfirmDialog
        opened={opened !== null}
        onClose={() => setOpened(null)}
        title={t("whole")}
        text={wholeText(opened)}
        action={t("wholeClose")}
        send={async () => undefined}
        refresh={[]}
      />
    </Group>
  );
}

type Me = ReturnType<typeof useSession>["me"];

function actsOf(version: PayeeVersion, me: Me, can: (permission: string) => boolean): Act[] {
  const isOperator = me.kind !== "partner_user";
  const waits = version.status === "proposed";
  const mine = version.proposedBy !== null && version.proposedBy === me.userId;
  const acts: Act[] = [];
  const needsReview = version.name !== null && version.name.verdict !== "match" && version.name.reviewedAt === null;
  if (isOperator && can("payees.approve") && waits && !mine) acts.push("approve", "refuse");
  if (isOperator && can("payees.approve") && needsReview && !mine) acts.push("review-name");
  if (can("payees.write") && waits && version.byPartner === !isOperator) acts.push("withdraw");
  if (isOperator && can("payees.approve") && version.aspect === "detail") acts.push("open");
  return acts;
}

function wholeText(opened: AccountDetail | PayeeTax | null): string {
  if (opened === null) return "";
  if (!("fields" in opened)) return opened.forms.map((one) => `${one.form} ${one.tin}`).join(", ");
  return Object.entries(opened.fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");
}
