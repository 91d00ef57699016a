import { type Contact, ContactChange, NewContact } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../../api/client.ts";
import { FormDialog } from "../../kit/form/record-form.tsx";

export const CONTACT_ROLES = [
  "owner",
  "signatory",
  "finance",
  "technical",
  "marketing",
  "compliance",
  "other",
] as const;
const leftOn = z.iso
  .date()
  .or(z.literal(""))
  .nullish()
  .transform((value) => value || null);
const Fresh = NewContact.extend({ leftOn });
const Change = ContactChange.extend({ leftOn });

interface Props {
  readonly partnerId: string;
  /** Null: a new one. */
  readonly contact: Contact | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A person of the partner: what it does there, in what it is asked first, and whether it has left. */
export function ContactForm({ partnerId, contact, opened, onClose }: Props) {
  const { t } = useTranslation("partners");
  const path = `/partners/${partnerId}/contacts`;
  const roles = CONTACT_ROLES.map((value) => ({ value, label: t(`contactRole.${value}`) }));
  const title = t(contact === null ? "addContact" : "changeContact");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={title}
      submit={contact === null ? title : t("save")}
      schema={contact === null ? Fresh : Change}
      initial={{
        name: contact?.name ?? "",
        role: contact?.role ?? "",
        email: contact?.email ?? "",
        phone: contact?.phone ?? "",
        roles: contact?.roles ?? [],
        primaryFor: contact?.primaryFor ?? [],
        leftOn: contact?.leftOn ?? "",
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "role", label: t("jobTitle"), half: true },
        { kind: "email", name: "email", label: t("email"), required: true, half: true },
        { kind: "text", name: "phone", label: t("phone"), half: true },
        { kind: "choices", name: "roles", label: t("contactRoles"), hint: t("signatoryHint"), options: roles },
        { kind: "choices", name: "primaryFor", label: t("primaryFor"), hint: t("primaryForHint"), options: roles },
        { kind: "day", name: "leftOn", label: t("leftOn"), hint: t("leftOnHint"), half: true },
      ]}
      send={(values, key) =>
        contact === null
          ? api.post<Contact>(path, Fresh.parse(values), key)
          : api.patch<Contact>(`${path}/${contact.id}`, Change.parse(values))
      }
      done={() => undefined}
      refresh={["partners", "audit"]}
    />
  );
}
