import { Select, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { LandingPage, Offer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { UtmFields } from "../kit/form/utm-fields.tsx";
import { deepLinkProblem } from "./deep-link.ts";
import type { LinkValues } from "./link-values.ts";

type LinkField = Field<LinkValues>;

/** Whose link it is and what it promotes: an offer, or the choice between several. */
export function usePromotesFields(own: boolean): readonly LinkField[] {
  const { t } = useTranslation("tracking");
  const option = (row: { readonly id: string; readonly name: string }) => ({ value: row.id, label: row.name });
  const partner: LinkField = {
    kind: "record",
    name: "partnerId",
    label: t("partner"),
    required: true,
    half: true,
    resource: "/partners",
    query: () => ({ status: "active,onboarding" }),
    toOption: option,
  };
  const offer: LinkField = {
    kind: "record",
    name: "offerId",
    label: t("offer"),
    required: true,
    half: true,
    resource: "/offers",
    query: (): Record<string, string> => ({ status: "active,draft,paused" }),
    toOption: option,
    when: (values) => values.smartLinkId === "",
  };
  const smart: LinkField = {
    kind: "record",
    name: "smartLinkId",
    label: t("smartLink"),
    hint: t("smartLinkHint"),
    half: true,
    resource: "/smart-links",
    toOption: option,
    when: (values) => values.offerId === "",
  };
  return own ? [offer, smart] : [partner, offer, smart];
}

/** Where a click goes: a page of the offer's set or a deep link, and what is added for the visitor's analytics. */
export function useLeadsToFields(offer: Offer | undefined): readonly LinkField[] {
  const { t } = useTranslation("tracking");
  return [
    {
      kind: "own",
      name: "landingId",
      label: t("landing"),
      when: (values) => values.deepLink === "" && values.offerId !== "",
      content: (values, change) => (
        <LandingField offerId={values.offerId} value={values.landingId} onChange={(id) => change("landingId", id)} />
      ),
    },
    {
      kind: "own",
      name: "deepLink",
      label: t("deepLink"),
      content: (values, change, error) => (
        <DeepLinkField
          value={values.deepLink}
          offer={offer}
          refused={error}
          onChange={(text) => change("deepLink", text)}
        />
      ),
    },
    {
      kind: "own",
      name: "utm",
      label: t("utm"),
      content: (values, change) => (
        <UtmFields value={values.utm} inherited={offer?.utm ?? {}} onChange={(utm) => change("utm", utm)} />
      ),
    },
  ];
}

/** How it is called, and until when it works. */
export function usePlacementFields(): readonly LinkField[] {
  const { t } = useTranslation("tracking");
  return [
    { kind: "text", name: "name", label: t("name"), hint: t("nameHint"), half: true },
    { kind: "text", name: "code", label: t("vanityCode"), hint: t("vanityHint"), half: true, placeholder: "spring-26" },
    { kind: "text", name: "source", label: t("source"), hint: t("sourceHint"), half: true },
    { kind: "text", name: "creative", label: t("creative"), hint: t("creativeHint"), half: true },
    { kind: "instant", name: "validFrom", label: t("validFrom"), half: true },
    { kind: "instant", name: "validTo", label: t("validTo"), hint: t("expiryHint"), half: true },
  ];
}

interface LandingFieldProps {
  readonly offerId: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** One page of the offer's set; none: they take turns by their weights. Offers without a set do not ask. */
function LandingField({ offerId, value, onChange }: LandingFieldProps) {
  const { t } = useTranslation("tracking");
  const pages = useRecord<Page<LandingPage>>(`/offers/${offerId}/landing-pages`, { status: "active", limit: 200 });
  const found = pages.data?.data ?? [];
  if (found.length === 0) return null;
  return (
    <Select
      clearable
      label={t("landing")}
      placeholder={t("landingRotation")}
      data={found.map((page) => ({ value: page.id, label: page.name }))}
      value={value === "" ? null : value}
      onChange={(id) => onChange(id ?? "")}
    />
  );
}

interface DeepLinkFieldProps {
  readonly value: string;
  readonly offer: Offer | undefined;
  readonly refused: React.ReactNode;
  readonly onChange: (text: string) => void;
}

/** Checked against the offer's hosts while it is typed. */
function DeepLinkField({ value, offer, refused, onChange }: DeepLinkFieldProps) {
  const { t } = useTranslation("tracking");
  const hosts = offer?.allowedHosts ?? [];
  const problem = offer === undefined ? null : deepLinkProblem(value, hosts);
  const good = offer !== undefined && value.trim() !== "" && problem === null;
  return (
    <TextInput
      type="url"
      label={t("deepLink")}
      description={offer === undefined ? t("deepLinkHint") : t("deepLinkHosts", { hosts: hosts.join(", ") })}
      placeholder={offer?.landingUrl ?? "https://"}
      error={problem === null ? refused : t(`deepLinkProblem.${problem}`, { hosts: hosts.join(", ") })}
      rightSection={good ? <IconCheck size={15} color="var(--tb-good)" aria-label={t("deepLinkGood")} /> : null}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
