import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconLogout, IconMoon, IconSettings, IconSun, IconSunMoon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language } from "../../i18n/languages.ts";
import { useGo } from "../link.tsx";
import css from "./shell.module.css";

interface UserMenuProps {
  readonly name: string;
  readonly detail: string;
  readonly collapsed: boolean;
  readonly settings?: string;
  readonly onLanguage: (language: Language) => void;
  readonly onSignOut: () => void;
}

const schemes = [
  ["light", IconSun],
  ["dark", IconMoon],
  ["auto", IconSunMoon],
] as const;

/** The person: own settings, light or dark, language, sign out. */
export function UserMenu({ name, detail, collapsed, settings, onLanguage, onSignOut }: UserMenuProps) {
  const { t, i18n } = useTranslation("kit");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const go = useGo();
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join("");
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={css.control} aria-label={t("shell.person", { name })}>
          <span className={css.face} style={{ flex: "none" }}>
            {initials}
          </span>
          {collapsed ? null : (
            <span>
              <b>{name}</b>
              <small>{detail}</small>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {settings === undefined ? null : (
          <Menu.Item leftSection={<IconSettings size={15} />} onClick={() => go(settings)}>
            {t("shell.settings")}
          </Menu.Item>
        )}
        <Menu.Label>{t("shell.theme")}</Menu.Label>
        {schemes.map(([scheme, Shown]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Shown size={15} />}
            rightSection={colorScheme === scheme ? <IconCheck size={14} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`shell.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t("shell.language")}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={i18n.language === language ? <IconCheck size={14} /> : null}
            onClick={() => onLanguage(language)}
          >
            {LANGUAGES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={onSignOut}>
          {t("shell.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
