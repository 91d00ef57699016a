import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Shortcut, useShortcutList } from "../shortcuts.ts";
import css from "./shell.module.css";

const shown: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", Enter: "↵" };

/** Everything the keyboard can do here, by group; a screen's own keys stand with the others. */
export function KeyHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("kit");
  const listed = useShortcutList();
  const palette: Shortcut = {
    keys: t("palette.keys"),
    label: t("palette.open"),
    group: t("keys.everywhere"),
    run: () => {},
  };
  const groups = Map.groupBy([palette, ...listed], (shortcut) => shortcut.group);
  return (
    <Modal opened={opened} onClose={onClose} title={t("keys.help")} size={680}>
      <div className={css.help}>
        {[...groups].map(([group, shortcuts]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {[...Map.groupBy(shortcuts, (shortcut) => shortcut.label)].map(([label, same]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {same.flatMap((shortcut) =>
                      shortcut.keys.split(" ").map((key) => (
                        <Kbd key={`${shortcut.keys}-${key}`} size="xs">
                          {shown[key] ?? key}
                        </Kbd>
                      )),
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
