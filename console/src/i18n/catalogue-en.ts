type Files = Record<string, Record<string, unknown>>;

const product: Files = import.meta.glob(["../*/locales/en.json", "!../showcase/locales/*"], {
  eager: true,
  import: "default",
});
const development: Files = import.meta.glob("../showcase/locales/en.json", { eager: true, import: "default" });

/** Every area's English, in one chunk; `console/src/<area>/locales/en.json` is the namespace `<area>`. */
export const files: Files = import.meta.env.MODE === "production" ? product : { ...product, ...development };
