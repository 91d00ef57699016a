import type { Offer, OfferRequest } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NoteLine } from "../kit/problem-state.tsx";

interface AccessFormProps {
  readonly offer: Offer;
  readonly onClose: () => void;
}

interface Values {
  readonly answers: Readonly<Record<string, string>>;
  readonly note: string;
}

/** Asking for an offer: what its operator wants to know, and a word of one's own. */
export function AccessForm({ offer, onClose }: AccessFormProps) {
  const { t } = useTranslation("portal");
  const questions = offer.accessQuestions;
  const answer = z.string().trim().max(2000);
  const schema = z.object({
    answers: z
      .object(Object.fromEntries(questions.map((one) => [one.code, one.required ? answer.min(1) : answer.optional()])))
      .prefault({}),
    note: z.string().max(2000).optional(),
  });
  return (
    <FormDialog<Values, OfferRequest>
      opened
      onClose={onClose}
      title={t("askFor", { offer: offer.name })}
      submit={t("askAccess")}
      schema={schema}
      initial={{ answers: Object.fromEntries(questions.map((one) => [one.code, ""])), note: "" }}
      fields={[
        ...(offer.myAccess === "declined"
          ? [
              {
                kind: "note" as const,
                name: "declined",
                label: "",
                content: <NoteLine tone="warn">{t("declinedBefore")}</NoteLine>,
              },
            ]
          : []),
        ...questions.map((one) => ({
          kind: "textarea" as const,
          name: `answers.${one.code}`,
          label: one.text,
          required: one.required,
          rows: 2,
        })),
        { kind: "textarea", name: "note", label: t("askNote"), hint: t("askNoteHint"), rows: 2 },
      ]}
      send={(values, key) => api.post<OfferRequest>("/offer-requests", { offerId: offer.id, ...values }, key)}
      done={() => undefined}
      refresh={["offers", "offer-requests"]}
    />
  );
}
