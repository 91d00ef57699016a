import { Button, Group } from "@mantine/core";
import { NewSmartLink, type SmartLink, SmartLinkChange, SmartMode, type SmartOption } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { useSession } from "../session/session.tsx";
import { SmartOptionFields } from "./smart-option-fields.tsx";

interface SmartValues {
  readonly revision: number;
  readonly programId: string;
  readonly name: string;
  readonly mode: SmartMode;
  readonly explore: number;
  readonly leastClicks: number;
  readonly offerId: string;
  readonly options: readonly SmartOption[];
}

/** What a smart link chooses from and how. Without one it is a page of its own, else the settings of the record. */
export function SmartEditor({ smart }: { readonly smart: SmartLink | null }) {
  const { t } = useTranslation("tracking");
  const { programs, program } = useSession();
  const go = useGo();
  const form = (
    <RecordForm<SmartValues, SmartLink>
      schema={smart === null ? NewSmartLink : SmartLinkChange}
      initial={{
        revision: smart?.revision ?? 1,
        programId: smart?.programId ?? program?.id ?? programs[0]?.id ?? "",
        name: smart?.name ?? "",
        mode: smart?.mode ?? "weights",
        explore: smart?.explore ?? 10,
        leastClicks: smart?.leastClicks ?? 100,
        offerId: smart?.offerId ?? "",
        options: smart?.options ?? [],
      }}
      fields={useSmartFields(smart === null)}
      submit={smart === null ? t("smart.createDo") : t("save")}
      send={(values, key) => {
        const { revision: _none, ...fresh } = values;
        const { programId: _fixed, ...change } = values;
        return smart === null
          ? api.post<SmartLink>("/smart-links", fresh, key)
          : api.patch<SmartLink>(`/smart-links/${smart.id}`, change);
      }}
      done={(saved) => go(`/smart-links/${saved.id}`)}
      refresh={["smart-links", "audit"]}
    />
  );
  if (smart !== null) return form;
  return (
    <Page
      title={t("smart.create")}
      subtitle={t("smart.createText")}
      parent={{ label: t("smart.title"), to: "/smart-links" }}
      actions={
        <Group>
          <Button variant="default" onClick={() => go("/smart-links")}>
            {t("smart.back")}
          </Button>
        </Group>
      }
    >
      {form}
    </Page>
  );
}

function useSmartFields(isNew: boolean): readonly Field<SmartValues>[] {
  const { t } = useTranslation("tracking");
  const { programs } = useSession();
  const program: Field<SmartValues> = {
    kind: "select",
    name: "programId",
    label: t("program"),
    required: true,
    half: true,
    options: programs.map((one) => ({ value: one.id, label: one.name })),
  };
  return [
    { kind: "text", name: "name", label: t("name"), required: true, half: true },
    ...(isNew ? [program] : []),
    {
      kind: "record",
      name: "offerId",
      label: t("smart.otherwise"),
      hint: t("smart.otherwiseHint"),
      required: true,
      half: true,
      resource: "/offers",
      query: ({ programId }) => ({ programId }),
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "select",
      name: "mode",
      label: t("smart.mode"),
      half: true,
      options: SmartMode.options.map((value) => ({ value, label: t(`smart.modes.${value}`) })),
    },
    {
      kind: "integer",
      name: "explore",
      label: t("smart.explore"),
      hint: t("smart.exploreHint"),
      unit: "%",
      half: true,
      when: ({ mode }) => mode === "best",
    },
    {
      kind: "integer",
      name: "leastClicks",
      label: t("smart.leastClicks"),
      hint: t("smart.leastClicksHint"),
      half: true,
      when: ({ mode }) => mode === "best",
    },
    {
      kind: "own",
      name: "options",
      label: t("smart.options"),
      content: ({ options, programId }, change, error) => (
        <SmartOptionFields
          value={options}
          programId={programId}
          error={error}
          onChange={(next) => change("options", next)}
        />
      ),
    },
  ];
}
