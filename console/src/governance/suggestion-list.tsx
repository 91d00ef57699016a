import { type ManyDone, SUGGESTION_KINDS, SUGGESTION_STATES, type Suggestion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { BulkAction, Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { complain } from "../kit/notices.ts";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { Tone } from "../kit/tone.ts";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { DoDialog } from "./do-dialog.tsx";

type Asked = { readonly what: "do" | "dismiss"; readonly rows: readonly Suggestion[]; readonly done: () => void };
const REFRESH = ["suggestions", "links", "offers", "caps"];
const STATE_TONES: Readonly<Record<Suggestion["state"], Tone>> = {
  open: "info",
  done: "good",
  dismissed: "quiet",
  gone: "quiet",
};
const PLACES: Readonly<Record<Suggestion["subjectKind"], (one: Suggestion) => string>> = {
  link: (one) => `/links/${one.subjectId}`,
  offer: (one) => `/offers/${one.subjectId}`,
  cap: (one) => `/caps/${one.subjectId}`,
  landing_page: () => "/offers",
};

/** What might be tidied up: proposed, looked at, done in bulk, undone. */
export function SuggestionList() {
  const { t } = useTranslation("governance");
  const program = useProgramQuery();
  const [asked, ask] = useState<Asked>();
  const { undo, bulk } = useBulk(ask);
  return (
    <>
      <ListPage<Suggestion>
        name="suggestions"
        title={t("cleanUp")}
        subtitle={t("cleanUpText")}
        resource="/suggestions"
        fixed={program}
        rowId={(one) => one.id}
        open={(one) => PLACES[one.subjectKind](one)}
        views={[
          { id: "open", label: t("views.open"), filters: { state: "open" } },
          { id: "dead", label: t("views.dead"), filters: { state: "open", kind: "landing_dead" } },
          { id: "done", label: t("views.done"), filters: { state: "done" } },
          { id: "all", label: t("views.all") },
        ]}
        filters={[
          {
            kind: "choice",
            field: "kind",
            label: t("suggestion"),
            several: true,
            options: SUGGESTION_KINDS.map((value) => ({ value, label: t(`suggestionKinds.${value}`) })),
          },
          {
            kind: "choice",
            field: "state",
            label: t("state"),
            several: true,
            options: SUGGESTION_STATES.map((value) => ({ value, label: t(`suggestionStates.${value}`) })),
          },
        ]}
        columns={useColumns()}
        bulk={bulk}
        empty={{ title: t("noSuggestions"), text: t("noSuggestionsText") }}
      />
      {asked?.what === "do" ? (
        <DoDialog rows={asked.rows} onClose={() => ask(undefined)} onDone={asked.done} onUndo={undo} />
      ) : null}
      <DismissForm asked={asked?.what === "dismiss" ? asked : undefined} onClose={() => ask(undefined)} />
    </>
  );
}

function useColumns(): readonly Column<Suggestion>[] {
  const { t } = useTranslation("governance");
  const facts = useFactsText();
  return [
    {
      id: "subject",
      label: t("record"),
      cell: (one) => one.subjectName,
      text: (one) => one.subjectName,
      phone: "title",
      width: 220,
    },
    {
      id: "kind",
      label: t("suggestion"),
      cell: (one) => t(`suggestionKinds.${one.kind}`),
      text: (one) => one.kind,
      width: 220,
      phone: "line",
    },
    { id: "facts", label: t("found"), cell: facts, text: facts, width: 260 },
    {
      id: "action",
      label: t("action"),
      cell: (one) => t(`actions.${one.action}`),
      text: (one) => one.action,
      width: 110,
      phone: "value",
    },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => (one.partnerId === null ? "" : <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />),
      text: (one) => one.partnerId,
      width: 170,
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`suggestionStates.${one.state}`)} tones={STATE_TONES} />,
      text: (one) => one.state,
      width: 110,
    },
    {
      id: "foundAt",
      label: t("since"),
      cell: (one) => <AgoText at={one.foundAt} />,
      text: (one) => one.foundAt,
      align: "end",
      width: 120,
    },
  ];
}

/** What was found, in a few words. */
function useFactsText(): (one: Suggestion) => string {
  const { t } = useTranslation("governance");
  const format = useFormat();
  return ({ kind, facts }) => {
    const values = {
      ...facts,
      count: Number(facts.days ?? 0),
      outcome: t(`outcomes.${facts.outcome ?? "ok"}`),
      ended: typeof facts.ended === "string" ? format.instant(facts.ended, "day") : "",
    };
    return t(`factsOf.${kind}`, values);
  };
}

function useBulk(ask: (asked: Asked) => void) {
  const { t } = useTranslation("governance");
  const { can } = useSession();
  const undo = useChange<readonly string[], ManyDone>({
    send: (ids) => api.post("/suggestions/undo", { ids }),
    refresh: REFRESH,
    done: ({ refused }) => {
      if (refused.length > 0) complain(t("notAll"), refused.map(({ detail }) => detail).join(" "));
    },
  });
  const bulk: readonly BulkAction<Suggestion>[] = can("governance.write")
    ? [
        { id: "do", label: t("doIt"), run: (rows, done) => ask({ what: "do", rows, done }) },
        { id: "dismiss", label: t("dismiss"), run: (rows, done) => ask({ what: "dismiss", rows, done }) },
        {
          id: "undo",
          label: t("undo"),
          run: (rows, done) =>
            undo.mutate(
              rows.map(({ id }) => id),
              { onSuccess: done },
            ),
        },
      ]
    : [];
  return { bulk, undo: (ids: readonly string[]) => undo.mutate(ids) };
}

const Dismiss = z.object({ reason: z.string().trim().min(3).max(500) });

function DismissForm({ asked, onClose }: { readonly asked: Asked | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation("governance");
  return (
    <FormDialog<{ reason: string }, ManyDone>
      opened={asked !== undefined}
      onClose={onClose}
      title={t("dismiss")}
      submit={t("dismiss")}
      schema={Dismiss}
      initial={{ reason: "" }}
      fields={[
        { kind: "textarea", name: "reason", label: t("reason"), hint: t("dismissHint"), rows: 2, required: true },
      ]}
      send={({ reason }) => api.post("/suggestions/dismiss", { ids: asked?.rows.map(({ id }) => id), reason })}
      done={() => asked?.done()}
      refresh={["suggestions"]}
    />
  );
}
