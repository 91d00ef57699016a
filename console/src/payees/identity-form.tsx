import { NewPayee, NewPayeeVersion, type Payee, type PayeeIdentity, type PayeeVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";

export const PAYEE_REFRESH = ["payees", "payee-versions", "payee-gaps", "audit"];

const EMPTY: PayeeIdentity = {
  kind: "company",
  legalName: "",
  registrationNumber: "",
  street: "",
  city: "",
  postalCode: "",
  region: "",
  country: "",
  email: "",
  language: "en",
};

type Entry = { readonly identity: PayeeIdentity; readonly note: string };

function useIdentityFields<V extends Entry>(): readonly Field<V>[] {
  const { t } = useTranslation("payees");
  const text = (name: string, more: object = {}): Field<V> => ({
    kind: "text",
    name: `identity.${name}`,
    label: t(name),
    half: true,
    ...more,
  });
  return [
    {
      kind: "select",
      name: "identity.kind",
      label: t("kind"),
      half: true,
      options: (["company", "individual"] as const).map((value) => ({ value, label: t(`kinds.${value}`) })),
    },
    text("country", { required: true, placeholder: "ES" }),
    text("legalName", { required: true, half: false, hint: t("legalNameHint") }),
    text("registrationNumber"),
    text("street", { required: true }),
    text("postalCode"),
    text("city", { required: true }),
    text("region"),
    { kind: "email", name: "identity.email", label: t("email"), hint: t("emailHint"), required: true, half: true },
    {
      kind: "select",
      name: "identity.language",
      label: t("language"),
      half: true,
      options: (["en", "es", "de"] as const).map((value) => ({ value, label: t(`languages.${value}`) })),
    },
  ];
}

interface NewPayeeFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly done: (made: Payee) => void;
}

/** A payee and for whom it is paid: both wait for a second person. A partner's own is always for itself. */
export function NewPayeeForm({ opened, onClose, done }: NewPayeeFormProps) {
  const { t } = useTranslation("payees");
  const { me } = useSession();
  const fields = useIdentityFields<Entry & { partnerId: string | null }>();
  const partner: Field<Entry & { partnerId: string | null }> = {
    kind: "record",
    name: "partnerId",
    label: t("partner"),
    hint: t("partnerHint"),
    resource: "/partners",
    toOption: (row) => ({ value: row.id, label: row.name }),
  };
  return (
    <FormDialog<Entry & { partnerId: string | null }, Payee>
      wide
      opened={opened}
      onClose={onClose}
      title={t("create")}
      submit={t("propose")}
      schema={NewPayee}
      initial={{ identity: EMPTY, partnerId: null, note: "" }}
      fields={[...(me.kind === "partner_user" ? [] : [partner]), ...fields, noteField(t)]}
      send={(values, key) => api.post<Payee>("/payees", values, key)}
      done={done}
      refresh={PAYEE_REFRESH}
    />
  );
}

interface ChangeProps {
  readonly payee: Payee;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function IdentityForm({ payee, opened, onClose }: ChangeProps) {
  const { t } = useTranslation("payees");
  return (
    <FormDialog<Entry & { aspect: "identity" }, PayeeVersion>
      wide
      opened={opened}
      onClose={onClose}
      title={t("changeIdentity")}
      submit={t("propose")}
      schema={NewPayeeVersion}
      initial={{ aspect: "identity", identity: payee.identity ?? EMPTY, note: "" }}
      fields={[...useIdentityFields<Entry & { aspect: "identity" }>(), noteField(t)]}
      send={(values, key) => api.post<PayeeVersion>(`/payees/${payee.id}/versions`, values, key)}
      done={() => undefined}
      refresh={PAYEE_REFRESH}
    />
  );
}

/** Why it is asked for: whoever approves reads it. */
export function noteField(t: (key: string) => string) {
  return { kind: "textarea" as const, name: "note", label: t("note"), hint: t("noteHint"), rows: 2 };
}
