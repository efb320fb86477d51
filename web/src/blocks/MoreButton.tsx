/** Next page of a list: says how many are left, keeps its place while loading, tells of failure beside itself. */
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/numbers';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';

interface Props {
  readonly left: number;
  readonly busy: boolean;
  readonly error?: unknown;
  readonly onMore: () => void;
}

export function MoreButton({ left, busy, error, onMore }: Props) {
  const { t } = useTranslation();
  if (error) return <ErrorNote error={error} onRetry={onMore} />;
  return (
    <p className="more" aria-live="polite">
      <Button onClick={onMore} busy={busy}>
        {busy ? t('moreLoading') : t('more', { left: number(left) })}
      </Button>
    </p>
  );
}
