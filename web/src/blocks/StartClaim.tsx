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
  /** `row`: in a list, without the note; `second`: beside another step that leads. */
  readonly look?: 'lead' | 'second' | 'row';
  /** Names what is claimed where several buttons stand on a page. */
  readonly of?: string;
}

export function StartClaim({ firm, policy, look = 'lead', of }: Props) {
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
  const unfit = isProblem(start.error) && start.error.code === 'no_fit';
  return (
    <div className={`start-claim ${look}`}>
      <Button look={look === 'lead' ? 'primary' : 'plain'} size={look === 'row' ? 'md' : 'lg'} block={look !== 'row'} busy={start.isPending} aria-label={of === undefined ? undefined : t('startClaimOf', { policy: of })} onClick={() => start.mutate()}>
        {t(look === 'row' ? 'claimIt' : 'startClaim')}
      </Button>
      {look === 'row' ? null : <p className="small muted c">{t('startClaimNote')}</p>}
      {start.error ? (
        <ErrorNote error={start.error}>
          {claimed ? (
            <ButtonLink href="/my-firm/claims?show=running" size="sm">
              {t('seeClaims')}
            </ButtonLink>
          ) : unfit && look !== 'lead' ? (
            <ButtonLink href={`/my-firm/policies/${policy}`} size="sm">
              {t('seeWhy')}
            </ButtonLink>
          ) : null}
        </ErrorNote>
      ) : null}
    </div>
  );
}
