import { Menu } from "@mantine/core";
import { IconCheck, IconSelector, IconWorld } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/use-format.ts";
import css from "./shell.module.css";

interface ProgramMenuProps {
  readonly programs: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: { readonly id: string; readonly name: string } | null;
  readonly collapsed: boolean;
  readonly onChoose: (id: string | null) => void;
}

/** Which program is looked at, and in which time zone everything is shown. */
export function ProgramMenu({ programs, chosen, collapsed, onChoose }: ProgramMenuProps) {
  const { t } = useTranslation("kit");
  const { zone } = useFormat();
  const name = chosen?.name ?? t("shell.allPrograms");
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={css.control} aria-label={t("shell.program", { name, zone })}>
          <span className={css.face} style={{ flex: "none", borderRadius: 6 }}>
            <IconWorld size={14} aria-hidden="true" />
          </span>
          {collapsed ? null : (
            <>
              <span>
                <b>{name}</b>
                <small>{zone}</small>
              </span>
              <IconSelector size={14} aria-hidden="true" style={{ flex: "none" }} />
            </>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={chosen === null ? <IconCheck size={14} /> : null} onClick={() => onChoose(null)}>
          {t("shell.allPrograms")}
        </Menu.Item>
        {programs.map((program) => (
          <Menu.Item
            key={program.id}
            rightSection={chosen?.id === program.id ? <IconCheck size={14} /> : null}
            onClick={() => onChoose(program.id)}
          >
            {program.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
