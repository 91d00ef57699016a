import { FileInput } from "@mantine/core";
import type { CaseCondition, CaseDetail, CaseEvidence, CaseWaiver } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useConditionWords } from "./condition-words.ts";
import { TOUCHED } from "./states.ts";

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly detail: CaseDetail;
}

/** Gives an order of a case; its file, when there is one, is kept first. */
async function give(detail: CaseDetail, body: Record<string, unknown>, file: File | null): Promise<CaseDetail> {
  const { id } = detail;
  if (file === null)
    return await api.post<CaseDetail>(`/procedure-cases/${id}/orders`, { ...body, revision: detail.revision });
  const kept = await api.upload<CaseEvidence>(`/procedure-cases/${id}/evidence`, file);
  return await api.post<CaseDetail>(`/procedure-cases/${id}/orders`, { ...body, evidence: [kept.id] });
}

interface Signing {
  readonly verdict: "approved" | "refused";
  readonly comment: string;
  readonly text: string;
  readonly link: string;
}

/** A named person's decision, with what it rests on. */
export function SignDialog({
  opened,
  onClose,
  detail,
  condition,
}: DialogProps & { readonly condition: CaseCondition }) {
  const { t } = useTranslation("procedures");
  const words = useConditionWords()(condition);
  const [file, setFile] = useState<File | null>(null);
  return (
    <FormDialog<Signing, CaseDetail>
      opened={opened}
      onClose={onClose}
      wide
      title={words.title}
      submit={t("sign")}
      schema={z.object({ verdict: z.enum(["approved", "refused"]), comment: z.string().optional() })}
      initial={{ verdict: "approved", comment: "", text: "", link: "" }}
      fields={[
        {
          kind: "select",
          name: "verdict",
          label: t("verdict"),
          options: ["approved", "refused"].map((value) => ({ value, label: t(`verdicts.${value}`) })),
        },
        { kind: "textarea", name: "comment", label: t("comment"), rows: 2 },
        {
          kind: "textarea",
          name: "text",
          label: t("evidenceText"),
          hint: t(condition.evidenceNeeded ? "evidenceNeeded" : "evidenceHint"),
          rows: 3,
        },
        { kind: "url", name: "link", label: t("evidenceLink") },
        {
          kind: "note",
          name: "file",
          label: "",
          content: (
            <FileInput
              label={t("evidenceFile")}
              placeholder={t("chooseFile")}
              value={file}
              onChange={setFile}
              clearable
            />
          ),
        },
      ]}
      send={({ verdict, comment = "", text = "", link = "" }) =>
        give(
          detail,
          {
            do: "sign",
            decision: condition.key,
            verdict,
            comment,
            texts: text === "" ? [] : [text],
            links: link === "" ? [] : [link],
          },
          file,
        )
      }
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

/** A condition is waived until a day; a second person has to agree. */
export function WaiveDialog({
  opened,
  onClose,
  detail,
  condition,
}: DialogProps & { readonly condition: CaseCondition }) {
  const { t } = useTranslation("procedures");
  const words = useConditionWords()(condition);
  const [file, setFile] = useState<File | null>(null);
  return (
    <FormDialog<{ readonly reason: string; readonly until: string }, CaseDetail>
      opened={opened}
      onClose={onClose}
      title={t("waiveTitle", { title: words.title })}
      submit={t("propose")}
      schema={z.object({ reason: z.string().min(1), until: z.iso.date() })}
      initial={{ reason: "", until: "" }}
      fields={[
        { kind: "textarea", name: "reason", label: t("reason"), hint: t("waiveHint"), rows: 3, required: true },
        { kind: "day", name: "until", label: t("lastDay"), required: true },
        {
          kind: "note",
          name: "file",
          label: "",
          content: (
            <FileInput
              label={t("evidenceFile")}
              placeholder={t("chooseFile")}
              value={file}
              onChange={setFile}
              clearable
            />
          ),
        },
      ]}
      send={(values) => give(detail, { do: "waive", condition: condition.key, ...values }, file)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

/** The second person's word on a waiver. */
export function WaiverAnswerDialog({ opened, onClose, detail, waiver }: DialogProps & { readonly waiver: CaseWaiver }) {
  const { t } = useTranslation("procedures");
  return (
    <FormDialog<{ readonly answer: string; readonly comment: string }, CaseDetail>
      opened={opened}
      onClose={onClose}
      title={t("answerWaiver")}
      submit={t("send")}
      schema={z.object({ answer: z.enum(["sign_waiver", "decline_waiver"]), comment: z.string().optional() })}
      initial={{ answer: "sign_waiver", comment: "" }}
      fields={[
        {
          kind: "note",
          name: "why",
          label: "",
          content: <p>{t("waiverAsked", { name: waiver.proposedBy, reason: waiver.reason, day: waiver.until })}</p>,
        },
        {
          kind: "select",
          name: "answer",
          label: t("verdict"),
          options: ["sign_waiver", "decline_waiver"].map((value) => ({ value, label: t(`waiverAnswers.${value}`) })),
        },
        { kind: "textarea", name: "comment", label: t("comment"), rows: 2 },
      ]}
      send={({ answer, comment = "" }) => give(detail, { do: answer, waiver: waiver.id, comment }, null)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

const REASONED = ["send_back", "drop", "reopen"] as const;
export type Reasoned = (typeof REASONED)[number];

/** Sends back, drops or reopens, with the reason that stays in the history. */
export function SteerDialog({ opened, onClose, detail, what }: DialogProps & { readonly what: Reasoned }) {
  const { t } = useTranslation("procedures");
  const place = detail.stagesOf.findIndex(({ key }) => key === detail.stage);
  const earlier = detail.stagesOf.filter(
    (_, index) => index < place || (index === place && detail.status === "finished"),
  );
  const reason = {
    kind: "textarea",
    name: "reason",
    label: t("reason"),
    hint: t(`steerHints.${what}`),
    rows: 3,
    required: true,
  } as const;
  return (
    <FormDialog<{ readonly reason: string; readonly to: string }, CaseDetail>
      opened={opened}
      onClose={onClose}
      title={t(`steer.${what}`)}
      submit={t(`steer.${what}`)}
      danger={what === "drop"}
      schema={z.object({ reason: z.string().trim().min(1) })}
      initial={{ reason: "", to: earlier.at(-1)?.key ?? "" }}
      fields={
        what === "send_back"
          ? [
              {
                kind: "select",
                name: "to",
                label: t("backTo"),
                options: earlier.map(({ key, title }) => ({ value: key, label: title })),
              },
              reason,
            ]
          : [reason]
      }
      send={({ to, reason: why }) =>
        give(detail, { do: what, reason: why, ...(what === "send_back" ? { to } : {}) }, null)
      }
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}
