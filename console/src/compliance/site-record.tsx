import { Button, FileButton, Group } from "@mantine/core";
import type { SiteDetail, SiteReview } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { complain } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { SiteEvidence } from "./site-evidence.tsx";
import { ReviewForm } from "./site-review-form.tsx";
import { DILIGENCE_REFRESH, SITE_TONES } from "./states.ts";

/** One site: what was seen of it, what was found, and what a person said. */
export function SiteRecord() {
  const { t } = useTranslation("compliance");
  const id = useParam("id");
  const site = useRecord<SiteDetail>(`/sites/${id}`);
  const timeline = useHistory("site", id);
  return (
    <Loaded query={site}>
      {(one) => (
        <RecordPage
          title={one.address}
          parent={{ label: t("sites.title"), to: "/sites" }}
          badge={<StatusBadge state={one.state} label={t(`sites.states.${one.state}`)} tones={SITE_TONES} />}
          actions={<SiteActions site={one} />}
          next={nextStep(one, t)}
          facts={[
            {
              label: t("partner"),
              value: <NameText id={one.partnerId} to={`/partners/${one.partnerId}?tab=due-diligence`} />,
            },
            { label: t("sites.kind"), value: t(`sites.kinds.${one.kind}`) },
            { label: t("sites.reviewOn"), value: <DayText day={one.reviewOn} /> },
            { label: t("sites.addedBy"), value: one.addedBy },
          ]}
          tabs={[
            { id: "evidence", label: t("sites.evidence"), content: () => <SiteEvidence site={one} /> },
            {
              id: "reviews",
              label: t("sites.reviews"),
              count: one.reviews.length,
              content: () => <Reviews reviews={one.reviews} site={one} />,
            },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function nextStep(one: SiteDetail, t: (key: string) => string): NextStep | undefined {
  if (one.snapshots.length === 0)
    return { title: t("sites.next.fetch"), text: t("sites.next.fetchText"), tone: "info" };
  if (one.state === "unreviewed")
    return { title: t("sites.next.review"), text: t("sites.next.reviewText"), tone: "warn" };
  const [last] = one.reviews;
  if (one.state === "failed" && last !== undefined)
    return { title: t("sites.next.failed"), text: `${last.reviewedBy}: ${last.reason}`, tone: "bad" };
  return undefined;
}

function SiteActions({ site }: { readonly site: SiteDetail }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [reviewing, setReviewing] = useState(false);
  const shared = { refresh: DILIGENCE_REFRESH };
  const fetching = useChange({ send: () => api.post<SiteDetail>(`/sites/${site.id}/snapshots`, {}), ...shared });
  const picture = useChange<File, SiteDetail>({
    send: (file) => api.upload<SiteDetail>(`/sites/${site.id}/pictures`, file),
    ...shared,
  });
  const onError = (problem: { message: string; detail?: string | undefined }) =>
    complain(problem.message, problem.detail);
  if (!can("compliance.write")) return null;
  return (
    <Group gap="xs">
      <FileButton
        accept="image/png,image/jpeg,image/webp"
        onChange={(file) => file !== null && picture.mutate(file, { onError })}
      >
        {(props) => (
          <Button {...props} variant="default" loading={picture.isPending}>
            {t("sites.addPicture")}
          </Button>
        )}
      </FileButton>
      {/^https?:/.test(site.address) ? (
        <Button
          variant={site.snapshots.length === 0 ? "filled" : "default"}
          loading={fetching.isPending}
          onClick={() => fetching.mutate(undefined, { onError })}
        >
          {t("sites.fetch")}
        </Button>
      ) : null}
      {site.snapshots.length === 0 ? null : <Button onClick={() => setReviewing(true)}>{t("sites.review")}</Button>}
      {reviewing ? <ReviewForm site={site} onClose={() => setReviewing(false)} /> : null}
    </Group>
  );
}

function Reviews({ reviews, site }: { readonly reviews: readonly SiteReview[]; readonly site: SiteDetail }) {
  const { t } = useTranslation("compliance");
  return (
    <Card title={t("sites.reviews")} flush>
      <PlainTable
        label={t("sites.reviews")}
        rows={reviews}
        rowId={(one) => one.id}
        columns={[
          {
            id: "verdict",
            label: t("sites.verdict"),
            cell: (one) => (
              <StatusBadge state={one.verdict} label={t(`sites.states.${one.verdict}`)} tones={SITE_TONES} />
            ),
          },
          { id: "reason", label: t("reason"), cell: (one) => one.reason },
          {
            id: "missing",
            label: t("sites.notMet"),
            cell: (one) => site.checklist.filter(({ code }) => one.checklist[code] === "no").length || "–",
          },
          { id: "who", label: t("sites.reviewedBy"), cell: (one) => one.reviewedBy },
          { id: "at", label: t("sites.reviewedAt"), cell: (one) => <DateText at={one.reviewedAt} /> },
          { id: "next", label: t("sites.reviewOn"), cell: (one) => <DayText day={one.reviewOn} /> },
        ]}
        empty={<EmptyState title={t("sites.noReviews")} />}
      />
    </Card>
  );
}
