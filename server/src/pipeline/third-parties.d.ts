declare module "email-providers" {
  const domains: readonly string[];
  export default domains;
}
declare module "disposable-email-domains" {
  const domains: readonly string[];
  export default domains;
}
