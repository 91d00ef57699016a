import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { OneTimeLink, User } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { useSession } from "../session/session.tsx";

const ACTIONS = ["resetLink", "resetFactor", "disable", "enable"] as const;
type Action = (typeof ACTIONS)[number];

function send(action: Action, user: User): Promise<OneTimeLink | User | undefined> {
  if (action === "resetLink") return api.post<OneTimeLink>(`/users/${user.id}/reset-link`);
  if (action === "resetFactor") return api.post<undefined>(`/users/${user.id}/reset-second-factor`);
  const status = action === "disable" ? "disabled" : "active";
  return api.patch<User>(`/users/${user.id}`, { revision: user.revision, status });
}

/** What an administrator does for a person; each says first what it means. */
export function UserActions({ user }: { readonly user: User }) {
  const { t } = useTranslation("admin");
  const { can, me } = useSession();
  const [asked, setAsked] = useState<Action | null>(null);
  const [link, setLink] = useState<string | null>(null);
  if (!can("users.write")) return null;
  const offered = ACTIONS.filter((action) => {
    if (action === "resetFactor") return user.twoFactor;
    if (action === "disable") return user.status === "active" && user.id !== me.userId;
    return action !== "enable" || user.status === "disabled";
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            {t("actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((action) => (
            <Menu.Item key={action} onClick={() => setAsked(action)}>
              {t(`act.${action}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t(`act.${asked ?? "resetLink"}`)}
        text={t(`actText.${asked ?? "resetLink"}`, { name: user.name })}
        action={t(`act.${asked ?? "resetLink"}`)}
        danger={asked === "disable"}
        send={() => send(asked ?? "resetLink", user)}
        done={(answer) => answer !== undefined && "link" in answer && setLink(answer.link)}
        refresh={["users", "audit"]}
      />
      <OnceDialog
        secret={link}
        onClose={() => setLink(null)}
        title={t("resetLinkTitle")}
        text={t("resetLinkText", { name: user.name })}
        done={t("passedOn")}
      />
    </>
  );
}
