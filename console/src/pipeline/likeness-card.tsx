import { Button, Group } from "@mantine/core";
import type { LeadDetail, Likeness } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import { complain } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useSession } from "../session/session.tsx";
import { DecisionWords } from "./decision-words.tsx";
import { TOUCHED } from "./words.ts";

/** Whom a lead looks like, by what, and what a person says of it. */
export function LikenessCard({ lead }: { readonly lead: LeadDetail }) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const { can } = useSession();
  const decide = useChange<{ id: string; decision: string }, LeadDetail>({
    send: ({ id, decision }) => api.post(`/leads/${lead.id}/likenesses/${id}`, { decision }),
    refresh: TOUCHED,
  });
  const say = (id: string, decision: string) =>
    decide.mutate({ id, decision }, { onError: (error) => complain(error.message, error.detail) });
  if (lead.likenesses.length === 0) return <EmptyState title={t("noLikeness")} text={t("noLikenessText")} />;
  const actions = (one: Likeness) =>
    one.state !== "open" || !can("pipeline.write") || lead.status === "merged" ? (
      t(`likenessStates.${one.state}`)
    ) : (
      <Group gap={6} wrap="nowrap" justify="flex-end">
        {one.otherKind === "lead" ? (
          <Button size="compact-sm" onClick={() => say(one.id, "merged")}>
            {t("merge")}
          </Button>
        ) : (
          <Button size="compact-sm" onClick={() => say(one.id, "linked")}>
            {t("linkTo")}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => say(one.id, "different")}>
          {t("different")}
        </Button>
      </Group>
    );
  return (
    <Card title={t("likenesses")} flush>
      <PlainTable
        label={t("likenesses")}
        rows={lead.likenesses}
        rowId={(one) => one.id}
        columns={[
          {
            id: "other",
            label: t("looksLike"),
            cell: (one) => (
              <>
                <Go to={one.otherKind === "lead" ? `/leads/${one.otherId}` : `/partners/${one.otherId}`}>
                  {one.otherName}
                </Go>
                <br />
                {t(`otherKinds.${one.otherKind}`)}
              </>
            ),
          },
          { id: "why", label: t("because"), cell: (one) => <DecisionWords words={one.reasons} /> },
          { id: "score", label: t("likeness"), align: "end", cell: (one) => format.share(one.score / 100) },
          { id: "decide", label: t("decision"), align: "end", cell: actions },
        ]}
      />
    </Card>
  );
}
