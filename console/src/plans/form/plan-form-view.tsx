import { Button, Popover, Stack, TextInput, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { PlanDocument, type PlanFinding } from "@tributary/contract";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Block } from "../../kit/workbench/workbench.tsx";
import { type Path, readPath, writePath } from "../paths.ts";
import { AddField } from "./add-field.tsx";
import { NodeContext } from "./any-field.tsx";
import { ComponentCard, componentSchema, MODELS } from "./component-card.tsx";
import { FieldSlots } from "./fields-field.tsx";
import { FormContext, type FormState } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { NodeField } from "./node-field.tsx";
import { beginning, fieldsOf } from "./shape.ts";

interface PlanFormViewProps {
  readonly value: Readonly<Record<string, unknown>>;
  readonly findings: readonly PlanFinding[];
  readonly focus: string | null;
  readonly readOnly: boolean;
  readonly set: (path: Path, value: unknown) => void;
}

/** The plan as a form: what holds for all of it, and a card for every component. */
export function PlanFormView({ value, findings, focus, readOnly, set }: PlanFormViewProps) {
  const { t } = useTranslation("plans");
  const form = useFocus(focus);
  const components = Array.isArray(value.components)
    ? (value.components as readonly Readonly<Record<string, unknown>>[])
    : [];
  const state: FormState = useMemo(
    () => ({
      set,
      readOnly,
      components: components.map((one) => String(one?.code ?? "")).filter((code) => code !== ""),
      problemAt: (path) => findings.find((one) => one.path === path && one.severity === "error")?.message,
    }),
    [set, readOnly, components, findings],
  );
  const fields = fieldsOf(PlanDocument).filter((field) => !["components", "language"].includes(field.name));
  return (
    <FormContext value={state}>
      <NodeContext value={NodeField}>
        <Stack gap={12} ref={form}>
          <Block title={t("form.general")} actions={<AddField fields={fields} value={value} path={[]} />}>
            <FieldSlots fields={fields} value={value} path={[]} />
          </Block>
          {components.map((component, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a component keeps its card while its code is typed
            <ComponentCard key={index} value={component ?? {}} index={index} all={components} />
          ))}
          {readOnly ? null : (
            <AddComponent codes={state.components} add={(one) => set(["components", components.length], one)} />
          )}
        </Stack>
      </NodeContext>
    </FormContext>
  );
}

/** Shows and marks the place that is looked for, or the nearest one around it that the form shows. */
function useFocus(focus: string | null) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus === null) return;
    const steps = [...readPath(focus)];
    let place: Element | null = null;
    for (; steps.length > 0 && place === null; steps.pop())
      place = form.current?.querySelector(`[data-path="${CSS.escape(writePath(steps))}"]`) ?? null;
    if (place === null) return;
    place.setAttribute("data-marked", "true");
    place.scrollIntoView({ block: "center" });
    place.querySelector<HTMLElement>("input, button")?.focus({ preventScroll: true });
    return () => place.removeAttribute("data-marked");
  }, [focus]);
  return form;
}

interface AddComponentProps {
  readonly codes: readonly string[];
  readonly add: (component: object) => void;
}

/** Every way to earn, found by its name. */
function AddComponent({ codes, add }: AddComponentProps) {
  const { t } = useTranslation("plans");
  const { model: label } = useLabels();
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState("");
  const found = MODELS.filter((model) =>
    `${label(model)} ${model}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const choose = (model: string) => {
    const schema = componentSchema(model);
    if (schema === undefined) return;
    const code = codes.includes(model) ? `${model}_${codes.length + 1}` : model;
    add({ ...(beginning(schema) as object), code });
    setOpened(false);
    setWanted("");
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" withinPortal trapFocus>
      <Popover.Target>
        <Button variant="light" leftSection={<IconPlus size={15} />} onClick={() => setOpened(!opened)}>
          {t("form.addComponent")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} w={320}>
        <TextInput
          aria-label={t("form.searchComponent")}
          placeholder={t("form.searchComponent")}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && found[0] !== undefined && choose(found[0])}
          data-autofocus
        />
        <Stack gap={0} mt={6} mah={280} style={{ overflowY: "auto" }}>
          {found.map((model) => (
            <UnstyledButton key={model} px={8} py={5} fz="sm" onClick={() => choose(model)}>
              {label(model)}
            </UnstyledButton>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
