import { Button, Group, Stack, Text } from "@mantine/core";
import { type Handover, type HandoverContent, type HandoverDraft, NewHandover } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { say } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { TOUCHED } from "./states.ts";

/** The page that writes itself, and the frozen ones that both sides acknowledge. */
export function HandoverPage() {
  const { t, i18n } = useTranslation("onboarding");
  const { can } = useSession();
  const id = useParam("id");
  const draft = useRecord<HandoverDraft>(`/partners/${id}/handover`, { language: i18n.language });
  const [freezing, setFreezing] = useState(false);
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return (
    <Loaded query={draft}>
      {({ content, frozen }) => (
        <Page
          title={content.title}
          parent={{ label: t("readiness"), to: `/onboarding/${id}` }}
          subtitle={t("handover.text")}
          actions={
            can("partners.write") ? (
              <Button onClick={() => setFreezing(true)}>{t("handover.freeze")}</Button>
            ) : undefined
          }
        >
          {frozen.map((one) => (
            <FrozenCard key={one.id} one={one} />
          ))}
          <ContentCards content={content} />
          <FormDialog<{ language: "en" | "es"; notes: string }, Handover>
            opened={freezing}
            onClose={() => setFreezing(false)}
            title={t("handover.freeze")}
            submit={t("handover.freeze")}
            wide
            schema={NewHandover.pick({ language: true, notes: true })}
            initial={{ language, notes: "" }}
            draft={`handover-${id}`}
            fields={[
              {
                kind: "select",
                name: "language",
                label: t("handover.language"),
                options: [
                  { value: "en", label: "English" },
                  { value: "es", label: "Español" },
                ],
              },
              { kind: "textarea", name: "notes", label: t("handover.notes"), hint: t("handover.notesHint"), rows: 6 },
            ]}
            send={(values, key) => api.post<Handover>(`/partners/${id}/handovers`, values, key)}
            done={() => say(t("handover.frozen"))}
            refresh={TOUCHED}
          />
        </Page>
      )}
    </Loaded>
  );
}

/** A frozen handover: who has acknowledged it, the file, and one's own word. */
export function FrozenCard({ one }: { readonly one: Handover }) {
  const { t } = useTranslation("onboarding");
  const { me } = useSession();
  const own = me.partner === null ? one.operatorWord : one.partnerWord;
  const word = useChange({
    send: () => api.post(`/handovers/${one.id}/acknowledge`, { revision: one.revision, sha256: one.sha256 }),
    refresh: TOUCHED,
    done: () => say(t("handover.acknowledged")),
  });
  const said = (given: Handover["operatorWord"]) =>
    given === null ? t("handover.notYet") : <>{given.name}, <DateText at={given.at} /></>; // biome-ignore format: one line
  return (
    <Card
      title={t("handover.numbered", { number: one.number })}
      actions={
        <Group gap={8}>
          <Button
            size="xs"
            variant="default"
            component="a"
            href={`/v1/handovers/${one.id}/document.pdf`}
            target="_blank"
          >
            {t("handover.open")}
          </Button>
          {own === null ? (
            <Button size="xs" loading={word.isPending} onClick={() => word.mutate(undefined)}>
              {t("handover.acknowledge")}
            </Button>
          ) : null}
        </Group>
      }
    >
      {word.isError ? <ProblemLine error={word.error} /> : null}
      <Properties
        items={[
          [t("handover.frozenBy"), <>{one.frozenBy}, <DateText at={one.frozenAt} /></>], // biome-ignore format: one line
          [t("handover.operator"), said(one.operatorWord)],
          [t("handover.partner"), said(one.partnerWord)],
          ["SHA-256", <CopyText key="hash" text={one.sha256} />],
        ]}
      />
    </Card>
  );
}

export function ContentCards({ content }: { readonly content: HandoverContent }) {
  const { me } = useSession();
  const link = (screen: string | null, value: string) =>
    screen === null || me.partner !== null ? value || "–" : <Go to={screen}>{value || "–"}</Go>;
  return (
    <>
      {content.sections.map((section) => (
        <Card key={section.code} title={section.title}>
          {section.rows.length === 0 ? null : (
            <Properties
              items={section.rows.map((row, index) => [uniqueLabel(section.rows, index), link(row.screen, row.value)])}
            />
          )}
          {section.text.length === 0 ? null : (
            <Stack gap={6} mt={section.rows.length === 0 ? 0 : 12}>
              {section.text.map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two agreements may say the same, and nothing is put in between
                <Text key={index} size="sm">
                  {text}
                </Text>
              ))}
            </Stack>
          )}
        </Card>
      ))}
    </>
  );
}

/** Lines of one name are numbered: a list needs names that differ. */
function uniqueLabel(rows: readonly { readonly label: string }[], index: number): string {
  const label = rows[index]?.label ?? "";
  const before = rows.slice(0, index).filter((row) => row.label === label).length;
  return before === 0 ? label : `${label} (${before + 1})`;
}
