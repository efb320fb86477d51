/** A query's three states in one place: waiting, refused, there. Data already here stays while it is refreshed. */
import type { ReactNode } from 'react';
import { ErrorNote } from '@/kit/ErrorNote';
import { SkeletonLines } from '@/kit/Skeleton';

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface Props<T> {
  readonly of: Asked<T>;
  readonly waiting?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

export function Loaded<T>({ of, waiting, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <ErrorNote error={of.error} onRetry={() => void of.refetch()} />;
  return waiting ?? <SkeletonLines />;
}
