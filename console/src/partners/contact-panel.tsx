import { Button, Switch } from "@mantine/core";
import { type Contact, NewContact } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { complain } from "../kit/notices.ts";
import { useSession } from "../session/session.tsx";

export function ContactPanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const add = can("partners.write") ? <Button onClick={() => setAdding(true)}>{t("addContact")}</Button> : undefined;
  return (
    <>
      <ListPanel<Contact>
        embedded
        name="contacts"
        title={t("tabs.contacts")}
        resource={`/partners/${partnerId}/contacts`}
        rowId={(one) => one.id}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "role",
            label: t("role"),
            cell: (one) => one.role || "–",
            text: (one) => one.role,
            width: 160,
            phone: "value",
          },
          {
            id: "email",
            label: t("email"),
            cell: (one) => one.email,
            text: (one) => one.email,
            width: 260,
            phone: "line",
          },
          {
            id: "signatory",
            label: t("signatory"),
            cell: (one) => <SignatorySwitch contact={one} />,
            text: (one) => String(one.signatory),
            width: 110,
          },
          { id: "phone", label: t("phone"), cell: (one) => one.phone || "–", text: (one) => one.phone, width: 160 },
        ]}
        empty={{ title: t("emptyContacts"), text: t("emptyContactsText"), action: add }}
        actions={add}
      />
      <FormDialog
        opened={adding}
        onClose={() => setAdding(false)}
        title={t("addContact")}
        submit={t("addContact")}
        schema={NewContact}
        initial={{ name: "", email: "", phone: "", role: "", signatory: false }}
        fields={[
          { kind: "text", name: "name", label: t("name"), required: true, half: true },
          { kind: "text", name: "role", label: t("role"), half: true },
          { kind: "email", name: "email", label: t("email"), required: true, half: true },
          { kind: "text", name: "phone", label: t("phone"), half: true },
          { kind: "switch", name: "signatory", label: t("signatory"), hint: t("signatoryHint") },
        ]}
        send={(values, key) => api.post<Contact>(`/partners/${partnerId}/contacts`, values, key)}
        done={() => undefined}
        refresh={["partners", "audit"]}
      />
    </>
  );
}

/** Whoever may sign binds the partner, so the operator says who it is. */
function SignatorySwitch({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const change = useChange({
    send: (signatory: boolean) => api.patch(`/partners/${contact.partnerId}/contacts/${contact.id}`, { signatory }),
    refresh: ["partners", "audit"],
  });
  return (
    <Switch
      size="xs"
      aria-label={`${t("signatory")}: ${contact.name}`}
      checked={contact.signatory}
      disabled={!can("partners.write") || change.isPending}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) =>
        change.mutate(event.currentTarget.checked, { onError: (problem) => complain(problem.message, problem.detail) })
      }
    />
  );
}
