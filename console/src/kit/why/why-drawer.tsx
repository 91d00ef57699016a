import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../api/records.ts";
import { Loaded } from "../record/record-page.tsx";
import type { Working } from "./working.ts";
import { WorkingView } from "./working-view.tsx";

interface WhyDrawerProps<T> {
  /** `GET /v1<path>` answers with what explains the figure; null closes the drawer. */
  readonly path: string | null;
  readonly onClose: () => void;
  readonly title?: string;
  /** Takes the working out of the answer. */
  readonly toWorking: (answer: T) => Working;
  /** Beneath the working: events, terms, links. */
  readonly below?: (answer: T) => ReactNode;
}

/** "Why is it this number?" The same drawer everywhere, from a figure down to the event, the clause and the arithmetic. */
export function WhyDrawer<T>({ path, onClose, title, toWorking, below }: WhyDrawerProps<T>) {
  const { t } = useTranslation("kit");
  const phone = useMediaQuery("(max-width: 48em)") ?? false;
  return (
    <Drawer opened={path !== null} onClose={onClose} title={title ?? t("why.title")} size={phone ? "100%" : 520}>
      {path === null ? null : <WhyContent path={path} toWorking={toWorking} below={below} />}
    </Drawer>
  );
}

interface WhyContentProps<T> {
  readonly path: string;
  readonly toWorking: (answer: T) => Working;
  readonly below: ((answer: T) => ReactNode) | undefined;
}

function WhyContent<T>({ path, toWorking, below }: WhyContentProps<T>) {
  const query = useRecord<T>(path);
  return (
    <Loaded query={query}>
      {(answer) => (
        <>
          <WorkingView working={toWorking(answer)} />
          {below?.(answer)}
        </>
      )}
    </Loaded>
  );
}
