import { Button, Checkbox, Group, MultiSelect, NumberInput, Radio, Stack, Text, Textarea } from "@mantine/core";
import type { Answers, AskedQuestionnaire, Question, QuestionnaireAnswer } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { countryCodes } from "../kit/targeting/country-codes.ts";
import { useSession } from "../session/session.tsx";
import { ANSWER_TONES, DILIGENCE_REFRESH } from "./states.ts";
import { useSay } from "./use-say.ts";

interface QuestionnaireCardProps {
  readonly partnerId: string;
  /** The partner's own people answer for themselves. */
  readonly own?: boolean;
}

/** What a partner is asked, what it answered, and what that raises. */
export function QuestionnaireCards({ partnerId, own }: QuestionnaireCardProps) {
  const asked = useRecord<{ readonly data: readonly AskedQuestionnaire[] }>(`/partners/${partnerId}/questionnaires`);
  return (
    <Loaded query={asked}>
      {({ data }) =>
        data.map((one) => (
          <OneQuestionnaire key={one.questionnaire.code} asked={one} partnerId={own === true ? undefined : partnerId} />
        ))
      }
    </Loaded>
  );
}

function OneQuestionnaire({
  asked,
  partnerId,
}: {
  readonly asked: AskedQuestionnaire;
  readonly partnerId: string | undefined;
}) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const say = useSay();
  const [answering, setAnswering] = useState(false);
  const { questionnaire, last, state } = asked;
  const answer = can("documents.write") ? (
    <Button size="xs" variant={state === "answered" ? "default" : "filled"} onClick={() => setAnswering(true)}>
      {t(last === null ? "questions.answer" : "questions.again")}
    </Button>
  ) : undefined;
  return (
    <Card title={say(questionnaire.name)} actions={answer}>
      <Stack gap="sm">
        <Group gap={8}>
          <StatusBadge state={state} label={t(`questions.states.${state}`)} tones={ANSWER_TONES} />
          {last === null ? null : (
            <Text size="sm" c="dimmed">
              {last.answeredBy} · <AgoText at={last.answeredAt} />
              {last.points === null ? null : ` · ${t("questions.points", { count: last.points })}`}
            </Text>
          )}
        </Group>
        {last === null ? null : <GivenAnswers asked={asked} answers={last.answers} />}
        {last?.flags.map((flag) => (
          <StatusBadge key={flag.en} state="flag" label={say(flag)} tones={{ flag: "warn" }} />
        ))}
      </Stack>
      {answering ? <AnswerForm asked={asked} partnerId={partnerId} onClose={() => setAnswering(false)} /> : null}
    </Card>
  );
}

function GivenAnswers({ asked, answers }: { readonly asked: AskedQuestionnaire; readonly answers: Answers }) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const format = useFormat();
  const spoken = ({ kind, options }: Question, value: string): string => {
    if (kind === "yes_no") return t(`questions.${value}`);
    if (kind === "countries") return format.country(value);
    const option = options.find(({ code }) => code === value);
    return option === undefined ? value : say(option.text);
  };
  const rows = asked.questionnaire.questions.flatMap((question) => {
    const given = answers[question.code];
    if (given === undefined) return [];
    return [
      [
        say(question.text),
        (typeof given === "string" ? [given] : given).map((value) => spoken(question, value)).join(", "),
      ] as const,
    ];
  });
  return <Properties items={rows} />;
}

interface AnswerFormProps {
  readonly asked: AskedQuestionnaire;
  readonly partnerId: string | undefined;
  readonly onClose: () => void;
}

function AnswerForm({ asked, partnerId, onClose }: AnswerFormProps) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const { questionnaire, last } = asked;
  const [answers, setAnswers] = useState<Answers>(last?.answers ?? {});
  const send = useChange<Answers, QuestionnaireAnswer>({
    send: (given) =>
      api.post<QuestionnaireAnswer>("/questionnaire-answers", {
        questionnaire: questionnaire.code,
        partnerId,
        answers: given,
      }),
    refresh: DILIGENCE_REFRESH,
    done: onClose,
  });
  const shown = questionnaire.questions.filter(
    ({ onlyIf }) => onlyIf === null || [answers[onlyIf.question]].flat().includes(onlyIf.is),
  );
  const problems = new Map(
    send.error?.fields.map(({ field, message }) => [field.replace(/^(?:body\.)?answers\./, ""), message]) ?? [],
  );
  return (
    <FormDialogFrame
      opened
      wide
      onClose={onClose}
      title={say(questionnaire.name)}
      submit={t("questions.answer")}
      busy={send.isPending}
      onSubmit={() => send.mutate(answers)}
    >
      {shown.map((question) => (
        <QuestionField
          key={question.code}
          question={question}
          value={answers[question.code]}
          error={problems.has(question.code) ? t("questions.wrong") : null}
          onChange={(value) => setAnswers({ ...answers, [question.code]: value })}
        />
      ))}
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </FormDialogFrame>
  );
}

interface QuestionFieldProps {
  readonly question: Question;
  readonly value: string | readonly string[] | undefined;
  readonly error: string | null;
  readonly onChange: (value: string | string[]) => void;
}

function QuestionField({ question, value, error, onChange }: QuestionFieldProps) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const format = useFormat();
  const shared = { label: say(question.text), error, withAsterisk: question.required };
  const one = typeof value === "string" ? value : "";
  const many = Array.isArray(value) ? [...value] : [];
  if (question.kind === "text")
    return <Textarea {...shared} rows={3} value={one} onChange={(event) => onChange(event.currentTarget.value)} />;
  if (question.kind === "number")
    return <NumberInput {...shared} value={one} onChange={(next) => onChange(String(next))} />;
  if (question.kind === "countries")
    return (
      <MultiSelect
        {...shared}
        searchable
        data={countryCodes().map((code) => ({ value: code, label: format.country(code) }))}
        value={many}
        onChange={onChange}
      />
    );
  if (question.kind === "choices")
    return (
      <Checkbox.Group {...shared} value={many} onChange={onChange}>
        <Stack gap={6} mt={4}>
          {question.options.map(({ code, text }) => (
            <Checkbox key={code} value={code} label={say(text)} />
          ))}
        </Stack>
      </Checkbox.Group>
    );
  const options =
    question.kind === "yes_no"
      ? ["yes", "no"].map((code) => ({ code, label: t(`questions.${code}`) }))
      : question.options.map(({ code, text }) => ({ code, label: say(text) }));
  return (
    <Radio.Group {...shared} value={one} onChange={onChange}>
      <Group gap="md" mt={4}>
        {options.map(({ code, label }) => (
          <Radio key={code} value={code} label={label} />
        ))}
      </Group>
    </Radio.Group>
  );
}
