/** Clause by clause: the law's sentence, the mark, what was seen, who says so, and nested alternatives. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Clause, Leaf, PolicyAnswer } from '@/api/matches';
import { article } from '@/lib/article';
import { dayInWords } from '@/lib/dates';
import { Distance } from '@/kit/Distance';
import { useLang, useSay } from '@/kit/language';
import { Mark, markOf } from '@/kit/Mark';
import { askKey } from './question';
import { labelsOf } from './rows';
import type { Which } from './which';

interface Props {
  readonly answer: PolicyAnswer;
  readonly which: Which;
  readonly today: string;
}

const KINDS = ['deciding', 'person', 'information'] as const;

export function ClausesOf({ answer, which, today }: Props) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  return (
    <section className="s" aria-labelledby="clauses">
      <div className="ruled">
        <h2 id="clauses">{t('answer.clauses')}</h2>
        <span className="tot">{t('answer.asOf', { day: dayInWords(today, lang) })}</span>
      </div>
      {KINDS.map((kind) => {
        const clauses = answer.clauses.filter((clause) => clause.kind === kind);
        if (clauses.length === 0) return null;
        return (
          <div key={kind}>
            <h3 className="branch">{t(`answer.${kind}`)}</h3>
            {clauses.map((clause) => (
              <ClauseOf key={clause.number} clause={clause} mine={which.mine} />
            ))}
          </div>
        );
      })}
    </section>
  );
}

function ClauseOf({ clause, mine }: { readonly clause: Clause; readonly mine: boolean }) {
  const say = useSay();
  const lang = useLang();
  const only = clause.parts.length === 1 ? clause.parts[0] : undefined;
  const law = say(clause.text);
  const sentence = say(clause.sentence);
  return (
    <div className="clause">
      <Mark kind={markOf(clause.answer)} />
      <div>
        <h4>
          <span>{law === '' ? sentence : law}</span>
          {clause.article === null || clause.article === '' ? null : <span className="art">{article(clause.article, lang)}</span>}
        </h4>
        {law === '' || sentence === '' || sentence === law ? null : <p className="seen">{sentence}</p>}
        {only && only.joiner === null ? <Seen leaf={only} mine={mine} /> : only ? <Joined leaf={only} law={law} mine={mine} /> : clause.parts.length > 1 ? <Parts parts={clause.parts} mine={mine} /> : null}
      </div>
    </div>
  );
}

/** The joiner's words are left out where the law's own sentence already says them. */
function Joined({ leaf, law, mine }: { readonly leaf: Leaf; readonly law: string; readonly mine: boolean }) {
  const { t } = useTranslation('my-firm');
  const words = leaf.joiner === null ? '' : t(`answer.joiner.${leaf.joiner}`);
  return (
    <>
      {leaf.joiner === 'all' || law.includes(words) ? null : <p className="seen">{words}</p>}
      <Parts parts={leaf.parts} mine={mine} />
    </>
  );
}

export function Parts({ parts, mine }: { readonly parts: readonly Leaf[]; readonly mine: boolean }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  return (
    <ul className="any">
      {parts.map((leaf, at) => (
        <li key={`${say(leaf.sentence)} ${at}`}>
          <Mark kind={markOf(leaf.answer)} small />
          <div>
            <span className="what">{leaf.joiner !== null && say(leaf.sentence) === '' ? t(`answer.joiner.${leaf.joiner}`) : say(leaf.sentence)}</span>
            {leaf.joiner === null ? <Seen leaf={leaf} mine={mine} /> : <Parts parts={leaf.parts} mine={mine} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What was found, who says so and when; or that it is missing, and the way to answer. */
function Seen({ leaf, mine }: { readonly leaf: Leaf; readonly mine: boolean }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const lang = useLang();
  const far = leaf.answer !== 'yes' && leaf.have !== null && leaf.need !== null;
  const source = [leaf.source ? say(leaf.source.label) : '', leaf.as_of ?? ''].filter((part) => part !== '').join(lang === 'zh' ? '，' : ', ');
  return (
    <>
      <p className="seen">
        {leaf.seen === null ? (
          leaf.answer === 'unknown' ? <span>{t('answer.nothing')}</span> : null
        ) : (
          <span>
            {t('answer.seen')}
            {lang === 'zh' ? '：' : ': '}
            <b>{say(leaf.seen)}</b>
            {leaf.year === null ? null : <span className="muted"> {t('answer.year', { year: leaf.year })}</span>}
          </span>
        )}
        {source === '' ? null : <span className="src">{source}</span>}
        {leaf.contested ? <span className="tag doubt">{t('answer.contested')}</span> : null}
        {leaf.stale ? <span className="tag doubt">{t('answer.stale')}</span> : null}
        {mine && leaf.answer === 'unknown' && leaf.field !== null ? <Link href={`/my-firm?ask=${askKey(leaf.field, leaf.year)}`}>{t('answer.answerThis')}</Link> : null}
      </p>
      {far && leaf.have !== null && leaf.need !== null ? (
        <Distance have={leaf.have} need={leaf.need} spoken={`${say(leaf.seen)} ${say(leaf.sentence)}`} {...labelsOf(leaf.have, leaf.need, leaf.unit, lang, (amount) => t('near.need', { amount }))} />
      ) : null}
    </>
  );
}
