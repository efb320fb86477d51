/** The frame of every page: skip link, top bar with places, the place's second row, footer, phone bar. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { PlaceKey, Session } from '@/api/types';
import type { Frame } from '@/blocks/feature';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { placesFor, subLinks } from './features';
import { Tools } from './Tools';

interface Props {
  readonly session: Session;
  readonly place: PlaceKey | null;
  readonly frame: Frame;
  readonly children: ReactNode;
}

export function Shell({ session, place, frame, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={`frame ${frame}`}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <TopBar session={session} place={place} />
      {place === null ? null : <SubBar session={session} place={place} />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Foot session={session} />
      <PhoneBar session={session} place={place} />
    </div>
  );
}

function TopBar({ session, place }: { readonly session: Session; readonly place: PlaceKey | null }) {
  const { t } = useTranslation();
  const say = useSay();
  const { installation } = session;
  return (
    <header className="top">
      {installation.demonstration ? (
        <div className="demo">
          <div className="top-in">
            <span>{t('demonstration.banner')}</span>
            <Link href="/sign-in">{t('demonstration.change')}</Link>
          </div>
        </div>
      ) : null}
      <div className="top-in main-bar">
        <Link className="brand" href="/">
          <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M3 5l6.5 13.5L13 11.3M21 5l-6.5 13.5L11 11.3" strokeLinejoin="round" strokeLinecap="round" />
          </svg>
          {t('brand')}
          <small>{say(installation.name)}</small>
        </Link>
        <nav className="places" aria-label={t('places.label')}>
          {placesFor(session.places).map((one) => (
            <Link key={one.key} href={one.path} aria-current={one.key === place ? 'page' : undefined}>
              {t(`places.${one.key}`)}
            </Link>
          ))}
        </nav>
        <Tools session={session} />
      </div>
    </header>
  );
}

/** The entry whose path is the longest prefix of where the reader is. */
export function currentSub(paths: readonly string[], here: string): string | undefined {
  return paths
    .filter((path) => here === path || here.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function SubBar({ session, place }: { readonly session: Session; readonly place: PlaceKey }) {
  const { t } = useTranslation();
  const say = useSay();
  const [here] = useLocation();
  const links = subLinks(place, session.account?.roles ?? []);
  if (links.length < 2) return null;
  const current = currentSub(
    links.map((link) => link.path),
    here,
  );
  return (
    <nav className="sub" aria-label={t(`places.${place}`)}>
      <div className="wrap">
        {links.map((link) => (
          <Link key={link.path} href={link.path} aria-current={link.path === current ? 'page' : undefined}>
            {say(link.label)}
          </Link>
        ))}
      </div>
    </nav>
  );
}

function Foot({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const say = useSay();
  const { installation } = session;
  return (
    <footer className="foot">
      <div className="wrap">
        <span>
          {t('brand')} · {say(installation.name)}
        </span>
        <Link href="/public-notices">{t('footer.publicNotices')}</Link>
        <span>{t('footer.asOf', { date: installation.as_of })}</span>
        <span>{t('footer.version', { version: installation.version })}</span>
        <span className="grow" />
        {installation.demonstration ? <span>{t('demonstration.footer')}</span> : null}
      </div>
    </footer>
  );
}

function PhoneBar({ session, place }: { readonly session: Session; readonly place: PlaceKey | null }) {
  const { t } = useTranslation();
  const places = placesFor(session.places);
  if (places.length < 2) return null;
  return (
    <nav className="tabbar" aria-label={t('places.label')}>
      {places.map((one) => (
        <Link key={one.key} href={one.path} aria-current={one.key === place ? 'page' : undefined}>
          <Icon name={one.icon} />
          {t(`places.${one.key}`)}
        </Link>
      ))}
    </nav>
  );
}
