const OPERATOR: Readonly<Record<string, (id: string) => string>> = {
  link: (id) => `/links/${id}`,
  event: (id) => `/events?q=${id}`,
  receipt: (id) => `/intake/${id}`,
  customer: (id) => `/customers/${id}`,
  statement: (id) => `/statements/${id}`,
  postback: (id) => `/postbacks/${id}`,
};
const PARTNER: typeof OPERATOR = {
  link: (id) => `/links/${id}`,
  customer: (id) => `/customers/${id}`,
  statement: (id) => `/earnings/${id}`,
  postback: (id) => `/postbacks/${id}`,
};

/** Where a record is looked at; undefined where it has no page of its own. */
export function pathOf(kind: string, id: string, own: boolean): string | undefined {
  return (own ? PARTNER : OPERATOR)[kind]?.(id);
}
