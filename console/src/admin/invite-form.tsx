import { NewInvitation, type OneTimeLink } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { EMPTY_ROLE, grantOf, RoleEntry, useRoleFields } from "./role-words.ts";

const Entry = RoleEntry.extend({ email: NewInvitation.shape.email, name: NewInvitation.shape.name });
type Typed = Record<keyof typeof Entry.shape, string>;
const EMPTY: Typed = { email: "", name: "", ...EMPTY_ROLE };

/** Invites one of the operator's people; a partner's people are invited at the partner. */
export function InviteForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("admin");
  const roleFields = useRoleFields<Typed>();
  const [made, setMade] = useState<OneTimeLink | null>(null);
  return (
    <>
      <FormDialog
        opened={opened}
        onClose={onClose}
        title={t("invite")}
        submit={t("inviteDo")}
        wide
        schema={Entry}
        initial={EMPTY}
        draft="invitation-new"
        fields={[
          { kind: "email", name: "email", label: t("email"), required: true, half: true },
          { kind: "text", name: "name", label: t("name"), half: true },
          ...roleFields,
        ]}
        send={(values, key) => {
          const entry = Entry.parse(values);
          const person = { email: entry.email, name: entry.name };
          return api.post<OneTimeLink>("/invitations", { ...person, grants: [grantOf(entry)] }, key);
        }}
        done={setMade}
        refresh={["invitations", "audit"]}
      />
      <OnceDialog
        secret={made?.link ?? null}
        onClose={() => setMade(null)}
        title={t("invitationLink")}
        text={t(made?.mailed === true ? "invitationMailed" : "invitationLinkText")}
        done={t("passedOn")}
      />
    </>
  );
}
