/** The editor of one version: parts in the middle, the effect of what is typed beside it, the state of saving above. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams, useSearch } from 'wouter';
import type { PolicyVersion, Vocabulary } from '@/api/authoring';
import { withSearch } from '@/lib/search';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { CasesPart } from './CasesPart';
import { ClausesPart } from './ClausesPart';
import { DeskContext, useDesk } from './context';
import { EffectPanel } from './EffectPanel';
import { ItemsPart } from './ItemsPart';
import { Notices } from './Notices';
import { keys, putVersion, readVersion, tryVersion, useVersion, useVocabulary } from './queries';
import { ReleasePart } from './ReleasePart';
import { SaveLine } from './SaveLine';
import { Editor } from './store';
import { DifferencePart } from './DifferencePart';
import './authoring.css';
import './editor.css';

export const PARTS = ['clauses', 'items', 'cases', 'difference', 'release'] as const;
export type PartKey = (typeof PARTS)[number];

function partOf(search: string): PartKey {
  const wanted = new URLSearchParams(search).get('part');
  return PARTS.find((part) => part === wanted) ?? 'clauses';
}

export default function EditorPage() {
  const { policy = '', number = '' } = useParams<{ policy: string; number: string }>();
  const { t } = useTranslation('authoring');
  const version = useVersion(policy, number);
  const vocabulary = useVocabulary();
  const error = version.data ? vocabulary.error : version.error;
  if (error && !(version.data && vocabulary.data)) {
    return (
      <div className="wrap desk-page">
        <Crumbs items={[{ label: t('title'), href: '/work/authoring' }]} />
        <PageHeading title={t('title')}>{t('title')}</PageHeading>
        <ErrorNote error={error} onRetry={() => void (version.error ? version.refetch() : vocabulary.refetch())} />
      </div>
    );
  }
  if (!version.data) return <SkeletonPage />;
  return (
    <Loaded of={vocabulary} waiting={<SkeletonPage />}>
      {(words) => (version.data ? <Opened key={`${policy} ${number}`} version={version.data} vocabulary={words} /> : null)}
    </Loaded>
  );
}

/** The version as opened: a refresh behind it must not move what is being written. */
function Opened({ version, vocabulary }: { readonly version: PolicyVersion; readonly vocabulary: Vocabulary }) {
  const queries = useQueryClient();
  const [editor] = useState(() => {
    const { policy, number } = version;
    return new Editor(version, {
      attempt: (content, signal) => tryVersion(policy.id, number, content, signal),
      put: (content, revision) => putVersion(policy.id, number, content, revision),
      read: () => readVersion(policy.id, number),
    });
  });
  useEffect(() => {
    editor.start();
    return () => {
      editor.stop();
      void editor.flush();
      void queries.invalidateQueries({ queryKey: keys.all });
    };
  }, [editor, queries]);
  return <Frame editor={editor} vocabulary={vocabulary} />;
}

function Frame({ editor, vocabulary }: { readonly editor: Editor; readonly vocabulary: Vocabulary }) {
  const allowed = editor.get().version.can.save.allowed;
  const [editable, setEditable] = useState(allowed);
  useEffect(() => editor.subscribe(() => setEditable(editor.get().version.can.save.allowed)), [editor]);
  useEffect(() => {
    // a window that closes before the next save asks first
    const close = (event: BeforeUnloadEvent) => {
      const { is } = editor.get().save;
      if (is !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', close);
    return () => window.removeEventListener('beforeunload', close);
  }, [editor]);
  const desk = useMemo(() => ({ editor, vocabulary, editable }), [editor, vocabulary, editable]);
  return (
    <DeskContext.Provider value={desk}>
      <Page />
    </DeskContext.Provider>
  );
}

function Page() {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { state } = useDesk();
  const search = useSearch();
  const [, go] = useLocation();
  const part = partOf(search);
  const { version } = state;
  const path = `/work/authoring/${version.policy.id}/${version.number}`;
  const title = say(version.policy.title);
  const goTo = (next: PartKey, clause?: string) => go(withSearch(path, { part: next === 'clauses' ? null : next, clause: clause ?? null }));
  return (
    <div className="authoring">
      <div className="bar-h">
        <Crumbs items={[{ label: t('title'), href: '/work/authoring' }, { label: t('versions'), href: `/work/authoring/${version.policy.id}` }]} />
        <div className="bar-main">
          <PageHeading title={`${title} · ${t('versionTag', { state: t(`state.${version.state}`), number: version.number })}`}>{title}</PageHeading>
          <span className="tag on">{t('versionTag', { state: t(`state.${version.state}`), number: version.number })}</span>
          <SaveLine />
          <span className="grow" />
          <Next part={part} onRelease={() => goTo('release')} />
        </div>
        <nav className="parts" aria-label={t('partsLabel')}>
          {PARTS.map((one) => (
            <Link key={one} href={withSearch(path, { part: one === 'clauses' ? null : one })} aria-current={one === part ? 'page' : undefined}>
              {t(`parts.${one}`)}
              <PartCount part={one} />
            </Link>
          ))}
        </nav>
      </div>
      <Notices />
      <div className={part === 'clauses' ? 'tri' : 'duo'}>
        {part === 'clauses' ? <ClausesPart path={path} /> : null}
        {part === 'items' ? <ItemsPart /> : null}
        {part === 'cases' ? <CasesPart onClause={(key) => goTo('clauses', key)} /> : null}
        {part === 'difference' ? <DifferencePart /> : null}
        {part === 'release' ? <ReleasePart onPart={goTo} /> : null}
        <EffectPanel onClause={(key) => goTo('clauses', key)} />
      </div>
    </div>
  );
}

function PartCount({ part }: { readonly part: PartKey }) {
  const { state } = useDesk();
  if (part === 'clauses') return <span>{state.doc.clauses.length}</span>;
  if (part === 'items') return <span>{state.doc.items.length}</span>;
  if (part === 'cases') return <span>{state.doc.cases.length}</span>;
  return null;
}

/** What comes next, at one place; what it leads to says what is missing. */
function Next({ part, onRelease }: { readonly part: PartKey; readonly onRelease: () => void }) {
  const { t } = useTranslation('authoring');
  const { state } = useDesk();
  if (state.version.state === 'in_force') return <ButtonLink href={`/work/authoring/${state.version.policy.id}`} size="sm">{t('open.action')}</ButtonLink>;
  if (part === 'release' || !['draft', 'checked', 'scheduled'].includes(state.version.state)) return null;
  const missing = state.version.state === 'draft' ? (state.trial?.missing.length ?? null) : 0;
  return (
    <>
      {missing !== null && missing > 0 ? <span className="small need">{t('missingCount', { count: missing })}</span> : null}
      <button type="button" className={missing === 0 ? 'btn sm primary' : 'btn sm'} onClick={onRelease}>
        {state.version.state === 'draft' ? t('next.draft') : t('next.checked')}
      </button>
    </>
  );
}
