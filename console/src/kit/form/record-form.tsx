import { Button } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { FormDialogFrame } from "../dialog-frame.tsx";
import { ProblemLine } from "../problem-state.tsx";
import type { Field } from "./field-declaration.ts";
import css from "./form.module.css";
import { FormFields } from "./form-fields.tsx";
import { type FormDeclaration, useDirtyGuard, useFocusOnError, useRecordForm } from "./use-record-form.ts";

interface RecordFormProps<V extends object, R> extends FormDeclaration<V, R> {
  readonly fields: readonly Field<V>[];
  /** What the button does: "Save changes". */
  readonly submit: string;
}

/** A form in a page. */
export function RecordForm<V extends object, R>({ fields, submit: label, ...declaration }: RecordFormProps<V, R>) {
  const { t } = useTranslation("kit");
  const root = useRef<HTMLFormElement>(null);
  const { form, submit, mutation, isDirty } = useRecordForm(declaration);
  useDirtyGuard(isDirty, t("form.leave"));
  useFocusOnError(form.errors, root);
  return (
    <form ref={root} onSubmit={submit} noValidate>
      <FormFields fields={fields} form={form} />
      {mutation.isError ? <ProblemLine error={mutation.error} /> : null}
      <div className={css.foot}>
        <Button type="submit" loading={mutation.isPending}>
          {label}
        </Button>
        {declaration.draft !== undefined && form.isDirty() ? (
          <span className={css.draft}>{t("form.draftKept")}</span>
        ) : null}
      </div>
    </form>
  );
}

interface FormDialogProps<V extends object, R> extends RecordFormProps<V, R> {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly wide?: boolean;
  readonly danger?: boolean;
}

/** A form in a dialog; it closes when it was sent. Closing it keeps what was typed (when it has a draft's name). */
export function FormDialog<V extends object, R>(props: FormDialogProps<V, R>) {
  return props.opened ? <OpenFormDialog {...props} /> : null;
}

function OpenFormDialog<V extends object, R>({
  opened,
  onClose,
  title,
  fields,
  submit: label,
  wide,
  danger,
  ...rest
}: FormDialogProps<V, R>) {
  const root = useRef<HTMLDivElement>(null);
  const declaration: FormDeclaration<V, R> = {
    ...rest,
    done: (result) => {
      onClose();
      rest.done(result);
    },
  };
  const { form, submit, mutation } = useRecordForm(declaration);
  useFocusOnError(form.errors, root);
  return (
    <FormDialogFrame
      opened={opened}
      title={title}
      submit={label}
      onClose={onClose}
      onSubmit={() => submit()}
      busy={mutation.isPending}
      wide={wide ?? false}
      danger={danger ?? false}
    >
      <div ref={root}>
        <FormFields fields={fields} form={form} />
      </div>
      {mutation.isError ? <ProblemLine error={mutation.error} /> : null}
    </FormDialogFrame>
  );
}
