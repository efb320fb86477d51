/** What is being written: mine, what waits for a second person, others' drafts, what comes into force, what did lately. */
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import type { AuthoringLine, AuthoringList } from '@/api/authoring';
import { useSession } from '@/api/hooks';
import { dayInWords, logTime } from '@/lib/dates';
import { withSearch } from '@/lib/search';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { SearchBox } from '@/blocks/SearchBox';
import { Button, ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { useAuthoring } from './queries';
import './authoring.css';

const SECTIONS = ['mine', 'waiting', 'others', 'scheduled', 'recent'] as const;

export default function AuthoringPage() {
  const { t } = useTranslation('authoring');
  const [, go] = useLocation();
  const q = new URLSearchParams(useSearch()).get('q') ?? '';
  const list = useAuthoring(q);
  return (
    <div className="wrap desk-page authoring-list">
      <Crumbs items={[{ label: t('work'), href: '/work' }]} />
      <div className="desk-head">
        <div>
          <PageHeading title={t('title')}>{t('title')}</PageHeading>
          <p className="lead">{t('lead')}</p>
        </div>
        <ButtonLink href="/work/authoring/new" look="primary"><Icon name="plus" />{t('new.action')}</ButtonLink>
      </div>
      <SearchBox label={t('list.search')} placeholder={t('list.placeholder')} action={t('list.go')} value={q} primary={false} onSearch={(words) => go(withSearch('/work/authoring', { q: words }))} />
      <Loaded of={list} waiting={<SkeletonRows rows={6} />}>
        {(data) => <Sections data={data} q={q} onAll={() => go('/work/authoring')} />}
      </Loaded>
    </div>
  );
}

function Sections({ data, q, onAll }: { readonly data: AuthoringList; readonly q: string; readonly onAll: () => void }) {
  const { t } = useTranslation('authoring');
  const shown = SECTIONS.filter((section) => data[section].length > 0);
  if (shown.length === 0) {
    return (
      <section className="panel">
        {q === '' ? (
          <Empty title={t('list.empty')} why={t('list.emptyWhy')}><ButtonLink href="/work/authoring/new">{t('new.action')}</ButtonLink></Empty>
        ) : (
          <Empty title={t('list.none', { q })} why={t('list.noneWhy')}><Button onClick={onAll}>{t('list.all')}</Button></Empty>
        )}
      </section>
    );
  }
  return (
    <div className="stack auth-sections">
      {shown.map((section) => (
        <section key={section} className="panel" aria-labelledby={`s-${section}`}>
          <div className="panel-h"><h2 id={`s-${section}`}>{t(`list.${section}`)}</h2><span className="small soft">{t(`list.note.${section}`)}</span></div>
          <ul className="auth-rows">
            {data[section].map((line) => <Row key={`${line.policy.id} ${line.number}`} line={line} />)}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Row({ line }: { readonly line: AuthoringLine }) {
  const { t } = useTranslation('authoring');
  const lang = useLang();
  const say = useSay();
  const today = useSession().data?.installation.as_of ?? '';
  const by = line.state === 'checked' ? t('list.checkedBy', { who: line.checked_by ?? '' }) : t('list.by', { who: line.saved_by ?? line.author ?? '' });
  const when = line.state === 'draft' || line.state === 'checked' ? (line.saved_at === null ? '' : logTime(line.saved_at, today)) : line.effective_from === null ? '' : t('list.from', { day: dayInWords(line.effective_from, lang, today) });
  return (
    <li>
      <div className="grow">
        <h3><Link href={`/work/authoring/${line.policy.id}/${line.number}`}>{say(line.policy.title)}</Link></h3>
        <p className="small muted">{[line.policy.number ?? '', say(line.policy.issuer)].filter((one) => one !== '').join(t('joiner'))}</p>
      </div>
      <span className="tag">{t('versionTag', { state: t(`state.${line.state}`), number: line.number })}</span>
      <span className="small soft who-when">{by} <span className="nw">{when}</span></span>
      <Link className="small nw" href={`/work/authoring/${line.policy.id}`} aria-label={t('list.versionsOf', { title: say(line.policy.title) })}>{t('versions')}</Link>
    </li>
  );
}
