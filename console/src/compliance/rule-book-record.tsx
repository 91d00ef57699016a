import { Button, Group, Loader } from "@mantine/core";
import type { RuleBook, RuleBookName } from "@tributary/contract";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { parse, stringify } from "yaml";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { complain } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

const CodeEditor = lazy(async () => ({ default: (await import("../kit/code/code-editor.tsx")).CodeEditor }));

/** One book of rules as text, and its versions. */
export function RuleBookRecord() {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const name = useParam("id") as RuleBookName;
  const book = useRecord<RuleBook>(`/due-diligence-rules/${name}`);
  return (
    <Loaded query={book}>
      {(one) => (
        <RecordPage
          title={t(`rules.names.${name}`)}
          subtitle={t(`rules.texts.${name}`)}
          parent={{ label: t("rules.title"), to: "/due-diligence-rules" }}
          facts={[
            { label: t("version"), value: one.version === 0 ? t("rules.shipped") : format.number(one.version) },
            { label: t("rules.changedBy"), value: one.changedBy ?? "–" },
            { label: t("rules.changedAt"), value: <DateText at={one.changedAt} /> },
          ]}
          tabs={[
            { id: "text", label: t("rules.text"), content: () => <BookEditor key={one.version} book={one} /> },
            { id: "versions", label: t("versions"), content: () => <Versions name={name} /> },
          ]}
        />
      )}
    </Loaded>
  );
}

function BookEditor({ book }: { readonly book: RuleBook }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const before = stringify(book.document, { lineWidth: 110 });
  const [text, setText] = useState(before);
  const [saving, setSaving] = useState<unknown>(null);
  const save = () => {
    try {
      setSaving({ document: parse(text) as unknown });
    } catch (error) {
      complain(t("rules.unreadable"), (error as Error).message);
    }
  };
  const writable = can("compliance.write");
  const changed = text !== before;
  const actions = writable ? (
    <Group gap="xs">
      <Button size="xs" variant="default" disabled={!changed} onClick={() => setText(before)}>
        {t("rules.discard")}
      </Button>
      <Button size="xs" disabled={!changed} onClick={save}>
        {t("rules.save")}
      </Button>
    </Group>
  ) : undefined;
  return (
    <Card title={t("rules.text")} actions={actions} flush>
      <Suspense fallback={<Loader m="md" />}>
        <CodeEditor text={text} label={t("rules.text")} marks={[]} readOnly={!writable} onChange={setText} />
      </Suspense>
      <ConfirmDialog<RuleBook>
        opened={saving !== null}
        onClose={() => setSaving(null)}
        title={t("rules.save")}
        text={t("rules.saveText")}
        action={t("rules.save")}
        reason="required"
        send={(reason) =>
          api.put<RuleBook>(`/due-diligence-rules/${book.book}`, {
            version: book.version,
            document: (saving as { document: unknown }).document,
            reason,
          })
        }
        refresh={["due-diligence-rules", "partners", "documents", "sites", "regimes"]}
      />
    </Card>
  );
}

function Versions({ name }: { readonly name: RuleBookName }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  return (
    <ListPanel<Omit<RuleBook, "document">>
      embedded
      name="rule-versions"
      title={t("versions")}
      resource={`/due-diligence-rules/${name}/versions`}
      rowId={(one) => String(one.version)}
      columns={[
        {
          id: "version",
          label: t("version"),
          cell: (one) => format.number(one.version),
          text: (one) => one.version,
          width: 100,
          phone: "title",
        },
        {
          id: "reason",
          label: t("reason"),
          cell: (one) => one.reason,
          text: (one) => one.reason,
          width: 360,
          phone: "line",
        },
        {
          id: "by",
          label: t("rules.changedBy"),
          cell: (one) => one.changedBy ?? "–",
          text: (one) => one.changedBy,
          width: 180,
        },
        {
          id: "at",
          label: t("rules.changedAt"),
          cell: (one) => <DateText at={one.changedAt} />,
          text: (one) => one.changedAt,
          align: "end",
          phone: "value",
        },
      ]}
      empty={{ title: t("rules.noVersions"), text: t("rules.noVersionsText") }}
    />
  );
}
