import { Button, Group, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { type FormQuestion, QUESTION_FIELDS, QUESTION_KINDS } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RowTools } from "./rule-rows.tsx";

interface QuestionEditorProps {
  readonly languages: readonly string[];
  readonly questions: readonly FormQuestion[];
  readonly onChange: (questions: readonly FormQuestion[]) => void;
}

/** The questions of a form in their order, each in the form's languages. */
export function QuestionEditor({ languages, questions, onChange }: QuestionEditorProps) {
  const { t } = useTranslation("pipeline");
  const fresh = (): FormQuestion => ({
    id: `question_${questions.length + 1}_${Math.max(0, ...questions.map((one) => one.id.length))}`,
    kind: "text",
    field: "answer",
    required: false,
    label: { en: t("newQuestion") },
    hint: {},
    choices: [],
  });
  return (
    <>
      {questions.map((question, at) => (
        <OneQuestion
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place
          key={at}
          question={question}
          languages={languages}
          tools={<RowTools rows={questions} at={at} onChange={onChange} />}
          onChange={(next) => onChange(questions.map((one, index) => (index === at ? next : one)))}
        />
      ))}
      <Button variant="default" mt="sm" onClick={() => onChange([...questions, fresh()])}>
        {t("addQuestion")}
      </Button>
    </>
  );
}

interface OneQuestionProps {
  readonly question: FormQuestion;
  readonly languages: readonly string[];
  readonly tools: ReactNode;
  readonly onChange: (question: FormQuestion) => void;
}

function OneQuestion({ question, languages, tools, onChange }: OneQuestionProps) {
  const { t } = useTranslation("pipeline");
  const set = (part: Partial<FormQuestion>) => onChange({ ...question, ...part });
  const chooses = question.kind === "choice" || question.kind === "choices";
  return (
    <div style={{ borderTop: "1px solid var(--tb-line)", padding: "10px 0" }}>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t("questionId")}
          title={t("questionIdHint")}
          w={150}
          value={question.id}
          onChange={(event) => set({ id: event.target.value })}
        />
        <Select
          label={t("questionKind")}
          w={160}
          allowDeselect={false}
          value={question.kind}
          data={QUESTION_KINDS.map((value) => ({ value, label: t(`questionKinds.${value}`) }))}
          onChange={(kind) => set({ kind: (kind ?? "text") as FormQuestion["kind"] })}
        />
        <Select
          label={t("fills")}
          w={190}
          allowDeselect={false}
          value={question.field}
          data={QUESTION_FIELDS.map((value) => ({ value, label: t(`columns.${value}`) }))}
          onChange={(field) => set({ field: (field ?? "answer") as FormQuestion["field"] })}
        />
        <Switch
          label={t("required")}
          checked={question.required}
          onChange={(event) => set({ required: event.target.checked })}
        />
        {tools}
      </Group>
      {languages.map((language) => (
        <Group key={language} grow mt={6}>
          <TextInput
            label={`${t("label")} (${language})`}
            value={String(question.label[language] ?? "")}
            onChange={(event) => set({ label: { ...question.label, [language]: event.target.value } })}
          />
          <TextInput
            label={`${t("hint")} (${language})`}
            value={question.hint[language] ?? ""}
            onChange={(event) => set({ hint: { ...question.hint, [language]: event.target.value } })}
          />
        </Group>
      ))}
      {chooses ? (
        <Textarea
          mt={6}
          label={t("choices")}
          description={t("choicesHint", { languages: languages.join(" | ") })}
          autosize
          minRows={3}
          defaultValue={question.choices
            .map((one) => [one.value, ...languages.map((language) => one.label[language] ?? "")].join(" | "))
            .join("\n")}
          onBlur={(event) => set({ choices: choicesOf(event.target.value, languages) })}
        />
      ) : null}
    </div>
  );
}

/** A line per choice: its value, then its label in each language. */
function choicesOf(text: string, languages: readonly string[]): FormQuestion["choices"] {
  return text
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()))
    .flatMap(([value = "", ...labels]) => {
      if (value === "") return [];
      const named = Object.fromEntries(
        languages.map((language, at) => [language, labels[at] ?? ""] as const).filter(([, label]) => label !== ""),
      );
      return [{ value, label: { en: labels[0] || value, ...named } }];
    });
}
