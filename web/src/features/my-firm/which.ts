/** Whose matches are looked at: one's own firm, or the firm in the address for an official. */
import { useParams } from 'wouter';
import { useSession } from '@/api/hooks';

export interface Which {
  readonly firm: string;
  /** Path of the matches page, without a slash at its end. */
  readonly base: string;
  /** One's own firm: questions may be answered. */
  readonly mine: boolean;
}

export function useWhich(): Which {
  const { id } = useParams<{ id?: string }>();
  const own = useSession().data?.account?.firm?.id ?? '';
  if (id === undefined) return { firm: own, base: '/my-firm', mine: true };
  return { firm: id, base: `/firms/${id}/matches`, mine: false };
}
