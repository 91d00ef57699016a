import { MultiSelect, Select, TagsInput } from "@mantine/core";
import type { ProcedureWhen } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { KINDS } from "../../partners/states.ts";

interface WhenFieldsProps {
  readonly value: ProcedureWhen | undefined;
  /** undefined: for everybody */
  readonly change: (value: ProcedureWhen | undefined) => void;
}

const RISKS = ["low", "medium", "high"] as const;
const CODES = ["region", "program"] as const;

/** For whom a step, a condition or a whole procedure is: everything that is named has to fit, one of a list does. */
export function WhenFields({ value = {}, change }: WhenFieldsProps) {
  const { t } = useTranslation(["procedures", "partners"]);
  const set = (part: { readonly [name in keyof ProcedureWhen]?: ProcedureWhen[name] | undefined }) => {
    const all = Object.entries({ ...value, ...part }).filter(
      ([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0),
    );
    change(all.length === 0 ? undefined : (Object.fromEntries(all) as ProcedureWhen));
  };
  return (
    <>
      <MultiSelect
        label={t("procedures:editor.when.kind")}
        placeholder={value.kind === undefined ? t("procedures:editor.when.everybody") : ""}
        data={KINDS.map((one) => ({ value: one, label: t(`partners:kinds.${one}`) }))}
        value={value.kind ?? []}
        onChange={(kind) => set({ kind })}
      />
      <Select
        label={t("procedures:editor.when.entity")}
        placeholder={t("procedures:editor.when.everybody")}
        clearable
        data={(["individual", "company"] as const).map((one) => ({
          value: one,
          label: t(`procedures:editor.when.entities.${one}`),
        }))}
        value={value.entity ?? null}
        onChange={(entity) => set({ entity: entity === "individual" || entity === "company" ? entity : undefined })}
      />
      <TagsInput
        label={t("procedures:editor.when.country")}
        value={value.country ?? []}
        onChange={(codes) =>
          set({ country: codes.map((code) => code.toUpperCase()).filter((code) => /^[A-Z]{2}$/.test(code)) })
        }
      />
      {CODES.map((name) => (
        <TagsInput
          key={name}
          label={t(`procedures:editor.when.${name}`)}
          value={value[name] ?? []}
          onChange={(codes) => set({ [name]: codes })}
        />
      ))}
      <MultiSelect
        label={t("procedures:editor.when.risk")}
        data={RISKS.map((one) => ({ value: one, label: t(`procedures:editor.when.risks.${one}`) }))}
        value={value.risk ?? []}
        onChange={(levels) => set({ risk: RISKS.filter((one) => levels.includes(one)) })}
      />
    </>
  );
}
