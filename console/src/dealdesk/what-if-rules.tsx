import { Alert, Select, Stack, Text } from "@mantine/core";
import { AttributionRules, type RulesVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { RulesForm } from "../attribution/rules-form.tsx";
import { useRuleWords } from "../attribution/use-rule-words.ts";
import { useFormat } from "../i18n/use-format.ts";
import { MarkedSentences } from "../kit/difference/sentence-difference.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

interface WhatIfRulesProps {
  readonly programId: string;
  /** null: nothing is changed yet. */
  readonly rules: AttributionRules | null;
  readonly onChange: (rules: AttributionRules) => void;
}

/** The rules as they would have been: a version of the program's own, kept or changed part by part. */
export function WhatIfRules({ programId, ...rest }: WhatIfRulesProps) {
  const versions = useRecord<{ data: readonly RulesVersion[] }>(`/programs/${programId}/attribution-rules`, {
    limit: 100,
  });
  return (
    <Loaded query={versions}>
      {({ data }) => <Versions key={programId} programId={programId} versions={data} {...rest} />}
    </Loaded>
  );
}

function Versions({
  programId,
  versions,
  rules,
  onChange,
}: WhatIfRulesProps & { readonly versions: readonly RulesVersion[] }) {
  const { t } = useTranslation("dealdesk");
  const { day } = useFormat();
  const inForce = versions.find((one) => one.inForce) ?? versions[0];
  const [chosen, setChosen] = useState(String(inForce?.version ?? ""));
  const start = versions.find((one) => String(one.version) === chosen)?.rules ?? AttributionRules.parse({});
  const shown = rules ?? start;
  const words = useRuleWords([start, shown]);
  const read = AttributionRules.safeParse(shown);
  const nameOf = (one: RulesVersion) =>
    t(one.validFrom === null ? "ruleVersionFirst" : "ruleVersion", {
      version: one.version,
      from: one.validFrom === null ? "" : day(one.validFrom),
    });
  return (
    <Stack gap={12}>
      <Select
        label={t("ruleStart")}
        description={t("ruleStartHint")}
        allowDeselect={false}
        data={versions.map((one) => ({ value: String(one.version), label: nameOf(one) }))}
        value={chosen}
        onChange={(version) => {
          setChosen(version ?? chosen);
          const picked = versions.find((one) => String(one.version) === version);
          if (picked !== undefined) onChange(picked.rules);
        }}
      />
      <RulesForm programId={programId} rules={shown} onChange={(part) => onChange({ ...shown, ...part })} />
      {read.success ? null : (
        <Alert color="red">
          {read.error.issues.map((issue) => (
            <Text key={issue.message} size="sm">
              {issue.message}
            </Text>
          ))}
        </Alert>
      )}
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t("ruleSaid")}
        </Text>
        <MarkedSentences sentences={words(shown)} against={words(start)} />
      </div>
    </Stack>
  );
}
