import { Button, Group } from "@mantine/core";
import { ControlStatement, NewHolding, type OwnershipStructure } from "@tributary/contract";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded, NextLine } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { treeRows } from "../kit/tree/tree-rows.ts";
import { TreeTable } from "../kit/tree/tree-table.tsx";
import { useSession } from "../session/session.tsx";
import { DILIGENCE_REFRESH } from "./states.ts";
import { useSay } from "./use-say.ts";

/** Who stands behind a partner, layer by layer: what each holds directly, and what it comes to through all ways. */
export function OwnershipCard({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [asked, setAsked] = useState<"holding" | "control" | null>(null);
  const structure = useRecord<OwnershipStructure>(`/partners/${partnerId}/ownership`);
  const actions = can("compliance.write") ? (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={() => setAsked("control")}>
        {t("ownership.control")}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsked("holding")}>
        {t("ownership.holding")}
      </Button>
    </Group>
  ) : undefined;
  return (
    <Card title={t("ownership.title")} actions={actions} flush>
      <Loaded query={structure}>
        {(one) => (
          <>
            <Structure structure={one} />
            <HoldingForm structure={one} opened={asked === "holding"} onClose={() => setAsked(null)} />
            <ControlForm structure={one} opened={asked === "control"} onClose={() => setAsked(null)} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

interface Item {
  readonly id: string;
  readonly parentId: string;
  readonly node: OwnershipStructure["nodes"][number];
  readonly share: string | null;
}

const MOST_LAYERS = 12;

/** Each way to somebody is a row of its own; a circle ends where it comes round. */
function itemsOf({ partnerId, nodes, edges }: OwnershipStructure): Item[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const items: Item[] = [];
  const visit = (heldId: string, parentId: string, way: readonly string[]) => {
    if (way.length > MOST_LAYERS) return;
    for (const { holderId, share } of edges.filter((edge) => edge.heldId === heldId)) {
      const node = byId.get(holderId);
      if (node === undefined) continue;
      const id = `${parentId}/${holderId}`;
      items.push({ id, parentId, node, share });
      if (!way.includes(holderId)) visit(holderId, id, [...way, holderId]);
    }
  };
  visit(partnerId, "", []);
  const seen = new Set(items.map(({ node }) => node.id));
  const rest = nodes.filter(({ id, kind }) => kind !== "partner" && !seen.has(id));
  return [...items, ...rest.map((node) => ({ id: `/${node.id}`, parentId: "", node, share: null }))];
}

function Structure({ structure }: { readonly structure: OwnershipStructure }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const say = useSay();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => treeRows(itemsOf(structure), "", closed, null), [structure, closed]);
  const toggle = (id: string) => {
    const next = new Set(closed);
    if (!next.delete(id)) next.add(id);
    setClosed(next);
  };
  const percent = (text: string | null) =>
    text === null ? "–" : format.number(Number(text) / 100, { style: "percent", maximumFractionDigits: 6 });
  return (
    <>
      {structure.sentences.length === 0 ? null : (
        <NextLine step={{ title: t("ownership.open"), text: structure.sentences.map(say).join(" "), tone: "warn" }} />
      )}
      <TreeTable
        label={t("ownership.title")}
        rows={rows}
        nameOf={({ node }) => node.name}
        closed={closed}
        onToggle={toggle}
        columns={[
          { id: "name", label: t("name"), cell: ({ node }) => node.name },
          { id: "role", label: t("role"), cell: ({ node }) => (node.role === null ? "–" : t(`roles.${node.role}`)) },
          { id: "direct", label: t("ownership.direct"), align: "end", cell: ({ share }) => percent(share) },
          {
            id: "effective",
            label: t("ownership.effective"),
            align: "end",
            cell: ({ node }) => percent(node.effective),
          },
          {
            id: "owner",
            label: t("ownership.owner"),
            cell: ({ node }) =>
              node.isBeneficialOwner ? (
                <StatusBadge
                  state={node.why}
                  label={t(`ownership.why.${node.why}`)}
                  tones={{ share: "info", control: "info" }}
                />
              ) : (
                "–"
              ),
          },
        ]}
      />
    </>
  );
}

interface FormProps {
  readonly structure: OwnershipStructure;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function HoldingForm({ structure, opened, onClose }: FormProps) {
  const { t } = useTranslation("compliance");
  const options = (kinds: readonly string[]) =>
    structure.nodes.filter(({ kind }) => kinds.includes(kind)).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("ownership.holding")}
      submit={t("ownership.save")}
      schema={NewHolding.partial({ share: true })}
      initial={{ holderId: "", heldId: "", share: "" }}
      fields={[
        { kind: "note", name: "note", label: "", content: t("ownership.holdingText") },
        {
          kind: "select",
          name: "holderId",
          label: t("ownership.who"),
          options: options(["person", "organization"]),
          required: true,
        },
        {
          kind: "select",
          name: "heldId",
          label: t("ownership.ofWhat"),
          options: options(["organization"]),
          required: true,
        },
        { kind: "decimal", name: "share", label: t("share"), hint: t("ownership.shareHint"), unit: "%" },
      ]}
      send={(values) =>
        api.post<OwnershipStructure>(`/partners/${structure.partnerId}/holdings`, {
          ...values,
          share: values.share ?? null,
        })
      }
      done={onClose}
      refresh={DILIGENCE_REFRESH}
    />
  );
}

function ControlForm({ structure, opened, onClose }: FormProps) {
  const { t } = useTranslation("compliance");
  const people = structure.nodes
    .filter(({ kind }) => kind === "person")
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("ownership.control")}
      submit={t("ownership.save")}
      schema={ControlStatement.partial({ control: true })}
      initial={{ personId: "", control: "" }}
      fields={[
        { kind: "select", name: "personId", label: t("ownership.who"), options: people, required: true },
        { kind: "textarea", name: "control", label: t("ownership.how"), hint: t("ownership.howHint"), rows: 2 },
      ]}
      send={(values) =>
        api.post<OwnershipStructure>(`/partners/${structure.partnerId}/control`, {
          ...values,
          control: values.control ?? "",
        })
      }
      done={onClose}
      refresh={DILIGENCE_REFRESH}
    />
  );
}
