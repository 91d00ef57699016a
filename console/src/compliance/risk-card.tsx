import { Button, Group, Text } from "@mantine/core";
import { GoDecision, NewOverride, OverrideDecision, RiskLevel, type RiskRating } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { complain } from "../kit/notices.ts";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, NextLine } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DILIGENCE_REFRESH, RISK_TONES } from "./states.ts";
import { useSay } from "./use-say.ts";

/** The risk of a partner with its working line by line, who overrode it, and Go or No-Go. */
export function RiskCard({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [asked, setAsked] = useState<"override" | "decision" | null>(null);
  const rating = useRecord<RiskRating | null>(`/partners/${partnerId}/risk`);
  const rate = useChange({
    send: () => api.post<RiskRating>(`/partners/${partnerId}/risk`, {}),
    refresh: DILIGENCE_REFRESH,
  });
  const rated = rating.data !== null && rating.data !== undefined;
  const actions = can("compliance.write") ? (
    <Group gap="xs">
      {rated ? (
        <Button size="xs" variant="default" onClick={() => setAsked("override")}>
          {t("risk.override")}
        </Button>
      ) : null}
      {rated ? (
        <Button size="xs" variant="default" onClick={() => setAsked("decision")}>
          {t("risk.decide")}
        </Button>
      ) : null}
      <Button
        size="xs"
        variant={rated ? "default" : "filled"}
        loading={rate.isPending}
        onClick={() => rate.mutate(undefined, { onError: (problem) => complain(problem.message, problem.detail) })}
      >
        {t(rated ? "risk.again" : "risk.rate")}
      </Button>
    </Group>
  ) : undefined;
  return (
    <Card title={t("risk.title")} actions={actions} flush>
      <Loaded query={rating}>
        {(one) =>
          one === null ? (
            <EmptyState title={t("risk.unrated")} text={t("risk.unratedText")} />
          ) : (
            <>
              <Rating rating={one} />
              <OverrideForm rating={one} opened={asked === "override"} onClose={() => setAsked(null)} />
              <DecisionForm rating={one} opened={asked === "decision"} onClose={() => setAsked(null)} />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

function Rating({ rating }: { readonly rating: RiskRating }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const level = (one: RiskLevel) => <StatusBadge state={one} label={t(`risk.levels.${one}`)} tones={RISK_TONES} />;
  return (
    <>
      <div style={{ padding: 12 }}>
        <Properties
          items={[
            [t("risk.holds"), level(rating.holds)],
            [
              t("risk.byFactors"),
              <Group key="by" gap={8}>
                {level(rating.level)}
                <span>{t("risk.points", { count: rating.points, medium: rating.medium, high: rating.high })}</span>
              </Group>,
            ],
            [
              t("risk.rated"),
              <span key="rated">
                {rating.ratedBy} · <AgoText at={rating.ratedAt} />
              </span>,
            ],
            [t("risk.reviewOn"), <DayText key="review" day={rating.reviewOn} />],
            [
              t("risk.decision"),
              rating.decision === null
                ? t("risk.undecided")
                : `${t(`risk.${rating.decision}`)} · ${rating.decidedBy}: ${rating.decisionReason}`,
            ],
          ]}
        />
      </div>
      {rating.override === null ? null : <Override rating={rating} />}
      <Working rating={rating} total={format.number(rating.points)} />
    </>
  );
}

function Working({ rating, total }: { readonly rating: RiskRating; readonly total: string }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const say = useSay();
  return (
    <PlainTable
      label={t("risk.working")}
      rows={rating.working}
      rowId={(line) => line.factor}
      columns={[
        { id: "factor", label: t("risk.factor"), cell: (line) => say(line.name), foot: t("risk.sum") },
        {
          id: "value",
          label: t("risk.value"),
          cell: (line) => t(`risk.values.${line.value}`, { defaultValue: line.value }),
        },
        { id: "points", label: t("points"), align: "end", cell: (line) => format.number(line.points) },
        { id: "weight", label: t("risk.weight"), align: "end", cell: (line) => `× ${format.number(line.weight / 10)}` },
        {
          id: "result",
          label: t("risk.result"),
          align: "end",
          cell: (line) => format.number(line.result),
          foot: total,
        },
        {
          id: "least",
          label: t("risk.atLeast"),
          cell: (line) => (line.atLeast === null ? "–" : t(`risk.levels.${line.atLeast}`)),
        },
      ]}
    />
  );
}

function Override({ rating }: { readonly rating: RiskRating }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const format = useFormat();
  const [deciding, setDeciding] = useState<boolean | null>(null);
  const { override } = rating;
  if (override === null) return null;
  const waits = override.state === "proposed";
  const buttons =
    waits && can("compliance.approve") ? (
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => setDeciding(false)}>
          {t("risk.refuse")}
        </Button>
        <Button size="xs" onClick={() => setDeciding(true)}>
          {t("risk.agree")}
        </Button>
      </Group>
    ) : undefined;
  return (
    <>
      <NextLine
        step={{
          title: t(waits ? "risk.overrideWaits" : "risk.overrideHolds", {
            level: t(`risk.levels.${override.level}`),
            day: format.day(override.until),
          }),
          text: `${override.proposedBy}: ${override.reason}`,
          tone: waits ? "info" : "warn",
          action: buttons,
        }}
      />
      <FormDialog
        opened={deciding !== null}
        onClose={() => setDeciding(null)}
        title={t(deciding === true ? "risk.agree" : "risk.refuse")}
        submit={t(deciding === true ? "risk.agree" : "risk.refuse")}
        schema={OverrideDecision}
        initial={{ approve: deciding === true, comment: "" }}
        fields={[{ kind: "textarea", name: "comment", label: t("reason"), rows: 3, required: true }]}
        send={(values) => api.post<RiskRating>(`/risk-overrides/${override.id}/decision`, values)}
        done={() => setDeciding(null)}
        refresh={DILIGENCE_REFRESH}
      />
    </>
  );
}

interface FormProps {
  readonly rating: RiskRating;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function OverrideForm({ rating, opened, onClose }: FormProps) {
  const { t } = useTranslation("compliance");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("risk.override")}
      submit={t("risk.propose")}
      schema={NewOverride}
      initial={{ level: rating.holds, reason: "", until: "" }}
      fields={[
        { kind: "note", name: "note", label: "", content: <Text size="sm">{t("risk.overrideText")}</Text> },
        {
          kind: "select",
          name: "level",
          label: t("risk.level"),
          options: RiskLevel.options.map((value) => ({ value, label: t(`risk.levels.${value}`) })),
          half: true,
        },
        { kind: "day", name: "until", label: t("risk.until"), required: true, half: true },
        { kind: "textarea", name: "reason", label: t("reason"), rows: 3, required: true },
      ]}
      send={(values) => api.post<RiskRating>(`/partners/${rating.partnerId}/risk/overrides`, values)}
      done={onClose}
      refresh={DILIGENCE_REFRESH}
    />
  );
}

function DecisionForm({ rating, opened, onClose }: FormProps) {
  const { t } = useTranslation("compliance");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("risk.decide")}
      submit={t("risk.decide")}
      schema={GoDecision}
      initial={{ revision: rating.revision, decision: rating.decision ?? "go", reason: "" }}
      fields={[
        {
          kind: "select",
          name: "decision",
          label: t("risk.decision"),
          options: ["go", "no_go"].map((value) => ({ value, label: t(`risk.${value}`) })),
        },
        { kind: "textarea", name: "reason", label: t("reason"), rows: 3, required: true },
      ]}
      send={(values) => api.post<RiskRating>(`/partners/${rating.partnerId}/risk/decision`, values)}
      done={onClose}
      refresh={DILIGENCE_REFRESH}
    />
  );
}
