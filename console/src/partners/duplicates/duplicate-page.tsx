import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { DuplicatePair, PartnerMerge } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useRecord } from "../../api/records.ts";
import { ConfirmDialog } from "../../kit/confirm-dialog.tsx";
import { EmptyState } from "../../kit/empty-state.tsx";
import { Go, useGo } from "../../kit/link.tsx";
import { ListPanel } from "../../kit/list/list-panel.tsx";
import { Page } from "../../kit/page.tsx";
import { Card } from "../../kit/record/card.tsx";
import { PlainTable } from "../../kit/record/plain-table.tsx";
import { Loaded } from "../../kit/record/record-page.tsx";
import { useSession } from "../../session/session.tsx";
import { useMergeColumns } from "./merge-columns.tsx";

/** Records that may be one, with what they have in common; and the merges so far. */
export function DuplicatePage() {
  const { t } = useTranslation("partners");
  const search: Record<string, string> = useSearch({ strict: false });
  const query = search.partnerId === undefined ? { least: 50 } : { least: 20, partnerId: search.partnerId };
  const pairs = useRecord<{ data: DuplicatePair[] }>("/partner-duplicates", query);
  return (
    <Page
      title={t("duplicates.title")}
      subtitle={t("duplicates.subtitle")}
      parent={{ label: t("title"), to: "/partners" }}
    >
      <Card title={t("duplicates.pairs")} flush>
        <Loaded query={pairs}>{(answer) => <Pairs pairs={answer.data} />}</Loaded>
      </Card>
      <Card title={t("merge.title")} flush>
        <ListPanel<PartnerMerge>
          embedded
          name="partner-merges"
          title={t("merge.title")}
          resource="/partner-merges"
          rowId={(one) => one.id}
          columns={useMergeColumns()}
          empty={{ title: t("merge.none"), text: t("merge.noneText") }}
        />
      </Card>
    </Page>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly DuplicatePair[] }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const go = useGo();
  const [two, setTwo] = useState<DuplicatePair | null>(null);
  const link = (id: string, name: string) => <Go to={`/partners/${id}`}>{name}</Go>;
  return (
    <>
      <PlainTable
        label={t("duplicates.pairs")}
        rows={pairs}
        rowId={(one) => `${one.firstId} ${one.secondId}`}
        columns={[
          { id: "first", label: t("duplicates.first"), cell: (one) => link(one.firstId, one.firstName) },
          { id: "second", label: t("duplicates.second"), cell: (one) => link(one.secondId, one.secondName) },
          { id: "score", label: t("duplicates.score"), cell: (one) => one.score, align: "end" },
          {
            id: "why",
            label: t("duplicates.why"),
            cell: (one) => one.reasons.map((r) => `${t(`duplicates.reason.${r.code}`)} (+${r.points})`).join(", "),
          },
          {
            id: "do",
            label: t("change"),
            cell: (one) =>
              can("partners.write") ? (
                <Group gap={6} wrap="nowrap">
                  <Button
                    size="compact-xs"
                    onClick={() => go(`/partner-duplicates/merge?winner=${one.firstId}&loser=${one.secondId}`)}
                  >
                    {t("merge.open")}
                  </Button>
                  <Button size="compact-xs" variant="default" onClick={() => setTwo(one)}>
                    {t("duplicates.two")}
                  </Button>
                </Group>
              ) : null,
          },
        ]}
        empty={<EmptyState title={t("duplicates.none")} text={t("duplicates.noneText")} />}
      />
      <ConfirmDialog
        opened={two !== null}
        onClose={() => setTwo(null)}
        title={t("duplicates.two")}
        text={t("duplicates.twoText")}
        action={t("duplicates.two")}
        reason="required"
        send={(reason) =>
          api.post("/partner-duplicates/dismiss", { firstId: two?.firstId, secondId: two?.secondId, reason })
        }
        refresh={["partner-duplicates", "audit"]}
      />
    </>
  );
}
