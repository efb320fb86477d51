/** What it gives, by when, the document's particulars, and the way to have it checked. */
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/hooks';
import type { FullRecord, PolicyCard, Session } from '@/api/types';
import { say as sayIn, type Lang } from '@/lib/text';
import { Deadline } from '@/blocks/Deadline';
import { takesClaims, useBenefit } from '@/blocks/policy';
import { StartClaim } from '@/blocks/StartClaim';
import { Particulars } from '@/blocks/Particulars';
import { ButtonLink } from '@/kit/Button';
import { useLang } from '@/kit/language';
import { FirmCounts } from '@/blocks/FirmCounts';

interface Props {
  readonly record: FullRecord;
  readonly card: PolicyCard;
  readonly today: string;
}

export function SideCard({ record, card, today }: Props) {
  const { t } = useTranslation('policies');
  const lang = useLang();
  const session = useSession().data;
  const benefit = useBenefit()(card);
  return (
    <aside>
      <div className="panel card">
        {benefit === '' ? null : (
          <>
            <p className="lab">{t('page.benefit')}</p>
            <p className="big">{benefit}</p>
          </>
        )}
        {card.deadline === null ? null : (
          <p className="dl">
            <span>{t('page.window')}</span>
            <Deadline day={card.deadline} today={today} />
          </p>
        )}
        {session ? <Check session={session} card={card} lang={lang} /> : null}
        <Particulars record={record} card={card} today={today} />
      </div>
      {session?.account && session.account.firm === null ? <FirmCounts policy={record.id} /> : null}
    </aside>
  );
}

function Check({ session, card, lang }: { readonly session: Session; readonly card: PolicyCard; readonly lang: Lang }) {
  const { t } = useTranslation('policies');
  const { account } = session;
  if (account && account.firm === null) return null;
  return (
    <div className="check">
      <h2>{t('page.checkTitle')}</h2>
      <p>{account?.firm ? t('page.checkMineText', { name: sayIn(account.firm.name, lang) }) : t('page.checkText')}</p>
      {account?.firm ? (
        <>
          <ButtonLink href={`/my-firm/policies/${card.id}`} look="primary" size="lg" block>
            {t('page.checkMine')}
          </ButtonLink>
          {takesClaims(card) ? <StartClaim look="second" firm={account.firm.id} policy={card.id} /> : null}
        </>
      ) : (
        <ButtonLink href={`/sign-in?next=/my-firm/policies/${card.id}`} look="primary" size="lg" block>
          {t('page.checkAction')}
        </ButtonLink>
      )}
    </div>
  );
}
