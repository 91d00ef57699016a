import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { NewTrackingLink, type Offer, type TrackingLink } from "@tributary/contract";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormFields } from "../kit/form/form-fields.tsx";
import { useDirtyGuard, useFocusOnError, useRecordForm, withoutEmpty } from "../kit/form/use-record-form.ts";
import { useGo } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { SideBySide } from "../kit/record/side-by-side.tsx";
import { useSession } from "../session/session.tsx";
import { useLeadsToFields, usePlacementFields, usePromotesFields } from "./link-builder-fields.tsx";
import { LinkPublish } from "./link-publish.tsx";
import type { LinkValues } from "./link-values.ts";

const EMPTY: LinkValues = {
  partnerId: "",
  offerId: "",
  smartLinkId: "",
  landingId: "",
  name: "",
  code: "",
  source: "",
  creative: "",
  deepLink: "",
  utm: {},
  validFrom: "",
  validTo: "",
};

interface LinkBuilderProps {
  /** A partner's own: nobody is asked whose it is. */
  readonly own?: boolean;
}

type Entered = z.output<typeof NewTrackingLink>;

/** One of the two has to be chosen; which one is the person's business. */
function needsTarget({ offerId, smartLinkId }: Entered, context: z.RefinementCtx): void {
  if (!offerId && !smartLinkId)
    context.addIssue({ code: "invalid_type", expected: "string", input: undefined, path: ["offerId"] });
}

const Entry = NewTrackingLink.superRefine(needsTarget);
const OfOperator = NewTrackingLink.extend({ partnerId: z.string().min(1) }).superRefine(needsTarget);

/** A link from what it promotes to the address that is published; the address grows beside the form. */
export function LinkBuilder({ own = false }: LinkBuilderProps) {
  const { t } = useTranslation("tracking");
  const { t: kit } = useTranslation("kit");
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const root = useRef<HTMLFormElement>(null);
  const { form, submit, mutation, isDirty } = useRecordForm<LinkValues, TrackingLink>({
    schema: own ? Entry : OfOperator,
    initial: { ...EMPTY, offerId: search.offer ?? "", smartLinkId: search.smart ?? "" },
    // Whoever comes from an offer begins anew.
    ...(search.offer === undefined && search.smart === undefined ? { draft: own ? "own-link-new" : "link-new" } : {}),
    send: (values, key) => api.post<TrackingLink>("/links", withoutEmpty(values), key),
    done: (link) => go(`/links/${link.id}`),
    refresh: ["links", "audit"],
  });
  useDirtyGuard(isDirty, kit("form.leave"));
  useFocusOnError(form.errors, root);
  const { offerId } = form.values;
  const offer = useRecord<Offer>(`/offers/${offerId}`, {}, { enabled: offerId !== "" });
  const groups: readonly (readonly [string, readonly Field<LinkValues>[]])[] = [
    [t("group.promotes"), usePromotesFields(own)],
    [t("group.leads"), useLeadsToFields(offer.data)],
    [t("group.placement"), usePlacementFields()],
  ];
  return (
    <Page title={t("createLink")} subtitle={t("createLinkText")} parent={{ label: t("links"), to: "/links" }}>
      <form ref={root} onSubmit={submit} noValidate>
        <SideBySide sideLast side={<Preview values={form.values} offer={offer.data} />}>
          {groups.map(([title, fields]) => (
            <Card key={title} title={title}>
              <FormFields fields={fields} form={form} />
            </Card>
          ))}
          {mutation.isError ? <ProblemLine error={mutation.error} /> : null}
          <Group gap={8}>
            <Button type="submit" loading={mutation.isPending}>
              {t("createLinkDo")}
            </Button>
            <Button variant="default" onClick={() => go("/links")}>
              {kit("cancel")}
            </Button>
          </Group>
        </SideBySide>
      </form>
    </Page>
  );
}

interface PreviewProps {
  readonly values: LinkValues;
  readonly offer: Offer | undefined;
}

function Preview({ values, offer }: PreviewProps) {
  const { programs } = useSession();
  const domain = programs.find((one) => one.id === offer?.programId)?.trackingDomain ?? null;
  const base = domain === null ? window.location.origin : `https://${domain}`;
  const code = values.code.trim() === "" ? "…" : values.code.trim();
  // on a domain of its own a chosen code stands alone
  const path = domain === null || code === "…" ? `c/${code}` : code;
  return <LinkPublish isPreview url={`${base}/${path}`} code={code} />;
}
