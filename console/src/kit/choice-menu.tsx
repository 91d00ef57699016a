import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import css from "./choice-menu.module.css";

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Choices of the same group stand together under its name. */
  readonly group?: string;
}

interface ChoiceMenuProps {
  /** What is chosen: "Broken down by". */
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}

/** One of several, said in the button itself: the controls above a report. */
export function ChoiceMenu({ label, value, choices, onChange }: ChoiceMenuProps) {
  const groups = [...new Set(choices.map((choice) => choice.group))];
  const chosen = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="compact-sm" rightSection={<IconChevronDown size={13} />}>
          <span className={css.label}>{label}</span>
          {chosen}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu ?? ""}>
        {groups.map((group) => (
          <div key={group ?? ""}>
            {group === undefined ? null : <Menu.Label>{group}</Menu.Label>}
            {choices
              .filter((choice) => choice.group === group)
              .map((choice) => (
                <Menu.Item
                  key={choice.value}
                  role="menuitemradio"
                  aria-checked={choice.value === value}
                  rightSection={choice.value === value ? <IconCheck size={14} aria-hidden="true" /> : null}
                  onClick={() => onChange(choice.value)}
                >
                  {choice.label}
                </Menu.Item>
              ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
