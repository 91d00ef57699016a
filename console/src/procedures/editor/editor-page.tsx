import { Button, Group, SegmentedControl } from "@mantine/core";
import type { ProcedureVersion } from "@tributary/contract";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useChange, useRecord } from "../../api/records.ts";
import { useDirtyGuard } from "../../kit/form/use-record-form.ts";
import { useGo, useParam } from "../../kit/link.tsx";
import { Page } from "../../kit/page.tsx";
import { ProblemLine } from "../../kit/problem-state.tsx";
import { Loaded } from "../../kit/record/record-page.tsx";
import { Workbench } from "../../kit/workbench/workbench.tsx";
import { Handbook } from "../handbook.tsx";
import { TOUCHED } from "../states.ts";
import { textOf } from "../texts.ts";
import { EditorAside } from "./editor-aside.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { StagesForm } from "./stages-form.tsx";
import { useEditing } from "./use-editing.ts";
import { YamlView } from "./yaml-view.tsx";

const NEW_YAML = `procedure: new-procedure
title: New procedure
purpose: What it is for.
stages:
  - key: first
    title: First stage
    owner: partner_operations
    due: { days: 2 }
    guide: What is done here.
    tasks:
      - key: first-task
        title: First task
        owner: partner_operations
`;
const NEW: Pick<ProcedureVersion, "definition" | "yaml" | "state" | "version" | "revision" | "procedure"> = {
  procedure: "new-procedure",
  state: "published",
  version: 0,
  revision: 0,
  yaml: NEW_YAML,
  definition: {
    procedure: "new-procedure",
    title: "New procedure",
    purpose: "What it is for.",
    subject: "partner",
    starts: ["manual"],
    stages: [
      {
        key: "first",
        title: "First stage",
        owner: "partner_operations",
        due: { days: 2 },
        guide: "What is done here.",
        tasks: [{ key: "first-task", title: "First task", owner: "partner_operations", required: true, checklist: [] }],
        gate: [],
        escalations: [],
      },
    ],
  },
};

/** A procedure is drawn here: as stages with their steps, or as YAML; the linter beside. */
export function EditorPage() {
  const id = useParam("id");
  const version = useRecord<ProcedureVersion>(`/procedures/${id}/versions/newest`, {}, { enabled: id !== "new" });
  if (id === "new") return <Editor start={NEW} />;
  return <Loaded query={version}>{(one) => <Editor key={one.id} start={one} />}</Loaded>;
}

const VIEWS = ["form", "yaml", "read"] as const;

function Editor({ start }: { readonly start: typeof NEW }) {
  const { t, i18n } = useTranslation("procedures");
  const editing = useEditing(start);
  const [view, setView] = useState<(typeof VIEWS)[number]>("form");
  const [publishing, setPublishing] = useState(false);
  const revision = useRef(start.state === "draft" ? start.revision : undefined);
  const go = useGo();
  useDirtyGuard(() => editing.dirty, t("editor.leave"));
  const save = useChange<void, ProcedureVersion>({
    send: () =>
      api.put<ProcedureVersion>("/procedures/draft", {
        yaml: editing.yaml,
        ...(revision.current === undefined ? {} : { revision: revision.current }),
      }),
    refresh: ["audit"],
    done: (saved) => {
      revision.current = saved.revision;
      editing.saved();
    },
  });
  const blocked = editing.complaints.length > 0 || editing.waiting;
  const errors = editing.checked?.findings.filter(({ level }) => level === "error").length ?? 0;
  const publish = async () => {
    if (editing.dirty || revision.current === undefined) await save.mutateAsync();
    setPublishing(true);
  };
  return (
    <Page
      title={textOf(editing.definition.title, i18n.language)}
      parent={{ label: t("title"), to: start.version === 0 ? "/procedures" : `/procedures/${start.procedure}` }}
    >
      <Workbench
        asideLabel={t("editor.findings")}
        bar={
          <EditorBar
            view={view}
            setView={setView}
            blocked={blocked}
            errors={errors}
            save={save}
            publish={() => void publish()}
          />
        }
        aside={<EditorAside editing={editing} />}
      >
        {save.isError ? <ProblemLine error={save.error} /> : null}
        {view === "form" ? <StagesForm definition={editing.definition} change={editing.change} /> : null}
        {view === "yaml" ? <YamlView editing={editing} /> : null}
        {view === "read" ? <Handbook definition={editing.definition} /> : null}
      </Workbench>
      <PublishDialog
        opened={publishing}
        onClose={() => setPublishing(false)}
        procedure={editing.definition.procedure}
        revision={revision.current ?? 0}
        changes={editing.checked?.changes ?? []}
        done={() => go(`/procedures/${editing.definition.procedure}`)}
        refresh={TOUCHED}
      />
    </Page>
  );
}

type View = (typeof VIEWS)[number];
interface EditorBarProps {
  readonly view: View;
  readonly setView: (view: View) => void;
  /** Nothing can be saved now. */
  readonly blocked: boolean;
  readonly errors: number;
  readonly save: { readonly isPending: boolean; readonly mutate: () => void };
  readonly publish: () => void;
}

function EditorBar({ view, setView, blocked, errors, save, publish }: EditorBarProps) {
  const { t } = useTranslation("procedures");
  return (
    <>
      <SegmentedControl
        size="xs"
        value={view}
        onChange={(value) => setView(VIEWS.find((one) => one === value) ?? "form")}
        data={VIEWS.map((value) => ({ value, label: t(`editor.views.${value}`) }))}
        aria-label={t("editor.view")}
      />
      <div style={{ flex: 1 }} />
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={blocked} loading={save.isPending} onClick={() => save.mutate()}>
          {t("editor.saveDraft")}
        </Button>
        <Button size="xs" disabled={blocked || errors > 0} onClick={publish}>
          {t("editor.publish")}
        </Button>
      </Group>
    </>
  );
}
