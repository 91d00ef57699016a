import { ActionIcon, Button, Menu, TextInput } from "@mantine/core";
import { IconBookmarkPlus, IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialogFrame } from "../dialog-frame.tsx";
import { doWithUndo } from "../notices.ts";
import { ProblemLine } from "../problem-state.tsx";
import css from "./list.module.css";
import { isChanged, withView } from "./list-query.ts";
import type { ListModel } from "./use-list.ts";

/** Views as tabs: those of the screen, then the person's own, which this browser remembers. */
export function ViewTabs<T>({ model, label }: { readonly model: ListModel<T>; readonly label: string }) {
  const { t } = useTranslation("kit");
  const { views, state, search, setSearch, filters, saved } = model;
  const changed = isChanged(search, filters);
  const own = saved.views.find((view) => view.id === state.view?.id);
  const [hidden, setHidden] = useState<string | null>(null);
  const remove = (id: string) => {
    setHidden(id);
    setSearch({});
    doWithUndo(
      t("views.removed"),
      () => saved.remove.mutate(id),
      () => setHidden(null),
    );
  };
  return (
    <nav className={css.tabs} aria-label={label}>
      {views
        .filter((view) => view.id !== hidden)
        .map((view) => (
          <button
            key={view.id}
            type="button"
            className={css.tab}
            aria-current={view.id === state.view?.id ? "true" : undefined}
            onClick={() => setSearch(withView(search, filters, view.id))}
          >
            {view.label}
          </button>
        ))}
      {own === undefined ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon size={24} aria-label={t("views.menu")}>
              <IconDots size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => remove(own.id)}>{t("views.remove")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {changed ? <SaveView model={model} /> : null}
    </nav>
  );
}

function SaveView<T>({ model }: { readonly model: ListModel<T> }) {
  const { t } = useTranslation("kit");
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const { saved, state, search, setSearch, filters } = model;
  const save = () => {
    const view = {
      label: name.trim(),
      filters: state.filters,
      ...(state.sort === undefined ? {} : { sort: state.sort }),
    };
    saved.save.mutate(view, {
      onSuccess: ({ id }) => {
        setSearch(withView(search, filters, id));
        setOpen(false);
        setName("");
      },
    });
  };
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        ml={6}
        leftSection={<IconBookmarkPlus size={14} />}
        onClick={() => setOpen(true)}
      >
        {t("views.save")}
      </Button>
      <FormDialogFrame
        opened={open}
        title={t("views.save")}
        submit={t("views.saveDo")}
        onClose={() => setOpen(false)}
        onSubmit={save}
        ready={name.trim() !== ""}
        busy={saved.save.isPending}
      >
        <TextInput
          label={t("views.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {saved.save.isError ? <ProblemLine error={saved.save.error} /> : null}
      </FormDialogFrame>
    </>
  );
}
