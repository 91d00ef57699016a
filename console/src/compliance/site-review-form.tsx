import { Radio, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { SiteDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { DILIGENCE_REFRESH } from "./states.ts";
import { useSay } from "./use-say.ts";

type Checked = "yes" | "no" | "not_applicable";
const CHOICES = ["yes", "no", "not_applicable"] as const;

/** The checklist point by point, then the verdict with its reason. What the page says by itself is filled in. */
export function ReviewForm({ site, onClose }: { readonly site: SiteDetail; readonly onClose: () => void }) {
  const { t } = useTranslation("compliance");
  const signs = site.snapshots[0]?.signs ?? {};
  const [checklist, setChecklist] = useState<Readonly<Record<string, Checked>>>(
    Object.fromEntries(Object.entries(signs).flatMap(([code, found]) => (found ? [[code, "yes" as const]] : []))),
  );
  const [verdict, setVerdict] = useState<"passed" | "failed">("passed");
  const [reason, setReason] = useState("");
  const [reviewOn, setReviewOn] = useState("");
  const send = useChange({
    send: () =>
      api.post<SiteDetail>(`/sites/${site.id}/reviews`, {
        revision: site.revision,
        verdict,
        reason,
        checklist,
        reviewOn: reviewOn === "" ? null : reviewOn,
      }),
    refresh: DILIGENCE_REFRESH,
    done: onClose,
  });
  const whole = site.checklist.every(({ code }) => checklist[code] !== undefined);
  return (
    <FormDialogFrame
      opened
      wide
      onClose={onClose}
      title={t("sites.review")}
      submit={t("sites.review")}
      ready={whole && reason.trim().length > 2}
      busy={send.isPending}
      onSubmit={() => send.mutate(undefined)}
    >
      <Checklist site={site} checklist={checklist} onChange={setChecklist} />
      <Radio.Group label={t("sites.verdict")} value={verdict} onChange={(value) => setVerdict(value as typeof verdict)}>
        <Stack gap={6} mt={4}>
          <Radio value="passed" label={t("sites.states.passed")} />
          <Radio value="failed" label={t("sites.states.failed")} />
        </Stack>
      </Radio.Group>
      <Textarea
        label={t("reason")}
        withAsterisk
        rows={3}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("sites.reviewOn")}
        description={t("sites.reviewOnHint")}
        value={reviewOn}
        onChange={(event) => setReviewOn(event.currentTarget.value)}
      />
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </FormDialogFrame>
  );
}

interface ChecklistProps {
  readonly site: SiteDetail;
  readonly checklist: Readonly<Record<string, Checked>>;
  readonly onChange: (checklist: Readonly<Record<string, Checked>>) => void;
}

function Checklist({ site, checklist, onChange }: ChecklistProps) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  return (
    <Stack gap="sm">
      {site.checklist.map(({ code, text }) => (
        <div key={code}>
          <Text size="sm">{say(text)}</Text>
          <SegmentedControl
            size="xs"
            aria-label={say(text)}
            value={checklist[code] ?? ""}
            onChange={(value) => onChange({ ...checklist, [code]: value as Checked })}
            data={CHOICES.map((value) => ({ value, label: t(`sites.check.${value}`) }))}
          />
        </div>
      ))}
    </Stack>
  );
}
