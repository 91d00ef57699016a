type Files = Record<string, Record<string, unknown>>;

const product: Files = import.meta.glob(["../*/locales/es.json", "!../showcase/locales/*"], {
  eager: true,
  import: "default",
});
const development: Files = import.meta.glob("../showcase/locales/es.json", { eager: true, import: "default" });

/** Every area's Spanish, in one chunk; `console/src/<area>/locales/es.json` is the namespace `<area>`. */
export const files: Files = import.meta.env.MODE === "production" ? product : { ...product, ...development };
