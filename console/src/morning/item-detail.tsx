import { Button, Group, Menu, Stack, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import type { MorningItem } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useFormat } from "../i18n/use-format.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Go, useGo } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Factors } from "../kit/queue/queue.tsx";
import { SNOOZES, snoozeUntil, useAnswer } from "./use-answer.ts";

/** One thing: what, why, on what grounds, how its place comes about, and what can be done about it. */
export function ItemDetail({ item }: { readonly item: MorningItem }) {
  const { t } = useTranslation("morning");
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600} size="sm">
          {item.partnerId === null ? null : (
            <>
              <NameText id={item.partnerId} to={`/partners/${item.partnerId}`} />{" "}
            </>
          )}
          {item.title}
        </Text>
        <Text size="sm" c="dimmed">
          {item.cause}
        </Text>
        {item.handedBy === null ? null : (
          <Text size="sm" c="dimmed">
            {t("handedBy")} <NameText id={item.handedBy} />
          </Text>
        )}
      </div>
      {item.evidence.length === 0 ? null : (
        <Stack gap={2}>
          {item.evidence.map(({ text, to }) => (
            <Text key={text} size="xs">
              {to === null ? text : <Go to={to}>{text}</Go>}
            </Text>
          ))}
        </Stack>
      )}
      <Actions item={item} />
      <Rank item={item} />
    </Stack>
  );
}

function Actions({ item }: { readonly item: MorningItem }) {
  const { t } = useTranslation("morning");
  const go = useGo();
  const answer = useAnswer();
  const [asking, setAsking] = useState<"not_useful" | "hand" | null>(null);
  if (item.state !== "open")
    return (
      <Group gap="xs">
        <Text size="sm">{t(`states.${item.state}`)}</Text>
        <Button variant="default" size="compact-sm" onClick={() => answer(item, { answer: "open" })}>
          {t("openAgain")}
        </Button>
      </Group>
    );
  return (
    <Group gap={6}>
      <Button size="compact-sm" rightSection={<IconArrowRight size={13} />} onClick={() => go(item.action.to)}>
        {item.action.label}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => answer(item, { answer: "done" })}>
        {t("done")}
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="compact-sm">
            {t("snooze")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {SNOOZES.map((days) => (
            <Menu.Item
              key={days}
              onClick={() => answer(item, { answer: "snooze", until: snoozeUntil(new Date(), days) })}
            >
              {t("snoozeDays", { count: days })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="subtle" size="compact-sm" onClick={() => setAsking("hand")}>
        {t("hand")}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={() => setAsking("not_useful")}>
        {t("notUseful")}
      </Button>
      <NotUsefulForm item={item} opened={asking === "not_useful"} onClose={() => setAsking(null)} />
      <HandForm item={item} opened={asking === "hand"} onClose={() => setAsking(null)} />
    </Group>
  );
}

interface FormProps {
  readonly item: MorningItem;
  readonly opened: boolean;
  readonly onClose: () => void;
}
const Reason = z.object({ reason: z.string().trim().min(1).max(500) });
const Hand = z.object({ toUserId: z.string().min(1), reason: z.string().max(500) });

function NotUsefulForm({ item, opened, onClose }: FormProps) {
  const { t } = useTranslation("morning");
  return (
    <FormDialog<{ reason: string }, { id: string }>
      opened={opened}
      onClose={onClose}
      title={t("notUseful")}
      submit={t("notUseful")}
      schema={Reason}
      initial={{ reason: "" }}
      fields={[
        { kind: "textarea", name: "reason", label: t("reason"), hint: t("notUsefulHint"), rows: 2, required: true },
      ]}
      send={({ reason }) => api.post(`/morning/${item.id}/answer`, { answer: "not_useful", reason })}
      done={() => undefined}
      refresh={["morning", "morning-weights"]}
    />
  );
}

function HandForm({ item, opened, onClose }: FormProps) {
  const { t } = useTranslation("morning");
  return (
    <FormDialog<{ toUserId: string; reason: string }, { id: string }>
      opened={opened}
      onClose={onClose}
      title={t("hand")}
      submit={t("hand")}
      schema={Hand}
      initial={{ toUserId: "", reason: "" }}
      fields={[
        {
          kind: "record",
          name: "toUserId",
          label: t("to"),
          required: true,
          resource: "/users",
          query: () => ({ side: "operator" }),
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "textarea", name: "reason", label: t("note"), rows: 2 },
      ]}
      send={(values) => api.post(`/morning/${item.id}/answer`, { answer: "hand", ...values })}
      done={() => undefined}
      refresh={["morning"]}
    />
  );
}

function Rank({ item }: { readonly item: MorningItem }) {
  const { t } = useTranslation("morning");
  const format = useFormat();
  const { working } = item;
  const factor = (value: number) => `× ${format.number(value, { maximumFractionDigits: 2 })}`;
  const weights = (
    [
      ["operatorWeight", working.operatorWeight],
      ["personalWeight", working.personalWeight],
      ["learnt", working.learnt],
    ] as const
  ).filter(([, value]) => value !== 1);
  const ftds =
    working.ftds === 0
      ? ""
      : ` (${t("ftds", { count: Math.round(working.ftds * 10) / 10, each: format.money(working.ftdWorth) })})`;
  return (
    <Factors
      factors={[
        [`${t("worth")}${ftds}`, format.money(working.worth)],
        [t("urgency"), factor(working.urgency)],
        [t("chance"), factor(working.chance)],
        ...weights.map(([name, value]) => [t(name), factor(value)] as const),
      ]}
      result={[t("score"), format.number(Math.round(working.score))]}
    />
  );
}
