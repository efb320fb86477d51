/** Begins a claim of one's own firm for a policy and goes to it; a refusal says why, with the way to the claim there is. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { intent, request } from '@/api/client';
import { isProblem } from '@/api/problem';
import { Button, ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';

interface Props {
  readonly firm: string;
  readonly policy: string;
}

export function StartClaim({ firm, policy }: Props) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [key] = useState(intent);
  const start = useMutation({
    mutationFn: () => request<{ readonly id: string }>('POST', `/firms/${encodeURIComponent(firm)}/claims`, { body: { policy }, intent: key }),
    onSuccess: (claim) => {
      void queries.invalidateQueries({ queryKey: ['inbox'] });
      go(`/my-firm/claims/${claim.id}`);
    },
  });
  const claimed = isProblem(start.error) && start.error.code === 'claimed';
  return (
    <div className="start-claim">
      <Button look="primary" size="lg" block busy={start.isPending} onClick={() => start.mutate()}>
        {t('startClaim')}
      </Button>
      <p className="small muted c">{t('startClaimNote')}</p>
      {start.error ? (
        <ErrorNote error={start.error}>
          {claimed ? (
            <ButtonLink href="/my-firm/claims?show=running" size="sm">
              {t('seeClaims')}
            </ButtonLink>
          ) : null}
        </ErrorNote>
      ) : null}
    </div>
  );
}
