import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "./difference.module.css";
import { shiftPoint } from "./shift-point.ts";
import { usePathWords, valueText } from "./value-text.ts";

export interface EditableValue {
  readonly path: string;
  readonly value: string;
  readonly kind: "amount" | "rate" | "number" | "count";
  /** The sentence in which the value stands. */
  readonly says?: { readonly en: string; readonly es: string } | null;
  readonly clause?: string | null;
}

interface ValueFormProps {
  readonly values: readonly EditableValue[];
  readonly currency: string;
  /** What was typed, by address; untouched values are not in it. */
  readonly typed: Readonly<Record<string, string>>;
  readonly onType: (typed: Readonly<Record<string, string>>) => void;
}

/** What is paid comes before thresholds and days. */
const ORDER: readonly EditableValue["kind"][] = ["rate", "amount", "number", "count"];

/** Single values of a document, each with its present one in sight: shares are typed in per cent. */
export function ValueForm({ values, currency, typed, onType }: ValueFormProps) {
  const { i18n } = useTranslation("kit");
  const words = usePathWords();
  return (
    <div className={css.values}>
      {values
        .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
        .map((one) => {
          const { place, name } = words(one.path);
          const unit = one.kind === "rate" ? "%" : one.kind === "amount" ? currency : "";
          return (
            <div key={one.path} className={css.value}>
              <div>
                {saidIn(one, i18n.language) ?? place.replaceAll("_", " ")}
                <div className={css.place}>
                  {[place.replaceAll("_", " "), name, one.clause ?? ""].filter((part) => part !== "").join(" · ")}
                </div>
                <div className={css.place}>
                  {valueText(one.path, one.value, i18n.language)} {one.kind === "rate" ? "" : unit}
                </div>
              </div>
              <TextInput
                size="xs"
                aria-label={`${place} ${name}`}
                inputMode={one.kind === "count" ? "numeric" : "decimal"}
                placeholder={one.kind === "rate" ? inPercent(one.value) : one.value}
                rightSection={unit}
                rightSectionWidth={unit === "" ? 8 : 40}
                value={typed[one.path] ?? ""}
                onChange={(event) => onType({ ...typed, [one.path]: event.currentTarget.value })}
              />
            </div>
          );
        })}
    </div>
  );
}

function saidIn(one: EditableValue, language: string): string | undefined {
  const says = one.says ?? undefined;
  return (language.startsWith("es") ? says?.es : says?.en)?.replace(/[;:]$/, "");
}

/** The typed values as the API takes them: a per cent becomes a share of one. Empty ones are left out. */
export function typedValues(
  values: readonly EditableValue[],
  typed: Readonly<Record<string, string>>,
): { readonly path: string; readonly value: string }[] {
  return values.flatMap(({ path, kind }) => {
    const text = (typed[path] ?? "").trim().replace(",", ".");
    if (text === "") return [];
    return [{ path, value: kind === "rate" ? shiftPoint(text, -2) : text }];
  });
}

function inPercent(share: string): string {
  return shiftPoint(share, 2);
}
