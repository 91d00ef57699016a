import { Button, Group, Select, Stack } from "@mantine/core";
import type { ImportDetail, ImportMapping, ImportQuestion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";

/** What the data do not say: asked before anything is made. */
export function Questions({ one }: { readonly one: ImportDetail }) {
  const { t } = useTranslation("imports");
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const offers = useRecord<{ data: { id: string; name: string }[] }>("/offers", {
    programId: one.programId,
    limit: 200,
  });
  const answer = useChange({
    send: (mapping: ImportMapping) =>
      api.put<ImportDetail>(`/imports/${one.id}/mapping`, { revision: one.revision, mapping }),
    refresh: ["imports"],
  });
  const asked = one.questions.filter((question) => question.code !== "mixed_days" && question.code !== "mapping");
  const optionsOf = (question: ImportQuestion) =>
    question.code === "offer"
      ? (offers.data?.data ?? []).map((offer) => ({ value: offer.id, label: offer.name }))
      : question.options.map((value) => ({
          value,
          label: t(`option.${value === "." ? "point" : value === "," ? "comma" : value}`),
        }));
  return (
    <Card title={t("questions")}>
      <Stack gap={12} maw={640}>
        {one.questions.map((question) => (
          <div key={keyOf(question)}>
            <NoteLine tone="warn">
              {t(`question.${question.code}`, {
                table: question.table,
                column: question.column ?? "",
                samples: question.samples.join(" · "),
              })}
            </NoteLine>
            {asked.includes(question) ? (
              <Select
                mt={6}
                label={t(`answer.${question.code}`)}
                placeholder={t("choose")}
                data={optionsOf(question)}
                value={answers[keyOf(question)] ?? null}
                onChange={(value) => setAnswers({ ...answers, [keyOf(question)]: value ?? "" })}
              />
            ) : null}
          </div>
        ))}
        <Group>
          <Button
            disabled={asked.some((question) => !answers[keyOf(question)])}
            loading={answer.isPending}
            onClick={() => answer.mutate(answered(one, answers))}
          >
            {t("answerThem")}
          </Button>
        </Group>
        {answer.isError ? <ProblemLine error={answer.error} /> : null}
      </Stack>
    </Card>
  );
}

function keyOf(question: ImportQuestion): string {
  return `${question.code} ${question.table}`;
}

function answered(one: ImportDetail, answers: Readonly<Record<string, string>>): ImportMapping {
  const offer = one.questions.find((question) => question.code === "offer");
  const offerId = offer === undefined ? undefined : answers[keyOf(offer)];
  return {
    ...one.mapping,
    ...(offerId ? { offerId } : {}),
    tables: one.mapping.tables.map((table) => {
      const order = answers[`day_order ${table.table}`];
      const mark = answers[`decimal_mark ${table.table}`];
      return { ...table, ...(order ? { dayOrder: order as "dmy" } : {}), ...(mark ? { decimal: mark as "." } : {}) };
    }),
  };
}
