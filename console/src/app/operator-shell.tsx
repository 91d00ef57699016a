import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { SECTIONS } from "../kit/area-declaration.ts";
import { useGo } from "../kit/link.tsx";
import { ProblemState } from "../kit/problem-state.tsx";
import { AppShell } from "../kit/shell/app-shell.tsx";
import { ProgramMenu } from "../kit/shell/program-menu.tsx";
import { Splash } from "../kit/shell/splash.tsx";
import { UserMenu } from "../kit/shell/user-menu.tsx";
import { chooseLanguage, signOut } from "../session/own-choices.ts";
import { SessionGate, useSession } from "../session/session.tsx";
import { areas } from "./areas.ts";

const Palette = lazy(async () => ({ default: (await import("../kit/shell/palette.tsx")).Palette }));

/** Everything behind the sign-in of the operator's people. */
export function OperatorShell() {
  const go = useGo();
  const { href } = useLocation();
  const leave = useCallback(() => go(`/sign-in?next=${encodeURIComponent(href)}`), [go, href]);
  return (
    <SessionGate
      waiting={<Splash />}
      failed={(error, retry) => <ProblemState error={error} retry={retry} />}
      onSignedOut={leave}
    >
      <OperatorFrame />
    </SessionGate>
  );
}

function OperatorFrame() {
  const { t } = useTranslation("app");
  const { me, can, programs, program, chooseProgram } = useSession();
  if (me.kind === "partner_user") {
    window.location.replace("/portal");
    return <Splash />;
  }
  const entries = areas.flatMap((area) => area.navigation ?? []).filter((entry) => can(entry.permission));
  const actions = areas.flatMap((area) => area.actions ?? []).filter((action) => can(action.permission));
  const finders = areas.flatMap((area) => area.finders ?? []);
  return (
    <AppShell
      entries={entries}
      sections={SECTIONS}
      palette={
        <Suspense fallback={null}>
          <Palette entries={entries} actions={actions} finders={finders} />
        </Suspense>
      }
      controls={(collapsed) => (
        <>
          <ProgramMenu programs={programs} chosen={program} collapsed={collapsed} onChoose={chooseProgram} />
          <UserMenu
            name={me.name}
            detail={me.email ?? t("operator")}
            collapsed={collapsed}
            settings="/account"
            onLanguage={(language) => void chooseLanguage(language)}
            onSignOut={() => void signOut("/sign-in")}
          />
        </>
      )}
    >
      <Outlet />
    </AppShell>
  );
}
