/** The four groups of the overview: tiles that lead to them, then their first rows and the way to the rest. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { GroupKey, Matches, Sum } from '@/api/matches';
import { money } from '@/lib/money';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Empty } from '@/kit/Empty';
import { useLang, useSay } from '@/kit/language';
import { Mark, type MarkKind } from '@/kit/Mark';
import { FitRow, NearRow, QuestionRow, UnknownRow } from './rows';
import type { Which } from './which';

const MARKS: Readonly<Record<GroupKey, MarkKind>> = { fits: 'yes', near: 'near', unknown: 'unknown', no: 'no' };
const KEYS: readonly GroupKey[] = ['fits', 'near', 'unknown', 'no'];

function useGroupWord(mine: boolean): (key: GroupKey) => string {
  const { t } = useTranslation('my-firm');
  return (key) => (key === 'unknown' && !mine ? t('groups.unknownTheirs') : t(`groups.${key}`));
}

export function Tiles({ matches, which }: { readonly matches: Matches; readonly which: Which }) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  const word = useGroupWord(which.mine);
  const under = (key: GroupKey): string => {
    if (key === 'no') return t('groups.reasons');
    const fen = matches.groups[key].money;
    return fen > 0 ? t('groups.upTo', { amount: money(fen, lang, 'column') }) : t('groups.noMoney');
  };
  return (
    <nav className="panel groups" aria-label={t('groups.label')}>
      {KEYS.map((key) => (
        <a key={key} href={`#group-${key}`}>
          <Mark kind={MARKS[key]} word={word(key)} />
          <span className="n">
            {number(matches.groups[key].count)}
            <small>{lang === 'zh' ? '件' : ''}</small>
          </span>
          <span className="m">{under(key)}</span>
        </a>
      ))}
    </nav>
  );
}

interface GroupProps {
  readonly of: GroupKey;
  readonly count: number;
  readonly aside: string;
  readonly mine: boolean;
  readonly children: ReactNode;
}

function Group({ of, count, aside, mine, children }: GroupProps) {
  const { t } = useTranslation();
  const word = useGroupWord(mine);
  return (
    <section className="grp" id={`group-${of}`} aria-labelledby={`heading-${of}`}>
      <div className="ruled">
        <h2 id={`heading-${of}`}>
          <Mark kind={MARKS[of]} quiet />
          {word(of)}
        </h2>
        <span className="muted small">{t('pieces', { count })}</span>
        <span className="tot">{aside}</span>
      </div>
      {children}
    </section>
  );
}

function More({ shown, sum, href }: { readonly shown: number; readonly sum: Sum; readonly href: string }) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  if (sum.count <= shown) return null;
  return (
    <p className="more">
      <Link href={href}>{sum.money > 0 ? t('moreMoney', { count: sum.count, amount: money(sum.money, lang, 'column') }) : t('moreAll', { count: sum.count })}</Link>
    </p>
  );
}

interface Props {
  readonly matches: Matches;
  readonly which: Which;
  readonly onAsk: (field: string, year: number | null) => void;
}

const QUESTIONS_SHOWN = 4;

export function Groups({ matches, which, onAsk }: Props) {
  const { t } = useTranslation('my-firm');
  const { groups, fits, near, unknown, questions } = matches;
  const row = { which, today: matches.day, level: 3 } as const;
  const to = (key: GroupKey) => `${which.base}/groups/${key}`;
  return (
    <>
      <Group of="fits" count={groups.fits.count} aside={t('fits.order')} mine={which.mine}>
        {fits.length === 0 ? (
          <Empty title={t('fits.empty')} why={t('fits.emptyWhy')} />
        ) : (
          <ul>
            {fits.map((match, at) => (
              <FitRow key={match.policy.id} match={match} open={at === 0} {...row} />
            ))}
          </ul>
        )}
        <More shown={fits.length} sum={groups.fits} href={to('fits')} />
      </Group>
      <Group of="near" count={groups.near.count} aside={t('near.order')} mine={which.mine}>
        {near.length === 0 ? (
          <Empty title={t('near.empty')} why={t('near.emptyWhy')} />
        ) : (
          <ul>
            {near.map((match) => (
              <NearRow key={match.policy.id} match={match} {...row} />
            ))}
          </ul>
        )}
        <More shown={near.length} sum={groups.near} href={to('near')} />
      </Group>
      <Group of="unknown" count={groups.unknown.count} aside={t('unknown.order')} mine={which.mine}>
        {groups.unknown.count === 0 ? (
          <Empty title={t('unknown.empty')} why={t('unknown.emptyWhy')} />
        ) : questions.length > 0 ? (
          <ul>
            {questions.slice(0, QUESTIONS_SHOWN).map((question) => (
              <QuestionRow key={`${question.field} ${question.year ?? ''}`} question={question} mine={which.mine} onAsk={() => onAsk(question.field, question.year)} />
            ))}
          </ul>
        ) : (
          <ul>
            {unknown.map((match) => (
              <UnknownRow key={match.policy.id} match={match} {...row} />
            ))}
          </ul>
        )}
        <More shown={questions.length > 0 ? 0 : unknown.length} sum={groups.unknown} href={to('unknown')} />
      </Group>
      <Group of="no" count={groups.no.count} aside={t('no.order')} mine={which.mine}>
        {groups.no.count === 0 ? <Empty title={t('no.empty')} why={t('no.emptyWhy')} /> : <Reasons matches={matches} to={to('no')} />}
      </Group>
    </>
  );
}

function Reasons({ matches, to }: { readonly matches: Matches; readonly to: string }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const all = Math.max(1, matches.groups.no.count);
  return (
    <>
      <table className="nofit">
        <thead className="sr">
          <tr>
            <th scope="col">{t('no.reason')}</th>
            <td />
            <th scope="col">{t('no.count')}</th>
          </tr>
        </thead>
        <tbody>
          {matches.reasons.map((reason) => (
            <tr key={reason.key}>
              <th scope="row">{say(reason.label)}</th>
              <td>
                <div className="bar grey" aria-hidden="true">
                  <i style={{ width: `${Math.max(1, (reason.count / all) * 100)}%` }} />
                </div>
              </td>
              <td className="r">
                <Link className="num" href={withSearch(to, { reason: reason.key })} aria-label={`${say(reason.label)} ${number(reason.count)}`}>
                  {number(reason.count)}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="more">
        <Link href={to}>{t('moreAll', { count: matches.groups.no.count })}</Link>
      </p>
    </>
  );
}
