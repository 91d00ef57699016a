import { ActionIcon, Autocomplete, Button, Group, TagsInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Line, Lines } from "../../kit/workbench/workbench.tsx";
import { type Path, writePath } from "../paths.ts";
import { useForm } from "./form-state.ts";

/** Dimensions that events, customers and partners usually carry. */
const USUAL = [
  "country",
  "product",
  "brand",
  "symbol",
  "symbol_group",
  "group",
  "licence",
  "account_type",
  "platform",
  "category",
  "device",
  "offer",
  "method",
  "status",
];

interface MatchProps {
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
}

/** Dimensions and the values of them that are meant: one line for each dimension. */
export function MatchField({ value, path, label }: MatchProps) {
  const { t } = useTranslation("plans");
  const { set, readOnly, problemAt } = useForm();
  const entries = Object.entries(
    (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, readonly string[]>>,
  );
  const at = writePath(path);
  const rename = (index: number, name: string) =>
    set(path, Object.fromEntries(entries.map((entry, place) => (place === index ? [name, entry[1]] : entry))));
  return (
    <Lines>
      {entries.map(([name, values], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: while a dimension is renamed its line has to stay the same
        <Line key={index} path={`${at}.${name}`}>
          <Autocomplete
            label={t("form.dimension", { label })}
            value={name}
            data={USUAL}
            w={150}
            readOnly={readOnly}
            error={problemAt(`${at}.${name}`)}
            onChange={(next) => rename(index, next)}
          />
          <TagsInput
            label={t("form.values")}
            style={{ flex: "1 1 160px" }}
            styles={{ inputField: { minWidth: 40 } }}
            value={[...(Array.isArray(values) ? values : [])].map(String)}
            readOnly={readOnly}
            onChange={(next) => set([...path, name], next)}
          />
          {readOnly ? null : (
            <ActionIcon
              size={26}
              aria-label={t("form.remove", { name })}
              onClick={() => set([...path, name], undefined)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Line>
      ))}
      {readOnly ? null : (
        <Group>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() =>
              set([...path, USUAL.find((name) => !entries.some(([used]) => used === name)) ?? "dimension"], [])
            }
          >
            {t("form.addDimension", { label })}
          </Button>
        </Group>
      )}
    </Lines>
  );
}
