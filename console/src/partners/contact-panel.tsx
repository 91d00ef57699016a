import { Button } from "@mantine/core";
import type { Contact } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useSession } from "../session/session.tsx";
import { ContactForm } from "./record/contact-form.tsx";

/** People of the partner with what they do there; whoever has left stays in the list with the day. */
export function ContactPanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [shown, setShown] = useState<Contact | "new" | null>(null);
  const add = can("partners.write") ? <Button onClick={() => setShown("new")}>{t("addContact")}</Button> : undefined;
  return (
    <>
      <ListPanel<Contact>
        embedded
        name="contacts"
        title={t("tabs.contacts")}
        resource={`/partners/${partnerId}/contacts`}
        rowId={(one) => one.id}
        columns={useContactColumns(setShown)}
        empty={{ title: t("emptyContacts"), text: t("emptyContactsText"), action: add }}
        actions={add}
      />
      <ContactForm
        key={shown === null || shown === "new" ? "new" : shown.id}
        partnerId={partnerId}
        contact={shown === "new" ? null : shown}
        opened={shown !== null}
        onClose={() => setShown(null)}
      />
    </>
  );
}

function useContactColumns(change: (contact: Contact) => void): readonly Column<Contact>[] {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const rolesOf = (one: Contact) =>
    one.roles
      .map((role) => (one.primaryFor.includes(role) ? `${t(`contactRole.${role}`)} ★` : t(`contactRole.${role}`)))
      .join(", ");
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "roles",
      label: t("contactRoles"),
      cell: (one) => rolesOf(one) || "–",
      text: (one) => one.roles.join(" "),
      width: 220,
      phone: "value",
    },
    { id: "role", label: t("jobTitle"), cell: (one) => one.role || "–", text: (one) => one.role, width: 150 },
    { id: "email", label: t("email"), cell: (one) => one.email, text: (one) => one.email, width: 220, phone: "line" },
    { id: "phone", label: t("phone"), cell: (one) => one.phone || "–", text: (one) => one.phone, width: 140 },
    {
      id: "leftOn",
      label: t("leftOn"),
      cell: (one) => (one.leftOn === null ? "–" : <DayText day={one.leftOn} />),
      text: (one) => one.leftOn,
      width: 110,
    },
    ...(can("partners.write")
      ? [
          {
            id: "change",
            label: t("change"),
            cell: (one: Contact) => (
              <Button size="compact-xs" variant="default" onClick={() => change(one)}>
                {t("change")}
              </Button>
            ),
            text: () => "",
            width: 100,
          },
        ]
      : []),
  ];
}
