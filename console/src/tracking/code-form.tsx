import { NewReferralCode, type ReferralCode, ReferralCodeChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";

interface CodeValues {
  readonly programId: string;
  readonly partnerId: string;
  readonly code: string;
  readonly linkId: string;
  readonly validFrom: string;
  readonly validTo: string;
}

interface CodeFormProps {
  /** null: a new one */
  readonly code: ReferralCode | null;
  readonly onClose: () => void;
}

/** A code: whose it is, which link it stands for, and from when to when it binds customers. */
export function CodeForm({ code, onClose }: CodeFormProps) {
  const { t } = useTranslation("tracking");
  const { programs, program } = useSession();
  return (
    <FormDialog<CodeValues, ReferralCode>
      opened
      wide
      onClose={onClose}
      title={code === null ? t("createCode") : code.code}
      submit={code === null ? t("createCode") : t("save")}
      schema={code === null ? NewReferralCode : ReferralCodeChange}
      initial={{
        programId: code?.programId ?? program?.id ?? programs[0]?.id ?? "",
        partnerId: code?.partnerId ?? "",
        code: code?.code ?? "",
        linkId: code?.linkId ?? "",
        validFrom: code?.validFrom ?? "",
        validTo: code?.validTo ?? "",
      }}
      fields={useCodeFields(code === null)}
      send={(values, key) => {
        const { partnerId, linkId, validFrom, validTo } = values;
        const change = {
          partnerId,
          linkId: linkId || null,
          validFrom: validFrom || null,
          validTo: validTo || null,
        };
        return code === null
          ? api.post<ReferralCode>("/codes", values, key)
          : api.patch<ReferralCode>(`/codes/${code.id}`, change);
      }}
      done={() => undefined}
      refresh={["codes", "audit"]}
    />
  );
}

function useCodeFields(isNew: boolean): readonly Field<CodeValues>[] {
  const { t } = useTranslation("tracking");
  const { programs } = useSession();
  const fresh: readonly Field<CodeValues>[] = [
    {
      kind: "select",
      name: "programId",
      label: t("program"),
      required: true,
      half: true,
      options: programs.map((one) => ({ value: one.id, label: one.name })),
    },
    { kind: "text", name: "code", label: t("code"), hint: t("codeHint"), required: true, half: true },
  ];
  return [
    ...(isNew ? fresh : []),
    {
      kind: "record",
      name: "partnerId",
      label: t("codeOwner"),
      hint: isNew ? "" : t("codeOwnerHint"),
      required: true,
      half: true,
      resource: "/partners",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "record",
      name: "linkId",
      label: t("codeLink"),
      hint: t("codeLinkHint"),
      half: true,
      resource: "/links",
      query: ({ partnerId }): Record<string, string> => (partnerId === "" ? {} : { partnerId }),
      toOption: (row) => ({ value: row.id, label: row.name || row.code }),
    },
    { kind: "instant", name: "validFrom", label: t("validFrom"), half: true },
    { kind: "instant", name: "validTo", label: t("validTo"), half: true },
  ];
}
