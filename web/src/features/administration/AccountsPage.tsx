/** Accounts by login: who, what they may do, where they belong. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { join } from '@/lib/text';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { useCodeNames } from '@/blocks/values';
import { Button, ButtonLink } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { useRoleName } from './roles';
import { useAccounts, type ManagedAccount } from './wire';
import './administration.css';

export default function AccountsPage() {
  const { t } = useTranslation('administration');
  const common = useTranslation().t;
  const list = useAccounts();
  return (
    <div className="wrap desk-page">
      <div className="desk-head">
        <div>
          <PageHeading title={t('accounts')}>{t('accounts')}</PageHeading>
        </div>
        <ButtonLink href="/administration/accounts/new" look="primary">
          <Icon name="plus" />
          {t('newAccount')}
        </ButtonLink>
      </div>
      <section className="panel below" aria-label={t('accounts')}>
        <Loaded of={list} waiting={<div className="pad"><SkeletonRows rows={6} /></div>}>
          {(data) => (
            <ul className="accounts">
              {data.pages.flatMap((page) => page.items).map((account) => (
                <Row key={account.id} account={account} />
              ))}
            </ul>
          )}
        </Loaded>
      </section>
      {list.hasNextPage ? (
        <p className="more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? common('moreLoading') : t('moreAccounts')}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function Row({ account }: { readonly account: ManagedAccount }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const role = useRoleName();
  const region = useCodeNames(['region']).get('region');
  const belongs = join([say(account.organisation?.name), say(account.firm?.name), say(account.park?.name), account.region === null ? '' : say(region?.get(account.region)) || account.region], ' · ');
  return (
    <li>
      <div className="who-is">
        <Link href={`/administration/accounts/${account.id}`}>{account.name}</Link>
        <span className="muted small mono">{account.login}</span>
      </div>
      <span className="small belongs">{belongs}</span>
      <span className="chips">
        {account.roles.map((one) => (
          <span className="tag" key={one}>
            {role(one)}
          </span>
        ))}
        {account.disabled ? <span className="tag off">{t('disabled')}</span> : null}
        {!account.disabled && !account.has_password ? <span className="tag sample">{t('noPassword')}</span> : null}
      </span>
    </li>
  );
}
