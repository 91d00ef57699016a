import type { Agreement, Contact, Partner, PayeeSummary } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../api/records.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { CopyText } from "../../kit/copy-text.tsx";
import { DateText } from "../../kit/date-text.tsx";
import { Go } from "../../kit/link.tsx";
import { NameText } from "../../kit/name-text.tsx";
import { Card, Properties } from "../../kit/record/card.tsx";
import { useSession } from "../../session/session.tsx";
import { FieldCard } from "./field-card.tsx";
import css from "./record-parts.module.css";

/** Who it is, whom to ask, on what terms and from where: one card each, the whole of it behind its tab. */
export function PartnerSummary({ partner }: { readonly partner: Partner }) {
  return (
    <div className={css.grid}>
      <IdentityCard partner={partner} />
      <PeopleCard partner={partner} />
      <TermsCard partnerId={partner.id} />
      <TrafficCard partner={partner} />
      <FieldCard partnerId={partner.id} />
    </div>
  );
}

function More({ partnerId, tab, children }: { partnerId: string; tab: string; children: ReactNode }) {
  return (
    <Go to={`/partners/${partnerId}?tab=${tab}`} size="sm">
      {children}
    </Go>
  );
}

function IdentityCard({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  return (
    <Card
      title={t("details")}
      actions={
        <More partnerId={partner.id} tab="settings">
          {t("change")}
        </More>
      }
    >
      <Properties
        items={[
          [t("id"), <CopyText key="id" text={partner.id} />],
          [t("code"), <CopyText key="code" text={partner.code} />],
          [t("legalName"), partner.legalName || "–"],
          [t("entity"), partner.entity === null ? "–" : t(`entities.${partner.entity}`)],
          [t("taxNumber"), partner.taxNumber || "–"],
          [t("country"), partner.country === null ? "–" : format.country(partner.country)],
          [t("language"), format.languageName(partner.language)],
          [t("tags"), partner.tags.join(", ") || "–"],
          [t("note"), partner.note || "–"],
          [t("createdAt"), <DateText key="at" at={partner.createdAt} />],
        ]}
      />
    </Card>
  );
}

const FIRST = ["owner", "signatory", "finance", "technical", "marketing", "compliance"] as const;

function PeopleCard({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const answer = useRecord<{ data: Contact[] }>(`/partners/${partner.id}/contacts`, { limit: 100 });
  const here = (answer.data?.data ?? []).filter((one) => one.leftOn === null || one.leftOn > today());
  const lines = FIRST.flatMap((role) => {
    const found = here.find((one) => one.primaryFor.includes(role)) ?? here.find((one) => one.roles.includes(role));
    return found === undefined ? [] : [[t(`contactRole.${role}`), `${found.name} · ${found.email}`] as const];
  });
  const others = here.filter((one) => one.roles.length === 0).slice(0, 2);
  return (
    <Card
      title={t("tabs.contacts")}
      actions={
        <More partnerId={partner.id} tab="contacts">
          {t("allOf", { count: here.length })}
        </More>
      }
    >
      <Properties
        items={[
          [t("owner"), <NameText key="owner" id={partner.ownerUserId} />],
          [t("deputy"), <NameText key="deputy" id={partner.deputyUserId} />],
          ...lines,
          ...others.map((one) => [one.role || t("contact"), `${one.name} · ${one.email}`] as const),
          [t("email"), partner.email || "–"],
          [t("phone"), partner.phone || "–"],
        ]}
      />
    </Card>
  );
}

function TermsCard({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [terms, money] = [can("agreements.read"), can("payees.read")];
  const agreements = useRecord<{ data: Agreement[] }>("/agreements", { partnerId, limit: 5 }, { enabled: terms });
  const payees = useRecord<{ data: PayeeSummary[] }>("/payees", { partnerId, limit: 5 }, { enabled: money });
  if (!terms && !money) return null;
  const rows = agreements.data?.data ?? [];
  const state = (one: Agreement) => t(`agreementState.${(one.inForce ?? one.pending)?.status ?? "draft"}`);
  return (
    <Card
      title={t("termsAndMoney")}
      actions={
        <More partnerId={partnerId} tab="agreements">
          {t("tabs.agreements")}
        </More>
      }
    >
      <div className={css.rows}>
        {rows.length === 0 && agreements.data !== undefined ? (
          <p className={css.muted}>{t("emptyAgreements")}</p>
        ) : null}
        {rows.map((one) => (
          <div key={one.id}>
            <Go to={`/agreements/${one.id}`}>
              <NameText id={one.programId} />
            </Go>
            {" · "}
            <NameText id={(one.inForce ?? one.pending)?.planId} />
            {" · "}
            {state(one)}
          </div>
        ))}
        {(payees.data?.data ?? []).map((one) => (
          <div key={one.id}>
            {t("paidTo")} <Go to={`/payees/${one.id}`}>{one.legalName}</Go>
            {one.blocks.length === 0 ? null : ` · ${t("notPayable")}`}
          </div>
        ))}
        {money && payees.data?.data.length === 0 ? <p className={css.muted}>{t("noPayee")}</p> : null}
      </div>
    </Card>
  );
}

function TrafficCard({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const countries = (list: readonly string[]) => list.map((code) => format.country(code)).join(", ");
  return (
    <Card
      title={t("traffic")}
      actions={
        <More partnerId={partner.id} tab="tracking">
          {t("tabs.tracking")}
        </More>
      }
    >
      <Properties
        items={[
          [t("website"), partner.website || "–"],
          [t("allowedCountries"), countries(partner.allowedCountries) || t("everywhere")],
          [t("blockedCountries"), countries(partner.blockedCountries) || "–"],
          ...partner.trafficSources.map(
            (one) =>
              [
                t(`trafficKind.${one.kind}`),
                [one.url, one.description].filter((part) => part !== "").join(" · ") || "–",
              ] as const,
          ),
        ]}
      />
      {partner.trafficSources.length === 0 ? <p className={css.muted}>{t("noTraffic")}</p> : null}
    </Card>
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
