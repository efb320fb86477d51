/** Rows of the groups: what it is, how it stands, what it gives, by when. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Near as NearMiss, PolicyMatch, Question } from '@/api/matches';
import { dayInWords } from '@/lib/dates';
import { measure } from '@/lib/units';
import { money } from '@/lib/money';
import { say as sayIn, type Lang, type Text } from '@/lib/text';
import { Deadline } from '@/blocks/Deadline';
import { PolicyBy, takesClaims } from '@/blocks/policy';
import { StartClaim } from '@/blocks/StartClaim';
import { Button, ButtonLink } from '@/kit/Button';
import { ClauseChips, ClauseRows, type ClauseLine } from '@/kit/ClauseList';
import { Distance } from '@/kit/Distance';
import { useLang, useSay } from '@/kit/language';
import { Mark, markOf } from '@/kit/Mark';
import { Money } from '@/kit/Num';
import { askKey } from './question';
import type { Which } from './which';

export interface RowContext {
  readonly which: Which;
  readonly today: string;
  /** Under the page's heading (2) or under a group's (3). */
  readonly level: 2 | 3;
}

function Gives({ match, today, after }: { readonly match: PolicyMatch; readonly today: string; readonly after?: string }) {
  const say = useSay();
  const { policy } = match;
  return (
    <p className="money">
      {match.money === null ? <span className="words">{say(policy.amount_text)}</span> : <Money fen={match.money} />}
      {after !== undefined ? <span className="due">{after}</span> : policy.deadline === null ? null : <Deadline day={policy.deadline} today={today} />}
    </p>
  );
}

function useLines(): (match: PolicyMatch, only?: 'no') => readonly ClauseLine[] {
  const lang = useLang();
  return (match, only) =>
    match.clauses
      .filter((clause) => only === undefined || clause.answer === only)
      .map((clause, at) => ({ key: `${clause.number} ${at}`, kind: markOf(clause.answer), sentence: sayIn(clause.sentence, lang), seen: sayIn(clause.seen, lang) }));
}

function Title({ match, which, level }: { readonly match: PolicyMatch; readonly which: Which; readonly level: 2 | 3 }) {
  const say = useSay();
  const lang = useLang();
  const { t } = useTranslation('my-firm');
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div>
      <Heading className="row-title">
        <Link href={`${which.base}/policies/${match.policy.id}`}>{say(match.policy.title)}</Link>
      </Heading>
      <PolicyBy card={match.policy} />
      {match.contested.length === 0 ? null : (
        <p className="small doubt">
          <Mark kind="later" small />
          {t('answer.contested')}
          {lang === 'zh' ? '：' : ': '}
          {match.contested.map((fact) => say(fact.label)).join(lang === 'zh' ? '、' : ', ')}
        </p>
      )}
    </div>
  );
}

interface RowProps extends RowContext {
  readonly match: PolicyMatch;
}

const CHIPS = 4;

/** `open` shows every clause with what was seen, as for the first row of the group. */
export function FitRow({ match, which, today, level, open = false }: RowProps & { readonly open?: boolean }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const lines = useLines()(match);
  const claims = which.mine && takesClaims(match.policy);
  return (
    <li className="pol">
      <Title match={match} which={which} level={level} />
      <Gives match={match} today={today} />
      <div className="det">
        {lines.length === 0 ? null : open ? <ClauseRows lines={lines.slice(0, 6)} /> : <ClauseChips lines={lines.slice(0, CHIPS)} />}
        {open || claims ? (
          <div className="acts">
            {claims ? <StartClaim look="row" firm={which.firm} policy={match.policy.id} of={say(match.policy.title)} /> : null}
            {open ? <ButtonLink href={`${which.base}/policies/${match.policy.id}`}>{t('fits.open')}</ButtonLink> : null}
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** Without a unit the raw numbers would mislead; the sentence above the bar says them. */
export function labelsOf(have: number, need: number, unit: Text | null, lang: Lang, needed: (amount: string) => string) {
  if (unit === null) return { haveLabel: '', needLabel: '' };
  return { haveLabel: measure(have, unit, lang), needLabel: needed(measure(need, unit, lang)) };
}

/** What is missing stands out in the sentence: `还差 86 万元`, `missing: 860,000 yuan`. */
export function splitMissing(text: string): readonly [string, string, string] {
  const found = /还差[^，。；]+|(?:short by|missing:?) [^;]+/.exec(text);
  if (!found) return [text, '', ''];
  return [text.slice(0, found.index), found[0], text.slice(found.index + found[0].length)];
}

function emphasised(text: string) {
  const [before, missing, after] = splitMissing(text);
  return (
    <>
      {before}
      {missing === '' ? null : <b>{missing}</b>}
      {after}
    </>
  );
}

export function NearLine({ near, today }: { readonly near: NearMiss; readonly today: string }) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  const say = useSay();
  const text = say(near.text);
  return (
    <div className="dist">
      <p>{emphasised(text)}</p>
      {near.have !== null && near.need !== null ? (
        <Distance have={near.have} need={near.need} spoken={text} {...labelsOf(near.have, near.need, near.unit, lang, (amount) => t('near.need', { amount }))} />
      ) : null}
      {near.time_cures === null ? null : <p className="small soft">{t('near.cures', { day: dayInWords(near.time_cures, lang, today) })}</p>}
    </div>
  );
}

export function NearRow({ match, which, today, level }: RowProps) {
  const { t } = useTranslation('my-firm');
  return (
    <li className="pol">
      <Title match={match} which={which} level={level} />
      <Gives match={match} today={today} after={t('near.after')} />
      <div className="det">{match.near ? <NearLine near={match.near} today={today} /> : null}</div>
    </li>
  );
}

/** A policy that waits for facts; each missing fact can be answered at once by the firm itself. */
export function UnknownRow({ match, which, today, level }: RowProps) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  return (
    <li className="pol">
      <Title match={match} which={which} level={level} />
      <Gives match={match} today={today} />
      <div className="det">
        <ul className="needs">
          {match.unknown.map((fact) => (
            <li key={askKey(fact.field, fact.year)}>
              <span>{t('unknown.needs', { what: say(fact.label) })}</span>
              {which.mine ? <Link href={`/my-firm?ask=${askKey(fact.field, fact.year)}`}>{t('unknown.answer')}</Link> : null}
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

export function NoRow({ match, which, today, level }: RowProps) {
  const lines = useLines()(match, 'no');
  return (
    <li className="pol">
      <Title match={match} which={which} level={level} />
      <Gives match={match} today={today} />
      <div className="det">{lines.length === 0 ? null : <ClauseChips lines={lines.slice(0, 3)} seen />}</div>
    </li>
  );
}

/** In the overview the unknown group lists questions, not policies: one answer settles several. */
export function QuestionRow({ question, mine, onAsk }: { readonly question: Question; readonly mine: boolean; readonly onAsk: () => void }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const lang = useLang();
  return (
    <li className={mine ? 'unk' : 'unk two'}>
      <div>
        {say(question.label)}
        <small>{t('unknown.decides', { count: question.decides.count })}</small>
      </div>
      <span className="money">{question.decides.money > 0 ? t('groups.upTo', { amount: money(question.decides.money, lang, 'column') }) : ''}</span>
      {mine ? (
        <Button onClick={onAsk} aria-label={`${t('unknown.answer')}：${say(question.label)}`}>
          {t('unknown.answer')}
        </Button>
      ) : null}
    </li>
  );
}
