import { Button, Group, TextInput } from "@mantine/core";
import type { RegimeAttachment, RegimeAttachments, RegimeBook, RuleBook } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { useSay } from "./use-say.ts";

interface RegimeCardProps {
  readonly subjectKind: "partner" | "offer";
  readonly subjectId: string;
}

/** Regimes that a partner or an offer is held to, with the figures of their warnings. */
export function RegimeCard({ subjectKind, subjectId }: RegimeCardProps) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [chosen, setChosen] = useState<RegimeAttachment | null>(null);
  const regimes = useRecord<RegimeAttachments>("/regimes", { subjectKind, subjectId });
  const book = useRecord<RuleBook>("/due-diligence-rules/regimes");
  const all = (book.data?.document as RegimeBook | undefined)?.regimes ?? [];
  const held = regimes.data?.data ?? [];
  const missing = all.filter(({ code }) => !held.some(({ regime }) => regime === code));
  const subject = { subjectKind, subjectId };
  return (
    <Card
      title={t("regimes.title")}
      flush
      actions={
        can("compliance.write") && missing.length > 0 ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              const [first] = missing;
              if (first !== undefined)
                setChosen({
                  regime: first.code,
                  name: first.name,
                  regulator: first.regulator,
                  figures: {},
                  byCountry: true,
                });
            }}
          >
            {t("regimes.attach")}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={regimes}>{({ data }) => <RegimeTable regimes={data} onChoose={setChosen} />}</Loaded>
      {chosen === null ? null : (
        <AttachForm
          key={chosen.regime}
          subject={subject}
          attachment={chosen}
          choices={
            chosen.byCountry
              ? all.filter(({ code }) => code === chosen.regime || missing.some((one) => one.code === code))
              : []
          }
          book={all}
          onClose={() => setChosen(null)}
        />
      )}
    </Card>
  );
}

interface RegimeTableProps {
  readonly regimes: readonly RegimeAttachment[];
  readonly onChoose: (regime: RegimeAttachment) => void;
}

function RegimeTable({ regimes, onChoose }: RegimeTableProps) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const say = useSay();
  const figures = (one: RegimeAttachment) => Object.entries(one.figures).map(([code, value]) => `${code}: ${value}`);
  return (
    <PlainTable
      label={t("regimes.title")}
      rows={regimes}
      rowId={(one) => one.regime}
      columns={[
        { id: "name", label: t("name"), cell: (one) => say(one.name) },
        { id: "regulator", label: t("regimes.regulator"), cell: (one) => one.regulator },
        {
          id: "state",
          label: t("state"),
          cell: (one) => (
            <StatusBadge
              state={one.byCountry ? "byCountry" : "attached"}
              label={t(one.byCountry ? "regimes.byCountry" : "regimes.attached")}
              tones={{ attached: "good", byCountry: "warn" }}
            />
          ),
        },
        { id: "figures", label: t("regimes.figures"), cell: (one) => figures(one).join(", ") || "–" },
        {
          id: "change",
          label: t("change"),
          align: "end",
          cell: (one) =>
            can("compliance.write") ? (
              <Button size="compact-xs" variant="default" onClick={() => onChoose(one)}>
                {t(one.byCountry ? "regimes.attach" : "edit")}
              </Button>
            ) : null,
        },
      ]}
      empty={<EmptyState title={t("regimes.none")} text={t("regimes.noneText")} />}
    />
  );
}

interface AttachFormProps {
  readonly subject: RegimeCardProps;
  readonly attachment: RegimeAttachment;
  readonly choices: RegimeBook["regimes"];
  readonly book: RegimeBook["regimes"];
  readonly onClose: () => void;
}

function AttachForm({ subject, attachment, choices, book, onClose }: AttachFormProps) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const [code, setCode] = useState(attachment.regime);
  const [figures, setFigures] = useState<Readonly<Record<string, string>>>(attachment.figures);
  const send = useChange<boolean, RegimeAttachments>({
    send: (attached) =>
      api.put<RegimeAttachments>("/regimes", {
        ...subject,
        regime: code,
        figures: Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== "")),
        attached,
      }),
    refresh: ["regimes", "partners", "audit"],
    done: onClose,
  });
  const regime = book.find((one) => one.code === code);
  return (
    <FormDialogFrame
      opened
      onClose={onClose}
      title={t("regimes.attach")}
      submit={t("ownership.save")}
      busy={send.isPending}
      onSubmit={() => send.mutate(true)}
    >
      {choices.length > 1 ? (
        <Group gap={6}>
          {choices.map((one) => (
            <Button
              key={one.code}
              size="compact-sm"
              variant={one.code === code ? "filled" : "default"}
              onClick={() => setCode(one.code)}
            >
              {say(one.name)}
            </Button>
          ))}
        </Group>
      ) : (
        <b>{regime === undefined ? code : say(regime.name)}</b>
      )}
      <div>{regime?.duties.map(say).join(" ")}</div>
      {regime?.figures.map((figure) => (
        <TextInput
          key={figure.code}
          label={`${say(figure.name)} (${figure.unit})`}
          value={figures[figure.code] ?? ""}
          onChange={(event) => setFigures({ ...figures, [figure.code]: event.currentTarget.value })}
        />
      ))}
      <small>{regime?.source}</small>
      {attachment.byCountry ? null : (
        <Button variant="subtle" color="red" onClick={() => send.mutate(false)}>
          {t("regimes.detach")}
        </Button>
      )}
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </FormDialogFrame>
  );
}
