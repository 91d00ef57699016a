import { Button, Text } from "@mantine/core";
import type { SubPartnerNode } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Go } from "../kit/link.tsx";
import { MoneyText, Nothing, NumberText } from "../kit/money-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { TreeColumn } from "../kit/tree/tree-table.tsx";
import { useSession } from "../session/session.tsx";
import { Amounts } from "./amounts.tsx";

interface NetworkColumns {
  readonly onWhy: (lineId: string) => void;
  /** By partner; null where nobody asked for them. */
  readonly clicks: ReadonlyMap<string, number> | null;
}

export function useNetworkColumns({ onWhy, clicks }: NetworkColumns): readonly TreeColumn<SubPartnerNode>[] {
  const { t } = useTranslation("partners");
  const count = (id: "customers" | "registrations" | "ftds"): TreeColumn<SubPartnerNode> => ({
    id,
    label: t(`network.${id}`),
    align: "end",
    cell: (one) => <NumberText value={one[id]} />,
  });
  return [
    { id: "name", label: t("name"), cell: (one) => <Who node={one} /> },
    { id: "rate", label: t("network.rate"), align: "end", cell: (one) => one.rate ?? <Nothing /> },
    ...(clicks === null
      ? []
      : [
          {
            id: "clicks",
            label: t("network.clicks"),
            align: "end" as const,
            cell: (one: SubPartnerNode) => <NumberText value={clicks.get(one.id) ?? 0} />,
          },
        ]),
    count("customers"),
    count("registrations"),
    count("ftds"),
    { id: "deposits", label: t("network.deposits"), align: "end", cell: (one) => <Amounts amounts={one.deposits} /> },
    { id: "earned", label: t("network.earned"), align: "end", cell: (one) => <Amounts amounts={one.earned} /> },
    {
      id: "override",
      label: t("network.overrideShort"),
      align: "end",
      cell: (one) =>
        one.override.length === 0 ? (
          <Nothing />
        ) : (
          one.override.map((money) => (
            <Button
              key={money.currency}
              variant="subtle"
              size="compact-sm"
              px={0}
              title={t("network.why")}
              onClick={() => onWhy(money.lineId)}
            >
              <MoneyText money={money} signed />
            </Button>
          ))
        ),
    },
  ];
}

/** Name, state, and the days on which it stood where. */
function Who({ node }: { readonly node: SubPartnerNode }) {
  const { t } = useTranslation("partners");
  const { me } = useSession();
  const format = useFormat();
  const day = (text: string | null) => (text === null ? "…" : format.day(text));
  const isOperator = me.partner === null;
  return (
    <div>
      {isOperator ? <Go to={`/partners/${node.id}`}>{node.name}</Go> : <span>{node.name}</span>}{" "}
      {node.active ? null : <StatusBadge state="paused" label={t("network.inactive")} />}
      <Text size="xs" c="dimmed">
        {t("network.levelOf", { level: node.level })}
        {node.since === null ? "" : ` · ${t("network.sinceDay", { day: day(node.since) })}`}
        {node.until === null ? "" : ` · ${t("network.untilDay", { day: day(node.until) })}`}
      </Text>
      {node.plan === null ? null : (
        <Text size="xs" c="dimmed">
          {node.plan}
        </Text>
      )}
      {node.moves.map((move) => (
        <Text key={`${move.from} ${move.until}`} size="xs" c="dimmed">
          {t("network.moved", { parent: move.parentName ?? "…", from: day(move.from), until: day(move.until) })}
        </Text>
      ))}
    </div>
  );
}
