import { Button, Group, Select, TextInput } from "@mantine/core";
import { IconDownload, IconSearch } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type {
  LineExplanation,
  MoneyValue,
  SubPartnerNode,
  SubPartnersReport,
  SubPartnerTree,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { plainAmount } from "../i18n/format.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { csvOf, saveFile } from "../kit/list/csv.ts";
import type { Column } from "../kit/list/list-declaration.ts";
import { NumberText } from "../kit/money-text.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { treeRows } from "../kit/tree/tree-rows.ts";
import { TreeTable } from "../kit/tree/tree-table.tsx";
import { WhyDrawer } from "../kit/why/why-drawer.tsx";
import { Amounts } from "./amounts.tsx";
import { useNetworkColumns } from "./network-columns.tsx";

type Traffic = SubPartnersReport["rows"];

interface NetworkViewProps {
  readonly partnerId?: string;
  /** Clicks of the same month, where they are known beside what the books say. */
  readonly traffic?: Traffic;
}

/** The tree below a partner in a month: levels, what each brought and earned, and what was earned on each. */
export function NetworkView({ partnerId, traffic }: NetworkViewProps) {
  const { i18n } = useTranslation("partners");
  const search: Record<string, string> = useSearch({ strict: false });
  const tree = useRecord<SubPartnerTree>("/sub-partners", {
    partnerId,
    programId: search.program,
    month: search.month,
    language: i18n.language.slice(0, 2),
  });
  return <Loaded query={tree}>{(answer) => <Shown tree={answer} traffic={traffic} />}</Loaded>;
}

interface ShownProps {
  readonly tree: SubPartnerTree;
  readonly traffic: Traffic | undefined;
}

function Shown({ tree, traffic }: ShownProps) {
  const { t } = useTranslation("partners");
  const [why, setWhy] = useState<string | null>(null);
  return (
    <>
      <Question tree={tree} />
      {tree.totals.partners === 0 ? (
        <EmptyState
          title={t(tree.view === "nothing" ? "network.hidden" : "network.empty")}
          text={t(tree.view === "nothing" ? "network.notShown" : "network.emptyText")}
        />
      ) : (
        <>
          <Totals tree={tree} traffic={traffic} />
          {tree.view === "partner" ? <Tree tree={tree} traffic={traffic} onWhy={setWhy} /> : null}
        </>
      )}
      <WhyDrawer<LineExplanation>
        path={why === null ? null : `/lines/${why}`}
        onClose={() => setWhy(null)}
        toWorking={(answer) => answer.explanation}
      />
    </>
  );
}

/** Program and month; they stand in the address. */
function Question({ tree }: { readonly tree: SubPartnerTree }) {
  const { t } = useTranslation("partners");
  const navigate = useNavigate();
  const search: Record<string, string> = useSearch({ strict: false });
  const ask = (next: Record<string, string>) => void navigate({ to: ".", search: { ...search, ...next } });
  return (
    <Group align="end" gap={12} mb={16}>
      {tree.programs.length < 2 ? null : (
        <Select
          label={t("network.program")}
          data={tree.programs.map((one) => ({ value: one.id, label: one.name }))}
          value={tree.programId}
          allowDeselect={false}
          onChange={(program) => program !== null && ask({ program })}
        />
      )}
      <TextInput
        type="month"
        label={t("network.month")}
        value={tree.month}
        onChange={(event) => event.currentTarget.value !== "" && ask({ month: event.currentTarget.value })}
      />
    </Group>
  );
}

function clicksIn(tree: SubPartnerTree, traffic: Traffic): ReadonlyMap<string, number> {
  const rows = traffic.filter((row) => row.program.id === tree.programId);
  return new Map(rows.map((row) => [row.partner?.id ?? "", row.figures.clicks]));
}

function Totals({ tree, traffic }: ShownProps) {
  const { t } = useTranslation("partners");
  const { totals } = tree;
  const clicks = traffic === undefined ? [] : [...clicksIn(tree, traffic).values()];
  return (
    <Figures>
      <Figure label={t("network.partners")} value={<NumberText value={totals.partners} />} />
      {traffic === undefined ? null : (
        <Figure label={t("network.clicks")} value={<NumberText value={clicks.reduce((sum, one) => sum + one, 0)} />} />
      )}
      <Figure label={t("network.ftds")} value={<NumberText value={totals.ftds} />} />
      <Figure label={t("network.theirs")} value={<Amounts amounts={totals.earned} />} />
      <Figure label={t("network.override", { name: tree.top.name })} value={<Amounts amounts={totals.override} />} />
    </Figures>
  );
}

interface TreeProps extends ShownProps {
  readonly onWhy: (lineId: string) => void;
}

function Tree({ tree, traffic, onWhy }: TreeProps) {
  const { t } = useTranslation("partners");
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [word, setWord] = useState("");
  const columns = useNetworkColumns({ onWhy, clicks: traffic === undefined ? null : clicksIn(tree, traffic) });
  const wanted = word.trim().toLocaleLowerCase();
  const rows = treeRows(
    tree.nodes,
    tree.top.id,
    closed,
    wanted === "" ? null : (one) => one.name.toLocaleLowerCase().includes(wanted),
  );
  const parents = new Set(tree.nodes.map((one) => one.parentId).filter((id) => id !== tree.top.id));
  const toggle = (id: string) =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Card title={t("network.title")} flush actions={<ExportButton tree={tree} />}>
      <Group gap={8} px={12} py={8}>
        <TextInput
          size="xs"
          aria-label={t("network.search")}
          placeholder={t("network.search")}
          leftSection={<IconSearch size={13} />}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
        <Button variant="default" size="compact-sm" onClick={() => setClosed(closed.size > 0 ? new Set() : parents)}>
          {t(closed.size > 0 ? "network.openAll" : "network.closeAll")}
        </Button>
      </Group>
      <TreeTable
        label={t("network.title")}
        rows={rows}
        columns={columns}
        nameOf={(one) => one.name}
        closed={closed}
        onToggle={toggle}
      />
      {rows.length === 0 ? <EmptyState title={t("network.noneFound")} text={t("network.noneFoundText")} /> : null}
    </Card>
  );
}

