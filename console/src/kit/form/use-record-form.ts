import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { z } from "zod";
import { ApiProblem } from "../../api/problem.ts";
import { dropDraft, keepDraft, readDraft } from "./draft.ts";
import { complaintsAbout } from "./validation-words.ts";

export interface FormDeclaration<V extends object, R> {
  /** Of the contract: what the API accepts. Empty strings are left out before it is asked, so optional fields may stay empty. */
  readonly schema: z.ZodType;
  readonly initial: V;
  readonly send: (values: V, idempotencyKey: string) => Promise<R>;
  readonly done: (result: R) => void;
  /** Resources to ask again, e.g. ["partners"]. */
  readonly refresh: readonly string[];
  /** Name under which the unsent is kept in this browser; without it nothing is kept. */
  readonly draft?: string;
}

/** Empty text means "not given": optional fields of the contract are absent, not "". */
export function withoutEmpty<V extends object>(values: V): V {
  const kept = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === "object" && !Array.isArray(value) ? withoutEmpty(value as object) : value,
    ]),
  ) as V;
}

/** State of one form: validation by the contract, the server's field errors, the draft, the guard against leaving. */
export function useRecordForm<V extends object, R>(declaration: FormDeclaration<V, R>) {
  const client = useQueryClient();
  const { draft, initial, schema } = declaration;
  const form = useForm<V>({
    initialValues: { ...initial, ...(draft === undefined ? {} : readDraft<V>(draft)) },
    validate: (values) => complaintsAbout(schema, withoutEmpty(values)),
    validateInputOnBlur: false,
    onValuesChange: (values) => draft !== undefined && keepDraft(draft, values),
  });
  // one key per filled-in form: pressing twice, or again after a lost answer, has one effect
  const key = useRef(crypto.randomUUID());
  const sent = useRef(false);
  const mutation = useMutation<R, ApiProblem, V>({
    mutationFn: (values) => declaration.send(withoutEmpty(values), key.current),
    onSuccess: async (result) => {
      sent.current = true;
      if (draft !== undefined) dropDraft(draft);
      declaration.done(result);
      await Promise.all(declaration.refresh.map((resource) => client.invalidateQueries({ queryKey: [resource] })));
    },
    onError: (error) => {
      key.current = crypto.randomUUID();
      if (!(error instanceof ApiProblem)) return;
      const errors = error.fields.map((field) => [
        field.field.replace(/^body\./, ""),
        [field.message, field.hint].filter(Boolean).join(" "),
      ]);
      form.setErrors(Object.fromEntries(errors));
    },
  });
  const submit = form.onSubmit((values) => mutation.mutate(values));
  return { form, submit, mutation, sent, isDirty: () => form.isDirty() && !sent.current };
}

/** Asks before a page with unsent words is left (the draft is kept anyway where it has a name). */
export function useDirtyGuard(isDirty: () => boolean, question: string): void {
  useBlocker({ shouldBlockFn: () => isDirty() && !window.confirm(question), enableBeforeUnload: isDirty });
}

/** The first refused field is brought into sight and gets the focus. */
export function useFocusOnError(
  errors: Readonly<Record<string, unknown>>,
  root: React.RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    root.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [errors, root]);
}
