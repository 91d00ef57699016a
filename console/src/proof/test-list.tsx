import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { PROOF_KINDS, PROOF_STATES, type ProofRunSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { LinkTestForm, PostbackTestForm } from "./new-test.tsx";
import { TONES } from "./states.ts";

export function AllTests() {
  return <TestList own={false} />;
}

/** Tests of links and postbacks; `own`: a partner looks at its own. */
export function TestList({ own }: { readonly own: boolean }) {
  const { t } = useTranslation("proof");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("links.write") ? (
    <Group gap="xs">
      {own ? (
        <Button variant="subtle" onClick={() => go("/set-up")}>
          {t("setUps")}
        </Button>
      ) : null}
      <Button variant="default" onClick={() => go("/tests?new=postback")}>
        {t("newPostbackTest")}
      </Button>
      <Button onClick={() => go("/tests?new=link")}>{t("newLinkTest")}</Button>
    </Group>
  ) : undefined;
  const choices = (field: "kind" | "state", values: readonly string[]) => ({
    kind: "choice" as const,
    field,
    label: t(field),
    several: true,
    options: values.map((value) => ({ value, label: t(`${field}s.${value}`) })),
  });
  return (
    <>
      <ListPage<ProofRunSummary>
        name="tests"
        title={t(own ? "ownTests" : "tests")}
        resource="/tests"
        rowId={(one) => one.id}
        open={(one) => `/tests/${one.id}`}
        filters={[choices("kind", PROOF_KINDS), choices("state", PROOF_STATES)]}
        columns={useTestColumns(own)}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <LinkTestForm own={own} opened={search.new === "link"} onClose={() => go("/tests")} link={search.link} />
      <PostbackTestForm own={own} opened={search.new === "postback"} onClose={() => go("/tests")} link={search.link} />
    </>
  );
}

function useTestColumns(own: boolean): readonly Column<ProofRunSummary>[] {
  const { t } = useTranslation("proof");
  const partner: Column<ProofRunSummary> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}?tab=tracking`} />,
    text: (one) => one.partnerId,
    width: 150,
    phone: "line",
  };
  const found = ({ errors, warnings }: ProofRunSummary) =>
    [
      ...(errors === 0 ? [] : [t("errorCount", { count: errors })]),
      ...(warnings === 0 ? [] : [t("warningCount", { count: warnings })]),
    ].join(", ");
  return [
    {
      id: "kind",
      label: t("kind"),
      cell: (one) => t(`kinds.${one.kind}`),
      text: (one) => one.kind,
      phone: "title",
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <RunState run={one} />,
      text: (one) => (one.stale ? `${one.state} (stale)` : one.state),
      width: 130,
      phone: "value",
    },
    ...(own ? [] : [partner]),
    {
      id: "offer",
      label: t("offer"),
      cell: (one) => <NameText id={one.offerId} />,
      text: (one) => one.offerId,
      width: 150,
      phone: "line",
    },
    {
      id: "link",
      label: t("link"),
      cell: (one) => <NameText id={one.linkId} />,
      text: (one) => one.linkId,
      width: 150,
    },
    {
      id: "found",
      label: t("found"),
      cell: (one) => found(one) || "–",
      text: (one) => one.errors,
      width: 150,
    },
    { id: "by", label: t("by"), cell: (one) => one.startedBy, text: (one) => one.startedBy, width: 130 },
    {
      id: "at",
      label: t("at"),
      cell: (one) => <AgoText at={one.startedAt} />,
      text: (one) => one.startedAt,
      width: 130,
      align: "end",
    },
  ];
}

/** How a test came out; and that it says nothing any more when the configuration has changed since. */
export function RunState({ run }: { readonly run: Pick<ProofRunSummary, "state" | "stale"> }) {
  const { t } = useTranslation("proof");
  const state = run.stale && run.state === "passed" ? "stale" : run.state;
  return <StatusBadge state={state} label={t(`states.${state}`)} tones={TONES} />;
}
