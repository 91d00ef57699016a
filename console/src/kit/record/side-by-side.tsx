import type { ReactNode } from "react";
import css from "./side-by-side.module.css";

/** What one moves at the side, what comes of it beside; one above the other where there is no room. */
export function SideBySide({ side, children }: { readonly side: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={css.columns}>
      <div>{side}</div>
      <div className={css.main}>{children}</div>
    </div>
  );
}
