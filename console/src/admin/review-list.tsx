import { Button, Group } from "@mantine/core";
import { type AccessReview, type HeldGrant, NewAccessReview } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useActorText } from "../session/actor-text.ts";
import { useSession } from "../session/session.tsx";
import { useRoleText } from "./role-text.ts";
import { ScopeText } from "./scope-text.tsx";

/** Reviews of who has what, newest first. */
export function ReviewList() {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const go = useGo();
  const [opening, setOpening] = useState(false);
  const create = can("users.write") ? <Button onClick={() => setOpening(true)}>{t("openReview")}</Button> : undefined;
  return (
    <>
      <ListPage<AccessReview>
        name="access-reviews"
        title={t("reviews")}
        subtitle={t("reviewsText")}
        resource="/access/reviews"
        rowId={(one) => one.id}
        open={(one) => `/access-reviews/${one.id}`}
        columns={useReviewColumns()}
        empty={{ title: t("emptyReviews"), text: t("emptyReviewsText"), action: create }}
        actions={
          <Group gap="xs">
            <Button variant="default" onClick={() => go("/access-grants")}>
              {t("whoHasWhat")}
            </Button>
            {create}
          </Group>
        }
      />
      <FormDialog
        opened={opening}
        onClose={() => setOpening(false)}
        title={t("openReview")}
        submit={t("openReview")}
        schema={NewAccessReview}
        initial={{ name: "", dueOn: "" }}
        fields={[
          { kind: "text", name: "name", label: t("name"), required: true },
          { kind: "day", name: "dueOn", label: t("dueOn"), required: true },
        ]}
        send={(values, key) => api.post<AccessReview>("/access/reviews", values, key)}
        done={(made) => go(`/access-reviews/${made.id}`)}
        refresh={["access", "audit"]}
      />
    </>
  );
}

function useReviewColumns(): readonly Column<AccessReview>[] {
  const { t } = useTranslation("admin");
  const count = (id: "grants" | "undecided" | "revoked", phone?: "line"): Column<AccessReview> => ({
    id,
    label: t(`reviewCount.${id}`),
    cell: (one) => one[id],
    text: (one) => one[id],
    width: 120,
    align: "end",
    ...(phone === undefined ? {} : { phone }),
  });
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "state",
      label: t("status"),
      cell: (one) => (
        <StatusBadge state={one.state === "open" ? "onboarding" : "active"} label={t(`reviewState.${one.state}`)} />
      ),
      text: (one) => one.state,
      width: 120,
      phone: "value",
    },
    count("grants"),
    count("undecided", "line"),
    count("revoked"),
    {
      id: "dueOn",
      label: t("dueOn"),
      cell: (one) => <DayText day={one.dueOn} />,
      text: (one) => one.dueOn,
      width: 140,
      align: "end",
      phone: "line",
    },
  ];
}

/** Who has what, since when, given by whom, last used when; what sleeps and what should not be in one hand. */
export function HeldGrantList() {
  const { t } = useTranslation("admin");
  return (
    <ListPage<HeldGrant>
      name="access-grants"
      title={t("whoHasWhat")}
      subtitle={t("whoHasWhatText")}
      resource="/access/grants"
      rowId={(one) => one.grantId}
      views={[
        { id: "all", label: t("views.all") },
        { id: "dormant", label: t("dormant"), filters: { only: "dormant" } },
        { id: "conflicts", label: t("inOneHand"), filters: { only: "conflicts" } },
      ]}
      columns={useGrantColumns()}
      empty={{ title: t("emptyGrants"), text: t("emptyGrantsText") }}
    />
  );
}

export type ShownGrant = Omit<HeldGrant, "dormant"> & { readonly dormant?: boolean };

export function useGrantColumns<G extends ShownGrant>(): readonly Column<G>[] {
  const { t } = useTranslation("admin");
  const roleText = useRoleText();
  return [
    { id: "name", label: t("who"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "role",
      label: t("role"),
      cell: (one) => roleText(one.role),
      text: (one) => one.role,
      width: 160,
      phone: "line",
    },
    {
      id: "scope",
      label: t("holdsFor"),
      cell: (one) => <ScopeText grant={one} />,
      text: (one) => one.scopeId ?? one.scopeKind,
      width: 180,
    },
    {
      id: "conflicts",
      label: t("inOneHand"),
      cell: (one) =>
        one.conflicts.length === 0
          ? "–"
          : one.conflicts.map((code) => t(`duty.${code}`, { defaultValue: code })).join("; "),
      text: (one) => one.conflicts.join(" "),
      width: 220,
    },
    {
      id: "lastUsed",
      label: t("lastUsed"),
      cell: (one) =>
        one.dormant === true ? (
          <StatusBadge state="paused" label={t("dormant")} />
        ) : one.lastUsed === null ? (
          t("never")
        ) : (
          <DayText day={one.lastUsed} />
        ),
      text: (one) => one.lastUsed,
      width: 130,
      phone: "value",
    },
    {
      id: "by",
      label: t("givenBy"),
      cell: (one) => <GrantedBy id={one.grantedBy} />,
      text: (one) => one.grantedBy,
      width: 160,
    },
    {
      id: "at",
      label: t("givenAt"),
      cell: (one) => <DateText at={one.grantedAt} detail="day" />,
      text: (one) => one.grantedAt,
      width: 130,
      align: "end",
    },
  ];
}

/** A person by name; what the program granted itself (when it was set up) says so. */
function GrantedBy({ id }: { readonly id: string }) {
  const actorText = useActorText();
  return id.startsWith("usr_") ? <NameText id={id} /> : actorText({ kind: "system", name: id });
}
