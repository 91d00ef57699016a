import { Button, Group } from "@mantine/core";
import type { AccessReview, ReviewedGrant } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { useGrantColumns } from "./review-list.tsx";

type Decision = { readonly decision: "confirm" | "revoke"; readonly grants: readonly ReviewedGrant[] };

/** One review: every grant is confirmed or taken away by somebody else than who holds it. */
export function ReviewRecord() {
  const { t, i18n } = useTranslation("admin");
  const { can } = useSession();
  const id = useParam("id");
  const review = useRecord<AccessReview>(`/access/reviews/${id}`);
  const [closing, setClosing] = useState(false);
  return (
    <Loaded query={review}>
      {(one) => (
        <>
          <RecordPage
            title={one.name}
            parent={{ label: t("reviews"), to: "/access-reviews" }}
            badge={
              <StatusBadge
                state={one.state === "open" ? "onboarding" : "active"}
                label={t(`reviewState.${one.state}`)}
              />
            }
            actions={
              <>
                <Button
                  component="a"
                  variant="default"
                  href={`/v1/access/reviews/${id}/document.pdf?language=${i18n.language}`}
                  download
                >
                  {t("reviewPaper")}
                </Button>
                {one.state === "open" && can("users.write") ? (
                  <Button onClick={() => setClosing(true)}>{t("closeReview")}</Button>
                ) : null}
              </>
            }
            facts={[
              { label: t("reviewCount.grants"), value: one.grants },
              { label: t("reviewCount.undecided"), value: one.undecided },
              { label: t("reviewCount.revoked"), value: one.revoked },
              { label: t("dueOn"), value: <DayText day={one.dueOn} /> },
            ]}
            tabs={[{ id: "grants", label: t("reviewCount.grants"), content: () => <Grants review={one} /> }]}
          />
          <ConfirmDialog
            opened={closing}
            onClose={() => setClosing(false)}
            title={t("closeReview")}
            text={t("closeReviewText")}
            action={t("closeReview")}
            send={() => api.post<AccessReview>(`/access/reviews/${id}/close`)}
            refresh={["access", "audit"]}
          />
        </>
      )}
    </Loaded>
  );
}

/** The decision has to be in sight: who gave the grant can be shown, and on a telephone the last use stands beneath. */
function givingWay(column: Column<ReviewedGrant>): Column<ReviewedGrant> {
  if (column.id === "by") return { ...column, hidden: true };
  if (column.id === "conflicts" || column.id === "scope") return { ...column, width: 150 };
  return column.id === "lastUsed" ? { ...column, phone: "line" } : column;
}

function Grants({ review }: { readonly review: AccessReview }) {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const columns = useGrantColumns<ReviewedGrant>();
  const mayDecide = review.state === "open" && can("users.write");
  const decide = (decision: Decision["decision"]) => (rows: readonly ReviewedGrant[]) =>
    setDeciding({ decision, grants: rows });
  return (
    <>
      <ListPanel<ReviewedGrant>
        embedded
        name="reviewed-grants"
        title={t("reviewCount.grants")}
        resource={`/access/reviews/${review.id}/grants`}
        rowId={(one) => one.grantId}
        columns={[
          ...columns.map(givingWay),
          {
            id: "decision",
            label: t("decision"),
            width: 200,
            phone: "value",
            align: "end",
            text: (one) => one.decision,
            cell: (one) =>
              one.decision !== null ? (
                <Group gap={6} justify="flex-end" wrap="nowrap">
                  <StatusBadge
                    state={one.decision === "confirm" ? "active" : "rejected"}
                    label={t(`decided.${one.decision}`)}
                  />
                  <NameText id={one.decidedBy} />
                </Group>
              ) : mayDecide ? (
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <Button size="compact-xs" variant="subtle" onClick={() => decide("confirm")([one])}>
                    {t("decide.confirm")}
                  </Button>
                  <Button size="compact-xs" variant="subtle" onClick={() => decide("revoke")([one])}>
                    {t("decide.revoke")}
                  </Button>
                </Group>
              ) : (
                t("undecided")
              ),
          },
        ]}
        empty={{ title: t("emptyGrants"), text: t("emptyGrantsText") }}
      />
      <ConfirmDialog
        opened={deciding !== null}
        onClose={() => setDeciding(null)}
        title={t(`decide.${deciding?.decision ?? "confirm"}`)}
        text={t(`decideText.${deciding?.decision ?? "confirm"}`, { name: deciding?.grants[0]?.name ?? "" })}
        action={t(`decide.${deciding?.decision ?? "confirm"}`)}
        danger={deciding?.decision === "revoke"}
        reason={deciding?.decision === "revoke" ? "required" : "optional"}
        send={(reason) =>
          api.post<AccessReview>(`/access/reviews/${review.id}/decisions`, {
            grantIds: deciding?.grants.map((one) => one.grantId) ?? [],
            decision: deciding?.decision,
            reason,
          })
        }
        refresh={["access", "users", "audit"]}
      />
    </>
  );
}
