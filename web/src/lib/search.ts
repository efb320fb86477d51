/** URL search strings as plain records; empty values are dropped, keys sorted so that one state is one address. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export function searchString(query: Query): string {
  const params = new URLSearchParams();
  for (const key of Object.keys(query).sort()) {
    const value = query[key];
    if (value === null || value === undefined || value === '') continue;
    params.set(key, String(value));
  }
  return params.toString();
}

export function withSearch(path: string, query: Query): string {
  const search = searchString(query);
  return search === '' ? path : `${path}?${search}`;
}
