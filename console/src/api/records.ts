import { QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Page, type QueryParams } from "./client.ts";
import { ApiProblem } from "./problem.ts";

/** Refusals are answers, not accidents: only a missing answer and a broken server are asked again. */
function worthAnotherTry(failures: number, error: Error): boolean {
  if (failures >= 2) return false;
  return !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: worthAnotherTry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}

/** The first part of the path names the resource, so that a change can refresh every list and record of it. */
function keyOf(path: string, query: QueryParams = {}) {
  const resource = path.split("/")[1] ?? path;
  return [resource, path, query] as const;
}

/** While a query is asked anew its old answer stays; another record's answer never does, or one could act on the wrong one. */
function sameAddress<T>(path: string) {
  return (before: T | undefined, query: { readonly queryKey: readonly unknown[] } | undefined): T | undefined =>
    query?.queryKey[1] === path ? before : undefined;
}

/** Asking many loaded pages again every few seconds would cost more than it tells. */
const LIVE_PAGES_MAX = 3;

export interface RecordOptions {
  readonly enabled?: boolean;
  /** Ask again every so many seconds while the window is visible. */
  readonly liveSeconds?: number;
}

/** One record or one computed answer: `useRecord<Partner>("/partners/prt_1")`. */
export function useRecord<T>(path: string, query: QueryParams = {}, options: RecordOptions = {}) {
  return useQuery<T, ApiProblem>({
    queryKey: keyOf(path, query),
    queryFn: ({ signal }) => api.get<T>(path, query, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.liveSeconds === undefined ? false : options.liveSeconds * 1000,
    placeholderData: sameAddress(path),
  });
}

export type PageLoader<T> = (query: QueryParams, signal: AbortSignal) => Promise<Page<T>>;

/** A list, page after page. `load` replaces the API for lists that live in the browser (the kit's show-case). */
export function usePages<T>(
  path: string,
  query: QueryParams,
  options: RecordOptions & { readonly load?: PageLoader<T> } = {},
) {
  const load = options.load ?? ((q: QueryParams, signal: AbortSignal) => api.list<T>(path, q, signal));
  return useInfiniteQuery({
    queryKey: [...keyOf(path, query), "pages"],
    queryFn: ({ pageParam, signal }) => load({ ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<T>) => page.nextCursor,
    enabled: options.enabled ?? true,
    refetchInterval: (asked) => {
      const few = (asked.state.data?.pages.length ?? 0) <= LIVE_PAGES_MAX;
      return options.liveSeconds === undefined || !few ? false : options.liveSeconds * 1000;
    },
    placeholderData: sameAddress(path),
  });
}

interface ChangeOptions<TInput, TResult> {
  readonly send: (input: TInput) => Promise<TResult>;
  /** Resources (first path part) whose lists and records are to be asked again, e.g. ["partners", "audit"]. */
  readonly refresh: readonly string[];
  readonly done?: (result: TResult) => void;
}

/** A change: sends, then refreshes what it touches. */
export function useChange<TInput, TResult>(options: ChangeOptions<TInput, TResult>) {
  const client = useQueryClient();
  return useMutation<TResult, ApiProblem, TInput>({
    mutationFn: options.send,
    onSuccess: async (result) => {
      options.done?.(result);
      await Promise.all(options.refresh.map((resource) => client.invalidateQueries({ queryKey: [resource] })));
    },
  });
}
