import { Button, Checkbox, Group, TextInput } from "@mantine/core";
import { type AccessQuestion, type Offer, OfferAccess, OfferChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { Card } from "../kit/record/card.tsx";
import { useSession } from "../session/session.tsx";
import { RequestPanel } from "./request-panel.tsx";

/** Who may promote the offer, what a partner is asked, and who asked. */
export function OfferAccessTab({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  return (
    <>
      {can("programs.write") ? (
        <Card title={t("access.title")}>
          <AccessSettings offer={offer} />
        </Card>
      ) : (
        <p>{t(`access.of.${offer.access}`)}</p>
      )}
      {can("links.read") ? <RequestPanel offer={offer} /> : null}
    </>
  );
}

function AccessSettings({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  return (
    <RecordForm
      key={offer.revision}
      schema={OfferChange}
      initial={{ revision: offer.revision, access: offer.access, accessQuestions: offer.accessQuestions }}
      fields={[
        {
          kind: "select",
          name: "access",
          label: t("access.mode"),
          options: OfferAccess.options.map((value) => ({ value, label: t(`access.of.${value}`) })),
        },
        {
          kind: "own",
          name: "accessQuestions",
          label: t("access.questions"),
          when: ({ access }) => access === "request",
          content: ({ accessQuestions }, change) => (
            <Questions value={accessQuestions} onChange={(next) => change("accessQuestions", next)} />
          ),
        },
      ]}
      submit={t("save")}
      send={(values) => api.patch<Offer>(`/offers/${offer.id}`, values)}
      done={() => undefined}
      refresh={["offers", "audit"]}
    />
  );
}

interface QuestionsProps {
  readonly value: readonly AccessQuestion[];
  readonly onChange: (value: AccessQuestion[]) => void;
}

function Questions({ value, onChange }: QuestionsProps) {
  const { t } = useTranslation("programs");
  const change = (code: string, part: Partial<AccessQuestion>) =>
    onChange(value.map((one) => (one.code === code ? { ...one, ...part } : one)));
  return (
    <>
      {value.map((one, index) => (
        <Group key={one.code} gap={8} mb={8} wrap="nowrap">
          <TextInput
            style={{ flex: 1 }}
            aria-label={t("access.question", { number: index + 1 })}
            value={one.text}
            onChange={({ currentTarget }) => change(one.code, { text: currentTarget.value })}
          />
          <Checkbox
            label={t("access.required")}
            checked={one.required}
            onChange={({ currentTarget }) => change(one.code, { required: currentTarget.checked })}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => onChange(value.filter((other) => other.code !== one.code))}
          >
            {t("access.removeQuestion")}
          </Button>
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onChange([...value, { code: freeCode(value), text: "", required: true }])}
      >
        {t("access.addQuestion")}
      </Button>
    </>
  );
}

function freeCode(value: readonly AccessQuestion[]): string {
  const taken = new Set(value.map((one) => one.code));
  let number = value.length + 1;
  while (taken.has(`question-${number}`)) number += 1;
  return `question-${number}`;
}
