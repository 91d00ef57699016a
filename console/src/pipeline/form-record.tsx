import { Anchor, Button, Group, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { ApplicationFormDetail, FormDefinition } from "@tributary/contract";
import { FORM_LANGUAGES } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { Snippet } from "../kit/snippet.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { QuestionEditor } from "./question-editor.tsx";

const REFRESH = ["application-forms", "audit"];

export function FormRecord() {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const id = useParam("id");
  const form = useRecord<ApplicationFormDetail>(`/application-forms/${id}`);
  const timeline = useHistory("application_form", id);
  const turn = useChange<ApplicationFormDetail, ApplicationFormDetail>({
    send: (one) => api.patch(`/application-forms/${one.id}`, { revision: one.revision, active: !one.active }),
    refresh: REFRESH,
  });
  return (
    <Loaded query={form}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{ label: t("forms"), to: "/application-forms" }}
          badge={<StatusBadge state={one.active ? "active" : "paused"} label={t(one.active ? "on" : "off")} />}
          actions={
            <Group gap="xs">
              {can("pipeline.write") ? (
                <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate(one)}>
                  {t(one.active ? "turnOff" : "turnOn")}
                </Button>
              ) : null}
              <Button component="a" href={`/apply/${one.address}`} target="_blank" rel="noopener">
                {t("openForm")}
              </Button>
            </Group>
          }
          facts={[
            { label: t("program"), value: <NameText id={one.programId} /> },
            { label: t("address"), value: <CopyText text={one.url} /> },
            { label: t("versionShort"), value: one.version },
            { label: t("applications"), value: one.applications },
          ]}
          tabs={[
            {
              id: "questions",
              label: t("questions"),
              content: () => <DefinitionEditor key={one.revision} form={one} />,
            },
            { id: "embed", label: t("embed"), content: () => <EmbedCard key={one.revision} form={one} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

function DefinitionEditor({ form }: { readonly form: ApplicationFormDetail }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [definition, setDefinition] = useState<FormDefinition>(form.definition);
  const save = useChange<undefined, ApplicationFormDetail>({
    send: () => api.patch(`/application-forms/${form.id}`, { revision: form.revision, definition }),
    refresh: REFRESH,
  });
  const set = (part: Partial<FormDefinition>) => setDefinition({ ...definition, ...part });
  return (
    <fieldset disabled={!can("pipeline.write")} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
      <PageCard definition={definition} set={set} />
      <Card title={t("questions")}>
        <QuestionEditor
          languages={definition.languages}
          questions={definition.questions}
          onChange={(questions) => set({ questions: [...questions] })}
        />
      </Card>
      {save.isError ? <ProblemLine error={save.error} /> : null}
      <Button loading={save.isPending} onClick={() => save.mutate(undefined)}>
        {t("saveVersion")}
      </Button>
    </fieldset>
  );
}

interface PageCardProps {
  readonly definition: FormDefinition;
  readonly set: (part: Partial<FormDefinition>) => void;
}

/** What stands around the questions, in each language. */
function PageCard({ definition, set }: PageCardProps) {
  const { t } = useTranslation("pipeline");
  return (
    <Card title={t("page")}>
      <TagsInput
        label={t("languages")}
        data={[...FORM_LANGUAGES]}
        value={definition.languages}
        onChange={(all) =>
          set({ languages: all.filter((one) => FORM_LANGUAGES.includes(one as "en")) as FormDefinition["languages"] })
        }
        maw={420}
        mb="sm"
      />
      {definition.languages.map((language) => (
        <Group key={language} grow align="flex-start" mb="sm">
          <TextInput
            label={`${t("formTitle")} (${language})`}
            value={String(definition.title[language] ?? "")}
            onChange={(event) => set({ title: { ...definition.title, [language]: event.target.value } })}
          />
          <Textarea
            label={`${t("intro")} (${language})`}
            autosize
            minRows={2}
            value={definition.intro[language] ?? ""}
            onChange={(event) => set({ intro: { ...definition.intro, [language]: event.target.value } })}
          />
          <Textarea
            label={`${t("thanks")} (${language})`}
            autosize
            minRows={2}
            value={definition.thanks[language] ?? ""}
            onChange={(event) => set({ thanks: { ...definition.thanks, [language]: event.target.value } })}
          />
        </Group>
      ))}
      <Group>
        <Switch
          label={t("confirmEmail")}
          checked={definition.confirmEmail}
          onChange={(event) => set({ confirmEmail: event.target.checked })}
        />
        <TextInput
          label={t("source")}
          value={definition.source}
          onChange={(event) => set({ source: event.target.value })}
        />
      </Group>
    </Card>
  );
}

function EmbedCard({ form }: { readonly form: ApplicationFormDetail }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [origins, setOrigins] = useState(form.framedBy);
  const save = useChange<undefined, ApplicationFormDetail>({
    send: () => api.patch(`/application-forms/${form.id}`, { revision: form.revision, framedBy: origins }),
    refresh: REFRESH,
  });
  return (
    <Card title={t("embed")}>
      <p style={{ marginTop: 0 }}>{t("embedText")}</p>
      <TagsInput
        label={t("framedBy")}
        placeholder={t("originExample")}
        disabled={!can("pipeline.write")}
        value={origins}
        onChange={setOrigins}
        mb="sm"
      />
      {save.isError ? <ProblemLine error={save.error} /> : null}
      <Button mb="md" loading={save.isPending} disabled={!can("pipeline.write")} onClick={() => save.mutate(undefined)}>
        {t("save")}
      </Button>
      <Snippet
        title={t("embed")}
        code={`<iframe src="${form.url}" title="${form.definition.title.en}" style="width:100%;height:900px;border:0"></iframe>`}
      />
      <p>{t("refText")}</p>
      <Anchor href={`${form.url}?ref=`}>{`${form.url}?ref=…&language=es`}</Anchor>
    </Card>
  );
}
