import { api } from "../api/client.ts";
import type { Language } from "../i18n/languages.ts";
import { changeLanguage } from "../i18n/start.ts";

/** Changes the language here at once, and for mails and other browsers at the server; a failure there changes nothing here. */
export async function chooseLanguage(language: Language): Promise<void> {
  await changeLanguage(language);
  await api.patch("/me", { language }).catch(() => undefined);
}

/** Signs out and loads the page anew, so that nothing of the person stays in memory. */
export async function signOut(entrance: string): Promise<void> {
  const { auth } = await import("./auth-client.ts");
  await auth.signOut();
  window.location.assign(entrance);
}