function ExportButton({ tree }: { readonly tree: SubPartnerTree }) {
  const { t } = useTranslation("partners");
  const nameOf = (id: string) =>
    id === tree.top.id ? tree.top.name : (tree.nodes.find((one) => one.id === id)?.name ?? id);
  const text = (
    id: string,
    label: string,
    read: (one: SubPartnerNode) => string | number | null,
  ): Column<SubPartnerNode> => ({
    id,
    label,
    cell: read,
    text: read,
  });
  const plain = (amounts: readonly MoneyValue[]) =>
    amounts.map((one) => `${plainAmount(one)} ${one.currency}`).join(" + ");
  const columns = [
    text("level", t("network.level"), (one) => one.level),
    text("name", t("name"), (one) => one.name),
    text("parent", t("parent"), (one) => nameOf(one.parentId)),
    text("since", t("network.since"), (one) => one.since),
    text("rate", t("network.rate"), (one) => one.rate),
    text("plan", t("network.plan"), (one) => one.plan),
    text("customers", t("network.customers"), (one) => one.customers),
    text("registrations", t("network.registrations"), (one) => one.registrations),
    text("ftds", t("network.ftds"), (one) => one.ftds),
    text("deposits", t("network.deposits"), (one) => plain(one.deposits)),
    text("earned", t("network.earned"), (one) => plain(one.earned)),
    text("override", t("network.override", { name: tree.top.name }), (one) => plain(one.override)),
  ];
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconDownload size={14} />}
      onClick={() => saveFile(`sub-partners-${tree.month}.csv`, csvOf(tree.nodes, columns))}
    >
      {t("network.export")}
    </Button>
  );
}
