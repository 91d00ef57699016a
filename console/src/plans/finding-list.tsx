import { Group, Loader, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconBulb, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { PlanFinding } from "@tributary/contract";
import { useTranslation } from "react-i18next";

const ICONS = { error: IconCircleX, warning: IconAlertTriangle, hint: IconBulb } as const;
const COLORS = { error: "var(--tb-bad)", warning: "var(--tb-warn)", hint: "var(--tb-info)" } as const;

interface FindingListProps {
  readonly findings: readonly PlanFinding[];
  readonly waiting: boolean;
  readonly jump: (path: string) => void;
}

/** What the linter says, the worst first; each leads to its place. */
export function FindingList({ findings, waiting, jump }: FindingListProps) {
  const { t } = useTranslation("plans");
  const count = (severity: PlanFinding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const errors = count("error");
  return (
    <Stack gap={8}>
      <Group gap={8} mih={24}>
        <Text fw={600} component="h2" fz="sm">
          {t("findings.title")}
        </Text>
        {waiting ? <Loader size={14} aria-label={t("findings.checking")} /> : null}
      </Group>
      {findings.length === 0 ? (
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconCircleCheck size={16} color="var(--tb-good)" aria-hidden="true" style={{ flex: "none", marginTop: 2 }} />
          <Text>{t("findings.none")}</Text>
        </Group>
      ) : (
        <Text c="dimmed" size="xs">
          {t("findings.count", { errors, warnings: count("warning"), hints: count("hint") })}
        </Text>
      )}
      <Stack gap={6} component="ol" p={0} m={0} style={{ listStyle: "none" }}>
        {findings.map((finding) => (
          <li key={`${finding.path} ${finding.code} ${finding.message}`}>
            <Finding finding={finding} jump={jump} />
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

function Finding({ finding, jump }: { readonly finding: PlanFinding; readonly jump: (path: string) => void }) {
  const { t } = useTranslation("plans");
  const Icon = ICONS[finding.severity];
  const question = finding.readings === undefined ? finding.message : questionOf(finding.message, finding.readings);
  return (
    <UnstyledButton
      onClick={() => jump(finding.path)}
      p={8}
      w="100%"
      style={{
        borderRadius: 6,
        border: "1px solid var(--mantine-color-default-border)",
        background: "var(--mantine-color-body)",
      }}
    >
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Icon
          size={16}
          color={COLORS[finding.severity]}
          style={{ flex: "none", marginTop: 2 }}
          aria-label={t(`findings.${finding.severity}`)}
        />
        <Stack gap={3} style={{ minWidth: 0 }}>
          <Text size="sm">{question}</Text>
          {finding.readings?.map((reading, index) => (
            <Text key={reading} size="xs">
              {t("findings.reading", { number: index + 1, reading })}
            </Text>
          ))}
          {finding.wayOut === undefined ? null : <Text size="xs">{finding.wayOut}</Text>}
          {finding.path === "" ? null : (
            <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: "anywhere" }}>
              {finding.path}
            </Text>
          )}
        </Stack>
      </Group>
    </UnstyledButton>
  );
}

/** The question alone: its readings stand below it. */
function questionOf(message: string, readings: readonly string[]): string {
  const at = message.indexOf(`(1) ${readings[0]}`);
  if (at < 0) return message;
  const before = message.slice(0, at);
  return before.slice(0, Math.max(before.lastIndexOf(". "), before.lastIndexOf(".")) + 1) || before;
}
