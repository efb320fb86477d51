/** Top right: display, language, notices, and the account or the way to sign in. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { send } from '@/api/client';
import type { Account, Session } from '@/api/types';
import { setLanguage } from '@/i18n';
import { ButtonLink } from '@/kit/Button';
import { setDisplay, useDisplay } from '@/kit/display';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { Menu } from '@/kit/Menu';

const Bell = lazy(() => import('@/features/notices/Bell'));

export function Tools({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const display = useDisplay();
  const lang = useLang();
  const [here] = useLocation();
  return (
    <div className="tools">
      <Menu label={t('tools.display')} face={<Icon name="type" className="big" />}>
        <button type="button" onClick={() => setDisplay({ large: !display.large })}>
          <Icon name="type" />
          {display.large ? t('tools.normal') : t('tools.large')}
        </button>
        <button type="button" onClick={() => setDisplay({ theme: display.theme === 'dark' ? 'light' : 'dark' })}>
          <Icon name={display.theme === 'dark' ? 'sun' : 'moon'} />
          {display.theme === 'dark' ? t('tools.light') : t('tools.dark')}
        </button>
      </Menu>
      <button type="button" className="link lang" lang={lang === 'zh' ? 'en' : 'zh-CN'} onClick={() => void setLanguage(lang === 'zh' ? 'en' : 'zh')}>
        {t('tools.other')}
      </button>
      {session.account && !session.account.must_change_password ? (
        <Suspense fallback={null}>
          <Bell />
        </Suspense>
      ) : null}
      {session.account ? (
        <AccountMenu account={session.account} />
      ) : here === '/sign-in' || here === '/set-up' ? null : (
        <ButtonLink href={here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`} size="sm">
          {t('tools.signIn')}
        </ButtonLink>
      )}
    </div>
  );
}

function AccountMenu({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const out = useMutation({
    mutationFn: () => send('DELETE', '/session'),
    onSettled: async () => {
      go('/');
      await queries.resetQueries();
    },
  });
  const say = useSay();
  const belongs = say(account.firm?.name ?? account.organisation?.name);
  return (
    <Menu
      label={t('tools.account', { name: account.name })}
      face={
        <span className="who">
          <i aria-hidden="true" data-letter={account.name.slice(0, 1)} />
          <span className="wide">{account.name}</span>
        </span>
      }
    >
      <span className="menu-note">
        {account.name}
        {belongs === '' ? null : (
          <>
            <br />
            {belongs}
          </>
        )}
      </span>
      <Link href="/password">{t('tools.password')}</Link>
      <button type="button" onClick={() => out.mutate()}>
        {t('tools.signOut')}
      </button>
    </Menu>
  );
}
