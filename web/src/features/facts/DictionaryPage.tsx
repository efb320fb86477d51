/** 资料目录: every fact, what it means, who supplies it, how well it is filled, and who reads it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FactEntry } from '@/api/facts';
import { number } from '@/lib/numbers';
import type { Lang } from '@/lib/text';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { useLang, useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { TextField } from '@/kit/TextField';
import { chosen, distinct } from './choose';
import { useDictionary } from './queries';
import './facts.css';

export default function DictionaryPage() {
  const { t } = useTranslation('facts');
  const dictionary = useDictionary();
  return (
    <div className="wrap desk-page dictionary">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="soft">{t('lead')}</p>
      <Loaded of={dictionary} waiting={<SkeletonRows rows={8} />}>
        {(facts) => <Dictionary facts={facts} />}
      </Loaded>
    </div>
  );
}

function Dictionary({ facts }: { readonly facts: readonly FactEntry[] }) {
  const { t } = useTranslation('facts');
  const lang = useLang();
  const [find, setFind] = useState('');
  const [group, setGroup] = useState('');
  const [owner, setOwner] = useState('');
  const shown = chosen(facts, { find, group, owner }, lang);
  const clear = () => {
    setFind('');
    setGroup('');
    setOwner('');
  };
  return (
    <>
      <div className="dict-find">
        <TextField label={t('find')} type="search" value={find} onValue={setFind} autoComplete="off" />
        <Choose label={t('group')} all={t('allGroups')} value={group} onValue={setGroup} options={distinct(facts.map((fact) => fact.collection ?? fact.group), lang)} />
        <Choose label={t('owner')} all={t('allOwners')} value={owner} onValue={setOwner} options={distinct(facts.map((fact) => fact.owner), lang)} />
        <p className="small soft" aria-live="polite">{t('count', { count: shown.length })}</p>
      </div>
      {shown.length === 0 ? (
        <Empty title={t('none')} why={t('noneWhy')}>
          <Button onClick={clear}>{t('clear')}</Button>
        </Empty>
      ) : (
        <ul className="panel dict">
          {shown.map((fact) => (
            <Row key={fact.name} fact={fact} lang={lang} />
          ))}
        </ul>
      )}
    </>
  );
}

interface ChooseProps {
  readonly label: string;
  readonly all: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onValue: (value: string) => void;
}

export function Choose({ label, all, value, options, onValue }: ChooseProps) {
  return (
    <label className="field choose">
      <span>{label}</span>
      <select className="input" value={value} onChange={(event) => onValue(event.target.value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}

function Row({ fact, lang }: { readonly fact: FactEntry; readonly lang: Lang }) {
  const { t } = useTranslation('facts');
  const say = useSay();
  return (
    <li>
      <div className="what">
        <h2>
          <Link href={`/work/facts/${fact.name}`}>{say(fact.label)}</Link>
        </h2>
        <p className="small muted">
          {[fact.collection ? say(fact.collection) : '', t(`grain.${fact.grain}`), fact.owner ? say(fact.owner) : t('noOwner'), t(`sensitivity.${fact.sensitivity}`)].filter((part) => part !== '').join(lang === 'zh' ? '，' : ', ')}
        </p>
        {fact.about === null ? null : <p className="small soft">{say(fact.about)}</p>}
      </div>
      <Coverage fact={fact} />
      <p className="small numbers">
        <span>{t('policies', { count: fact.policies })}</span>
        {fact.conflicts === 0 ? null : <Link href={`/work/conflicts?field=${fact.name}`}>{t('conflictsOf', { count: fact.conflicts })}</Link>}
        {fact.stale === null || fact.stale === 0 ? null : <span className="warn">{t('staleOf', { count: fact.stale })}</span>}
      </p>
    </li>
  );
}

export function Coverage({ fact }: { readonly fact: FactEntry }) {
  const { t } = useTranslation('facts');
  if (fact.filled === null || fact.firms === null || fact.firms === 0) return <p className="small muted cover">{t('noCoverage')}</p>;
  const share = Math.floor((fact.filled / fact.firms) * 1000) / 10;
  return (
    <p className="cover" title={t('coverageOf', { filled: number(fact.filled), firms: number(fact.firms) })}>
      <span className="bar" aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </span>
      <span className="r">{t('coverage', { share })}</span>
    </p>
  );
}
